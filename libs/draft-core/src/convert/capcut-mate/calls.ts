import { formatPointer, showPath } from '@cozecut/problems';
import { ownValue } from '../../own-value.ts';
import type { Path, Sink } from '../fields.ts';
import { parseJson } from '../json.ts';
import { isRecord } from '../values.ts';

type Loose = Record<string, unknown>;

/** One request to the tool. */
export interface Call {
  /** Name of the tool: `add_videos`. */
  name: string;
  body: Loose;
  path: Path;
  /** What the tool answered, when the log has it. */
  response: Loose | undefined;
}

/** The requests about one draft. */
export interface CallGroup {
  calls: Call[];
  path: Path;
}

const nameKeys = ['call', 'tool', 'name', 'operation', 'endpoint', 'path', 'url'];
const bodyKeys = ['body', 'input', 'params', 'arguments', 'request'];
const responseKeys = ['response', 'result', 'output'];

/** Main field of a request, and the tool that takes it. */
const toolByField: Readonly<Record<string, string>> = {
  video_infos: 'add_videos',
  image_infos: 'add_images',
  audio_infos: 'add_audios',
  captions: 'add_captions',
  effect_infos: 'add_effects',
  filter_infos: 'add_filters',
  keyframes: 'add_keyframes',
  sticker_id: 'add_sticker',
  segment_ids: 'add_masks',
};
/** Field that tells what an item is, and the main field that lists such items. */
const listByItem: Readonly<Record<string, string>> = {
  video_url: 'video_infos',
  image_url: 'image_infos',
  audio_url: 'audio_infos',
  effect_title: 'effect_infos',
  filter_title: 'filter_infos',
};
/** Fields that an item of another tool has under the same addresses. */
const foreignFields = [
  'material_start',
  'material_end',
  'transition_type',
  'filter_type',
  'position_x',
  'position_y',
  'crop_left',
  'fade_in',
  'time_range',
];

/** Whether a name is that of a tool which only this server has; a sticker is added by others under the same name. */
function isOwnTool(name: string): boolean {
  const isShared = name === 'add_sticker';
  return !isShared && (Object.values(toolByField).includes(name) || name === 'easy_create_material');
}

/** A value that may be text, as JSON; `undefined` when it is none. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const read = parseJson(value);
  return 'value' in read ? read.value : undefined;
}

/** Whether a value holds requests to this tool. */
export function looksLikeCalls(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.some(looksLikeEntry) && !value.some(isForeign);
  if (!isRecord(value) || 'draft_data' in value) return false;
  if (Array.isArray(value.calls)) return value.calls.some(looksLikeEntry);
  return looksLikeEntry(value);
}

function looksLikeEntry(value: unknown): boolean {
  const item = parsed(value);
  if (!isRecord(item)) return false;
  const name = nameOf(item);
  if (name !== undefined && bodyOf(item) !== undefined) {
    return isOwnTool(name) || typeof item.call === 'string' || typeof item.tool === 'string';
  }
  if ('schema' in item || 'track_type' in item) return false;
  return (
    isBody(item) || (Object.keys(listByItem).some((key) => typeof item[key] === 'string') && !isForeign(item))
  );
}

/** Lists of texts under the same keys belong to another tool. */
function isBody(item: Loose): boolean {
  return [
    'video_infos',
    'image_infos',
    'audio_infos',
    'captions',
    'effect_infos',
    'filter_infos',
    'keyframes',
  ].some((key) => {
    const list = item[key];
    if (typeof list === 'string') return list.trim() !== '';
    const isItem = (one: unknown): boolean => isRecord(one) && (key !== 'keyframes' || 'segment_id' in one);
    return Array.isArray(list) && list.some(isItem);
  });
}

function isForeign(value: unknown): boolean {
  return isRecord(value) && foreignFields.some((key) => key in value);
}

/** Divides the input into the requests about each draft. */
export function groupCalls(value: unknown, sink: Sink): CallGroup[] {
  const groups: (CallGroup & { draftId: string | undefined })[] = [];
  for (const call of listCalls(value, sink)) {
    const id = draftIdOf(call.body) ?? draftIdOf(call.response);
    let group = groups.find(({ draftId }) => id !== undefined && draftId === id);
    if (call.name === 'create_draft') group = undefined;
    else if (group === undefined)
      group = id === undefined || groups.at(-1)?.draftId === undefined ? groups.at(-1) : undefined;
    if (group === undefined) {
      group = { calls: [], path: groups.length === 0 ? [] : call.path, draftId: id };
      groups.push(group);
    }
    group.draftId ??= id;
    group.calls.push(call);
  }
  return groups;
}

function listCalls(value: unknown, sink: Sink): Call[] {
  if (isRecord(value) && Array.isArray(value.calls)) {
    return value.calls.flatMap((entry, index) => callsOf(entry, ['calls', index], sink));
  }
  if (!Array.isArray(value)) return callsOf(value, [], sink);
  const items = value.map(parsed);
  const isItem = (item: unknown): boolean => isRecord(item) && itemList(item) !== undefined;
  if (items.length > 0 && items.every(isItem)) return callsOf(gatherItems(items as Loose[]), [], sink);
  return value.flatMap((entry, index) => callsOf(entry, [index], sink));
}

/** A bare body may hold the main fields of several tools; each makes a call, in the order in which they stand. */
function callsOf(entry: unknown, path: Path, sink: Sink): Call[] {
  const value = parsed(entry);
  if (!isRecord(value)) {
    sink.report('DR162', 'error', formatPointer(path), `${showPath(path, 'input')} must be a request`);
    return [];
  }
  const found = nameOf(value);
  const inner = bodyOf(value);
  const response = responseKeys.map((key) => parsed(value[key])).find(isRecord);
  if (found !== undefined && (inner !== undefined || !isBody(value))) {
    return [
      {
        name: found,
        body: inner?.body ?? {},
        path: [...path, ...(inner === undefined ? [] : [inner.key])],
        response,
      },
    ];
  }
  const names = Object.keys(value).flatMap((key) => ownValue(toolByField, key) ?? []);
  return [...new Set(names)].map((name) => ({ name, body: value, path, response }));
}

function nameOf(item: Loose): string | undefined {
  for (const key of nameKeys) {
    const name = item[key];
    // A path ends in the name of the tool.
    if (typeof name === 'string' && name !== '')
      return name
        .replace(/[?#].*$/, '')
        .replace(/\/+$/, '')
        .replace(/^.*\//, '');
  }
  return undefined;
}

function bodyOf(item: Loose): { body: Loose; key: string } | undefined {
  for (const key of bodyKeys) {
    const body = parsed(item[key]);
    if (isRecord(body)) return { body, key };
  }
  return undefined;
}

function itemList(item: Loose): string | undefined {
  const key = Object.keys(listByItem).find((one) => one in item);
  return key === undefined ? undefined : listByItem[key];
}

function gatherItems(items: readonly Loose[]): Loose {
  const body: Record<string, Loose[]> = {};
  for (const item of items) {
    const list = itemList(item)!;
    body[list] ??= [];
    body[list].push(item);
  }
  return body;
}

function draftIdOf(value: Loose | undefined): string | undefined {
  const url = value?.draft_url ?? value?.draft_id;
  if (typeof url !== 'string' || url.trim() === '') return undefined;
  return /[?&](?:draft_id|drafId)=([^&#]+)/.exec(url)?.[1] ?? url.trim();
}
