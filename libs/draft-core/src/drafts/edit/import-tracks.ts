import { metaEntry } from '../../compile/media-pool.ts';
import type { MediaFile } from '../../media-facts.ts';
import { detectProfile } from '../detect-profile.ts';
import { isObject, numberOf, objectOf, textOf } from '../loose.ts';
import { readMediaPath } from '../media-path.ts';
import { Cloner } from './clone.ts';
import { failEdit } from './fail.ts';
import { migrateMasks } from './migrate-masks.ts';
import { migrateResources } from './migrate-resources.ts';
import type { EditContext } from './operation.ts';
import type { Material, Mutable } from './parts.ts';

/** A draft to take from. */
export type OtherDraft = ReturnType<EditContext['other']>;

const HASH_NAME = /(^|\/)[0-9a-f]{64}\.[^/]+$/;

/** Copies segments of another draft, with their materials, their files and what the draft says about the files. */
export function clonerFrom(context: EditContext, other: OtherDraft): Cloner {
  return new Cloner(other.draft, context.draft, (array, material) => {
    if (array === 'videos' || array === 'audios') takeFile(context, other, array, material);
    else if (array === 'texts') takeFonts(context, other, material);
  });
}

/** Gives copies from a draft of another app, or of another build of it, what the app of this draft reads. */
export function adoptCopies(context: EditContext, other: OtherDraft, { made }: Cloner): void {
  const from = detectProfile(other.draft.content);
  const to = context.ports.profile ?? detectProfile(context.draft.content);
  if (from === undefined || to === undefined) return;
  if (from.masks.array !== to.masks.array || from.masks.idSet !== to.masks.idSet)
    migrateMasks(context, to, made);
  if (from.app !== to.app) migrateResources({ ...context, profile: from }, to, made);
}

function takeFile(context: EditContext, other: OtherDraft, array: string, material: Material): void {
  const { draft, meta, ports } = context;
  const written = textOf(material.path);
  if (written === undefined) return;
  const path = takePath(context, other, written);
  material.path = path;
  if (meta === undefined) return;
  const entry = other.meta?.entryOf(written) ?? entryById(other, material.local_material_id);
  const copy: Mutable =
    entry === undefined
      ? metaEntry(draft.newId(), { path, file: fileOf(array, material) }, ports.now())
      : { ...draft.spellings.copy(entry), id: draft.newId(), file_Path: path };
  material.local_material_id = meta.register(copy);
}

/** What a material says about its file, when nothing else does. */
function fileOf(array: string, material: Material): Pick<MediaFile, 'name' | 'facts'> {
  const { type, width, height, duration, path, material_name: title, name } = material;
  const kind = array === 'audios' ? 'audio' : type === 'photo' || type === 'gif' ? type : 'video';
  return {
    name: textOf(title) ?? textOf(name) ?? textOf(path)?.split(/[\\/]/).at(-1) ?? '',
    facts: {
      kind,
      width: numberOf(width) ?? 0,
      height: numberOf(height) ?? 0,
      durationUs: numberOf(duration) ?? 0,
      hasAudio: material.has_audio === true || kind === 'audio',
    },
  };
}

/** The same file in this draft; one that lies in the folder of the other draft is copied. */
function takePath(context: EditContext, { opened: from }: OtherDraft, written: string): string {
  const { opened: to, draft } = context;
  const { style, inside } = readMediaPath(written, from);
  if (inside === undefined || from.path === to.path) return written;
  if (from.kind === 'zip') {
    failEdit('DRAFT_READ_ONLY', `${from.path} is a zip: its files cannot be copied`, {
      hint: 'unpack it and name the folder',
    });
  }
  // A link may lead anywhere.
  const entry = from.entries.get(inside);
  if (entry?.kind !== 'file') {
    context.warn('DR120', `${inside} is not in ${from.name}: relink it, or copy it there`);
    return written;
  }
  const isTaken = to.entries.has(inside) && !HASH_NAME.test(inside);
  const path = isTaken ? inside.replace(/([^/]*)$/, `${draft.newId().slice(0, 8).toLowerCase()}-$1`) : inside;
  context.addFile({ from: `${from.path}/${inside}`, path, bytes: entry.bytes });
  const separator = written.includes('\\') ? '\\' : '/';
  if (style === 'posix' || style === 'windows') return `${to.path.replaceAll('\\', '/')}/${path}`;
  return written.slice(0, written.length - tailLength(written, inside)) + path.replaceAll('/', separator);
}

/** Length of the end of a path that leads to a file inside of the draft. */
function tailLength(written: string, inside: string): number {
  const plain = written.replaceAll('\\', '/');
  return plain.endsWith(inside) ? inside.length : written.length;
}

function takeFonts(context: EditContext, other: OtherDraft, material: Material): void {
  const path = textOf(material.font_path);
  if (path === undefined || readMediaPath(path, other.opened).inside === undefined) return;
  const taken = takePath(context, other, path);
  if (taken === path) return;
  material.font_path = taken;
  // The same place stands in each style.
  material.content = (textOf(material.content) ?? '').replaceAll(JSON.stringify(path), JSON.stringify(taken));
}

function entryById({ meta }: OtherDraft, id: unknown): Mutable | undefined {
  const entry = textOf(id) && meta?.entries.find((one) => objectOf(one).id === id);
  return isObject(entry) ? (entry as Mutable) : undefined;
}
