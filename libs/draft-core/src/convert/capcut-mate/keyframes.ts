import { showJson } from '@cozecut/problems';
import { ownValue } from '../../own-value.ts';
import type { CurveProperty } from '../../timeline/model.ts';
import type { Clip } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { isRecord, tidy, wordOf } from '../values.ts';
import { parsed } from './calls.ts';
import type { DraftState, KnownSegment } from './draft.ts';
import { readItems } from './items.ts';

const properties: Readonly<Record<string, CurveProperty>> = {
  KFTypePositionX: 'positionX',
  KFTypePositionY: 'positionY',
  KFTypeScaleX: 'scaleX',
  KFTypeScaleY: 'scaleY',
  KFTypeRotation: 'rotation',
  KFTypeAlpha: 'opacity',
  UNIFORM_SCALE: 'scale',
  KFTypeUniformScale: 'scale',
  KFTypeSaturation: 'saturation',
  KFTypeContrast: 'contrast',
  KFTypeBrightness: 'brightness',
  KFTypeVolume: 'volume',
};

/** `add_keyframes`: points of curves of segments that earlier calls have made. */
export function addKeyframes(body: Fields, state: DraftState): void {
  const unclear: { fields: Fields; offset: number }[] = [];
  for (const fields of readItems(body, 'keyframes', state.findings)) {
    const segment = segmentOf(fields.text('segment_id'), fields, state);
    const property = propertyOf(fields, 'property');
    const offset = required(fields, 'offset');
    const value = required(fields, 'value');
    const easing = fields.text('easing');
    fields.finish();
    if (property === undefined || offset === undefined || value === undefined) continue;
    if (offset > 0 && offset <= 1 && state.options.keyframeOffset === undefined)
      unclear.push({ fields, offset });
    const shown = positionValue(fields, property, value, state.canvas);
    if (segment === undefined) continue;
    const atUs = offsetUs(fields, offset, segment, state);
    addPoint(fields, segment, property, [atUs, shown, easing], state);
  }
  const [first] = unclear;
  if (first === undefined) return;
  const values = unclear.map(({ offset }) => offset).join(', ');
  const message = `${first.fields.place}.offset: ${values} may be a share of the clip or microseconds`;
  first.fields.error('DR160', message, { hint: 'say which (--keyframe-offset ratio or us)' }, 'offset');
}

/** `keyframes_infos`: percents of each segment and values, written as `0|50|100`. */
export function buildKeyframes(body: Fields, state: DraftState): void {
  const property = propertyOf(body, 'ctype');
  const [offsets, values] = ['offsets', 'values'].map((key) =>
    (body.text(key) ?? '').split('|').map((part) => Number(part.trim() || Number.NaN)),
  );
  const infos = parsed(body.raw('segment_infos'));
  const size = { width: body.positive('width') ?? 1, height: body.positive('height') ?? 1 };
  if (
    offsets!.length !== values!.length ||
    [...offsets!, ...values!].some((value) => !Number.isFinite(value))
  ) {
    body.complain(
      'must be as many numbers as there are in values, divided by |',
      body.raw('offsets'),
      'offsets',
    );
    return;
  }
  if (property === undefined) return;
  for (const info of Array.isArray(infos) ? infos : []) {
    const segment = segmentOf(isRecord(info) ? wordOf(info.id) : undefined, body, state);
    if (segment === undefined) continue;
    for (const [index, percent] of offsets!.entries()) {
      const atUs = Math.trunc(((segment.clip.duration as number) * percent) / 100);
      const divisor = property === 'positionX' ? size.width : property === 'positionY' ? size.height : 1;
      addPoint(body, segment, property, [atUs, tidy(values![index]! / divisor), undefined], state);
    }
  }
}

function segmentOf(
  id: string | undefined,
  fields: Fields,
  { segments }: DraftState,
): KnownSegment | undefined {
  const segment = id === undefined ? undefined : segments.get(id);
  if (segment !== undefined) return segment;
  fields.error(
    'DR165',
    `${fields.place}: segment ${id === undefined ? 'id is missing' : `"${id}" not found`}`,
    {
      hint: 'the log needs the answer of the call that made the segment (segment_ids or segment_infos)',
    },
    'segment_id',
  );
  return undefined;
}

function propertyOf(fields: Fields, key: string): CurveProperty | undefined {
  const name = fields.text(key) ?? '';
  const property = ownValue(properties, name);
  if (property === undefined) {
    fields.error(
      'DR064',
      `${fields.place}.${key}: there is no property "${name}"`,
      { hint: Object.keys(properties).join(', ') },
      key,
    );
  }
  return property;
}

function required(fields: Fields, key: string): number | undefined {
  const value = fields.number(key);
  if (value === undefined && (fields.raw(key) ?? '') === '')
    fields.error('DR162', `${fields.place}.${key} is missing`, {}, key);
  return value;
}

/** Up to 1 it is half a canvas already; more is pixels of a whole canvas. */
function positionValue(
  fields: Fields,
  property: CurveProperty,
  value: number,
  canvas: DraftState['canvas'],
): number {
  if (property !== 'positionX' && property !== 'positionY') return value;
  if (Math.abs(value) === 1) {
    fields.warn(
      'DR166',
      `${fields.place}.value: ${value} is read as half a canvas, as in the tool; it may be 1 pixel`,
      {},
      'value',
    );
  }
  if (Math.abs(value) <= 1) return value;
  return tidy(value / (property === 'positionX' ? canvas.width : canvas.height));
}

function offsetUs(fields: Fields, offset: number, { clip }: KnownSegment, { options }: DraftState): number {
  const length = clip.duration as number;
  const isShare = options.keyframeOffset === 'ratio' && offset > 0 && offset <= 1;
  const us = Math.trunc(isShare ? offset * length : offset);
  if (us >= 0 && us <= length) return us;
  fields.warn(
    'DR166',
    `${fields.place}.offset = ${offset} is moved into the clip of ${length} us, as in the tool`,
    {},
    'offset',
  );
  return Math.min(Math.max(us, 0), length);
}

function addPoint(
  fields: Fields,
  { clip, track }: KnownSegment,
  property: CurveProperty,
  [atUs, value, easing]: [number, number, string | undefined],
  _state: DraftState,
): void {
  const canMove = track.type === 'video' || track.type === 'text' || track.type === 'sticker';
  if (!canMove && !(track.type === 'audio' && property === 'volume')) {
    fields.error(
      'DR064',
      `${fields.place}: ${property} does not exist on ${track.type} clips (got ${showJson(value)})`,
      {},
      'property',
    );
    return;
  }
  const holder = clip as Clip & { keyframes?: Record<string, [number, number, string?][]> };
  holder.keyframes ??= {};
  holder.keyframes[property] ??= [];
  holder.keyframes[property].push(easing === undefined ? [atUs, value] : [atUs, value, easing]);
}
