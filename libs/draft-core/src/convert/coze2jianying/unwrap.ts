import { showPath } from '@cozecut/problems';
import type { Path, Sink } from '../fields.ts';
import { parseJson } from '../json.ts';
import { isPythonScript, scriptMessage } from '../script.ts';
import { flatKind, nestFlat } from './flat.ts';

type Loose = Record<string, unknown>;

/** A draft of the export, and where it stands. */
export interface RawDraft {
  value: Loose;
  path: Path;
}

const infoString = /^(video|image|audio|caption|text|sticker|effect|filter)_info_string$/;
const infoList = /^(video|image|audio|caption|text|sticker|effect|filter)_infos?$/;
/** Texts inside of texts; more of them are a mistake or an attack. */
const MAX_DEPTH = 8;

/** Finds the drafts in whatever a person pastes: the tool's answer, its inner document, a list, or text of these. */
export function unwrapDrafts(value: unknown, sink: Sink): RawDraft[] {
  return unwrap(value, [], 0, sink);
}

function unwrap(value: unknown, path: Path, depth: number, sink: Sink): RawDraft[] {
  if (depth > MAX_DEPTH) return complain(sink, path, 'is wrapped too often');
  if (typeof value === 'string') {
    const parsed = parseText(value, path, sink);
    return parsed === undefined ? [] : unwrap(parsed.value, innerPath(path), depth + 1, sink);
  }
  if (Array.isArray(value)) return unwrapList(value, path, depth, sink);
  if (!isObject(value)) return complain(sink, path, 'must be an export (got nothing of it)');
  if (value.success === false && typeof value.message === 'string' && value.message !== '') {
    return complain(sink, path, `the export tool failed: ${value.message}`);
  }
  for (const key of ['draft_data', 'output', 'drafts'] as const) {
    const inner = value[key];
    if (inner === undefined || inner === null) continue;
    return unwrap(inner, [...path, key], depth + 1, sink);
  }
  if (Array.isArray(value.tracks)) return [{ value, path }];
  if (flatClips(value).length > 0) return flatDraft([value], path, sink);
  return complain(sink, path, 'has no drafts and no tracks');
}

function unwrapList(list: unknown[], path: Path, depth: number, sink: Sink): RawDraft[] {
  const items = list.map((item, index) =>
    typeof item === 'string' ? parseText(item, [...path, index], sink)?.value : item,
  );
  const isFlat = (item: unknown): boolean =>
    isObject(item) && !('tracks' in item) && flatClips(item).length > 0;
  if (items.length > 0 && items.every(isFlat)) return flatDraft(items as Loose[], path, sink);
  return items.flatMap((item, index) =>
    item === undefined ? [] : unwrap(item, [...path, index], depth + 1, sink),
  );
}

// The text in `draft_data` is a document of its own: its places are named from its root.
function innerPath(path: Path): Path {
  return path.at(-1) === 'draft_data' || path.at(-1) === 'output' ? [] : path;
}

/** Parses a text of the export; tells what is wrong with it. */
export function parseText(text: string, path: Path, sink: Sink): { value: unknown } | undefined {
  const place = showPath(path, 'input');
  const pointer = path.map((part) => `/${part}`).join('');
  if (isPythonScript(text)) {
    sink.report('DR162', 'error', pointer, `${place}: ${scriptMessage.message}`, {
      hint: scriptMessage.hint,
    });
    return undefined;
  }
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  if ('value' in parsed) return parsed;
  const { line, column, offset, why, hint = 'copy the whole text of the export' } = parsed;
  const message = `${place}: not valid JSON at line ${line}, column ${column} (character ${offset}): ${why}`;
  sink.report('DR162', 'error', pointer, message, { hint });
  return undefined;
}

/** Clips in a value: itself, or those under `video_info_string`, `video_infos` and their like. */
function flatClips(value: Loose): { clip: unknown; keys: Path }[] {
  if (flatKind(value) !== undefined) return [{ clip: value, keys: [] }];
  return Object.entries(value).flatMap(([key, item]) => {
    if (infoString.test(key)) return [{ clip: item, keys: [key] }];
    if (!infoList.test(key) || !Array.isArray(item)) return [];
    return item.map((clip, index) => ({ clip, keys: [key, index] }));
  });
}

/** A draft around clips that come without one. */
function flatDraft(values: Loose[], path: Path, sink: Sink): RawDraft[] {
  const tracks = new Map<string, Loose[]>();
  for (const [index, value] of values.entries()) {
    for (const { clip, keys } of flatClips(value)) {
      const at = values.length > 1 || path.length > 0 ? [...path, index, ...keys] : keys;
      const parsed = typeof clip === 'string' ? parseText(clip, at, sink)?.value : clip;
      if (!isObject(parsed)) continue;
      const kind = flatKind(parsed);
      if (kind === undefined) {
        complain(sink, at, 'must be a clip with start, end and an address, text or type');
        continue;
      }
      const type = kind === 'image' ? 'video' : kind;
      if (!tracks.has(type)) tracks.set(type, []);
      tracks.get(type)!.push(nestFlat(parsed, kind));
    }
  }
  if (tracks.size === 0) return [];
  return [
    { value: { tracks: [...tracks].map(([track_type, segments]) => ({ track_type, segments })) }, path },
  ];
}

function complain(sink: Sink, path: Path, what: string): [] {
  const place = showPath(path, 'input');
  sink.report('DR162', 'error', path.map((part) => `/${part}`).join(''), `${place}: ${what}`, {
    hint: 'paste the whole answer of the export tool',
  });
  return [];
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value looks like an export of this tool. */
export function looksLikeExport(value: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const inner = (item: unknown): boolean => looksLikeExport(item, depth + 1);
  if (typeof value === 'string') {
    const parsed = parseJson(value);
    return 'value' in parsed && inner(parsed.value);
  }
  if (Array.isArray(value)) return value.length > 0 && value.every(inner);
  if (!isObject(value)) return false;
  if ('draft_data' in value || typeof value.output === 'string') return true;
  if (value.output !== undefined && value.output !== null) return inner(value.output);
  if (typeof value.drafts === 'string') return inner(value.drafts);
  if (Array.isArray(value.drafts)) return value.drafts.every(inner);
  if (Array.isArray(value.tracks))
    return value.tracks.some(isTrack) || ('project' in value && !('schema' in value));
  return (
    flatKind(value) !== undefined || Object.entries(value).some(([key, item]) => isClipStrings(key, item))
  );
}

function isTrack(value: unknown): boolean {
  return isObject(value) && 'track_type' in value;
}

// Lists of objects under the same keys belong to another tool, with other units.
function isClipStrings(key: string, value: unknown): boolean {
  if (infoString.test(key)) return true;
  return (
    infoList.test(key) &&
    Array.isArray(value) &&
    value.every((one) => typeof one === 'string') &&
    value.length > 0
  );
}
