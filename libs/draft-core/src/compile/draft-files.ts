import type { CompiledDraft, DraftContent, DraftMeta, JsonObject, PathStyle } from './compiled-draft.ts';

/** Replaced by the app with the folder of the draft; the GUID is a constant of the editor. */
export const DRAFT_PATH_TOKEN = '##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##';

/** Where fonts lie in a draft folder. */
export const FONT_FOLDER = 'assets/font/';

/** A text file of a draft folder. */
export interface DraftTextFile {
  /** Name in the draft folder. */
  name: string;
  text: string;
}

/** A document of a draft folder, and the names under which it is there with the same bytes. */
export interface DraftDocument {
  names: string[];
  document: object;
}

/**
 * The documents of a draft, for the place it will lie: the timeline under every name that a build reads, and
 * `draft_meta_info.json`.
 */
export function draftDocuments(draft: CompiledDraft, style: PathStyle): DraftDocument[] {
  const { primaryName, mirrorNames } = draft.profile;
  return [
    { names: [primaryName, ...mirrorNames], document: placedContent(draft, style) },
    { names: ['draft_meta_info.json'], document: placedMeta(draft, style) },
  ];
}

/** The text files of a draft as JSON. */
export function draftFiles(draft: CompiledDraft, style: PathStyle): DraftTextFile[] {
  return draftDocuments(draft, style).flatMap(({ names, document }) => {
    const text = JSON.stringify(document);
    return names.map((name) => ({ name, text }));
  });
}

/** The timeline document with the paths of its media and fonts. */
export function placedContent({ content, media, profile }: CompiledDraft, style: PathStyle): DraftContent {
  const place = placer(style, profile.separator);
  const { videos = [], audios = [], texts = [] } = content.materials;
  const hasFonts = media.some(({ path }) => path.startsWith(FONT_FOLDER));
  return {
    ...content,
    config: { ...content.config, material_save_mode: style.kind === 'portable' ? 1 : 0 },
    materials: {
      ...content.materials,
      videos: videos.map((material) => withPath(material, 'path', place)),
      audios: audios.map((material) => withPath(material, 'path', place)),
      ...(hasFonts ? { texts: texts.map((material) => withFonts(material, place)) } : {}),
    },
  };
}

function placedMeta({ meta, profile }: CompiledDraft, style: PathStyle): DraftMeta {
  const place = placer(style, profile.separator);
  const folder = style.kind === 'absolute' ? withSlashes(style.folder) : '';
  return {
    ...meta,
    draft_fold_path: folder,
    draft_root_path: folder.slice(0, Math.max(0, folder.lastIndexOf('/'))),
    draft_materials: meta.draft_materials.map(({ type, value }) => ({
      type,
      value: value.map((entry) => withPath(entry, 'file_Path', place)),
    })),
  };
}

function withPath(object: JsonObject, key: string, place: (path: string) => string): JsonObject {
  return { ...object, [key]: place(String(object[key])) };
}

/** A text material with the places of its fonts: one in the material, one in each style of its content. */
function withFonts(material: JsonObject, place: (path: string) => string): JsonObject {
  const placeFont = (path: unknown): unknown =>
    typeof path === 'string' && path.startsWith(FONT_FOLDER) ? place(path) : path;
  const content = JSON.parse(String(material.content)) as { styles: { font?: { path?: unknown } }[] };
  const styles = content.styles.map((style) =>
    style.font === undefined
      ? style
      : { ...style, font: { ...style.font, path: placeFont(style.font.path) } },
  );
  return {
    ...material,
    content: JSON.stringify({ ...content, styles }),
    ...(material.font_path === undefined ? {} : { font_path: placeFont(material.font_path) }),
  };
}

function placer(style: PathStyle, separator: '/' | '\\'): (path: string) => string {
  if (style.kind === 'absolute') {
    const folder = withSlashes(style.folder);
    return (path) => `${folder}/${path}`;
  }
  const between = style.separator ?? separator;
  return (path) => `${DRAFT_PATH_TOKEN}${between}${path.replaceAll('/', between)}`;
}

/** A folder as the app writes it on every system: with `/`, and none at the end. */
export function withSlashes(folder: string): string {
  // On POSIX a backslash is a character of a name, but no draft has it.
  return folder.replaceAll('\\', '/').replace(/\/+$/, '');
}
