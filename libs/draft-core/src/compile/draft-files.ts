import type { CompiledDraft, DraftContent, DraftMeta, JsonObject, PathStyle } from './compiled-draft.ts';

/** Replaced by the app with the folder of the draft; the GUID is a constant of the editor. */
export const DRAFT_PATH_TOKEN = '##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##';

/** A text file of a draft folder. */
export interface DraftTextFile {
  /** Name in the draft folder. */
  name: string;
  text: string;
}

/**
 * The text files of a draft, for the place it will lie: the timeline under every name that a build reads (with the
 * same bytes), and `draft_meta_info.json`.
 */
export function draftFiles(draft: CompiledDraft, style: PathStyle): DraftTextFile[] {
  const { primaryName, mirrorNames } = draft.profile;
  const content = JSON.stringify(placedContent(draft, style));
  const meta = JSON.stringify(placedMeta(draft, style));
  return [
    ...[primaryName, ...mirrorNames].map((name) => ({ name, text: content })),
    { name: 'draft_meta_info.json', text: meta },
  ];
}

/** The timeline document with the paths of its media. */
export function placedContent({ content, profile }: CompiledDraft, style: PathStyle): DraftContent {
  const place = placer(style, profile.separator);
  const { videos = [], audios = [], texts = [] } = content.materials;
  return {
    ...content,
    config: { ...content.config, material_save_mode: style.kind === 'portable' ? 1 : 0 },
    materials: {
      ...content.materials,
      videos: videos.map((material) => withPath(material, 'path', place)),
      audios: audios.map((material) => withPath(material, 'path', place)),
      texts: texts.map((text) => (text.font_path === undefined ? text : withFontPaths(text, place))),
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

/** Font files are named inside of the style of a text, which is JSON in a text of its own. */
function withFontPaths(text: JsonObject, place: (path: string) => string): JsonObject {
  const content = JSON.parse(String(text.content)) as { styles: { font?: JsonObject }[] };
  const styles = content.styles.map((style) =>
    style.font?.id === '' ? { ...style, font: withPath(style.font, 'path', place) } : style,
  );
  return withPath({ ...text, content: JSON.stringify({ ...content, styles }) }, 'font_path', place);
}

function placer(style: PathStyle, separator: '/' | '\\'): (path: string) => string {
  if (style.kind === 'absolute') {
    const folder = withSlashes(style.folder);
    return (path) => `${folder}/${path}`;
  }
  return (path) => `${DRAFT_PATH_TOKEN}${separator}${path.replaceAll('/', separator)}`;
}

// The app writes folders with `/` on every system. On POSIX a backslash is a character of a name, but no draft has it.
function withSlashes(folder: string): string {
  return folder.replaceAll('\\', '/').replace(/\/+$/, '');
}
