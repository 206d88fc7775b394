import { ownValue } from '../../own-value.ts';
import type { CurveProperty } from '../../timeline/model.ts';
import type { Clip } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { readValue } from '../keyframe-value.ts';
import { endOf, inOrder } from '../timeline-builder.ts';
import type { DraftState } from './draft.ts';

const properties: Readonly<Record<string, CurveProperty>> = {
  position_x: 'positionX',
  position_y: 'positionY',
  rotation: 'rotation',
  scale_x: 'scaleX',
  scale_y: 'scaleY',
  uniform_scale: 'scale',
  alpha: 'opacity',
  volume: 'volume',
  saturation: 'saturation',
  contrast: 'contrast',
  brightness: 'brightness',
};

interface Point {
  property: unknown;
  time: unknown;
  value: unknown;
  /** Index in the lists; `undefined` for a single keyframe. */
  index: number | undefined;
}

/** `add_video_keyframe`: one keyframe, or three lists of equal length. */
export function addKeyframes(fields: Fields, state: DraftState): void {
  const name = fields.text('track_name') ?? 'video_main';
  const points = readPoints(fields);
  const track = state.builder.tracks.find((one) => one.name === name);
  if (track === undefined) {
    fields.error(
      'DR165',
      `${fields.place}: there is no track "${name}"`,
      { hint: 'name the track of the clips' },
      'track_name',
    );
    return;
  }
  const clips = inOrder(track);
  let isDownTold = false;
  for (const { property: word, time, value: raw, index } of points) {
    const at = index === undefined ? '' : `[${index}]`;
    const property = typeof word === 'string' ? ownValue(properties, word) : undefined;
    const value = readValue(raw);
    const seconds = readValue(time);
    if (property === undefined) {
      fields.error(
        'DR064',
        `${fields.place}: there is no property ${JSON.stringify(word)}`,
        { hint: Object.keys(properties).join(', ') },
        'property_type',
      );
      continue;
    }
    if (value === undefined || seconds === undefined) {
      const [what, got] = value === undefined ? ['value', raw] : ['time', time];
      fields.complain(`${what}${at} must be a number such as "1.5", "50%" or "45deg"`, got, what!);
      continue;
    }
    const timeUs = Math.round(seconds * 1_000_000);
    const clip = clipAt(clips, timeUs, fields, name);
    if (clip === undefined) continue;
    if (property === 'positionY' && value !== 0 && !isDownTold) {
      isDownTold = true;
      fields.warn(
        'DR166',
        `${fields.place}: position_y ${value} is kept: up is positive in a draft, although the tool's documents say that 1 is the bottom`,
        {},
        'value',
      );
    }
    const holder = clip as Clip & { keyframes?: Record<string, [number, number][]> };
    holder.keyframes ??= {};
    holder.keyframes[property] ??= [];
    holder.keyframes[property].push([timeUs - (clip.start as number), value]);
  }
}

function readPoints(fields: Fields): Point[] {
  const [types, times, values] = ['property_types', 'times', 'values'].map((key) => fields.list(key));
  const single: Point = {
    property: fields.raw('property_type') ?? 'alpha',
    time: fields.raw('time') ?? 0,
    value: fields.raw('value') ?? '1.0',
    index: undefined,
  };
  if (types!.length + times!.length + values!.length === 0) return [single];
  if (types!.length !== times!.length || times!.length !== values!.length) {
    const lengths = `${types!.length}, ${times!.length} and ${values!.length}`;
    fields.error(
      'DR162',
      `${fields.place}: property_types, times and values must be equally long (got ${lengths})`,
    );
    return [];
  }
  return types!.map((property, index) => ({ property, time: times![index], value: values![index], index }));
}

/** The clip that a time lies in, both ends included. */
function clipAt(clips: readonly Clip[], timeUs: number, fields: Fields, track: string): Clip | undefined {
  const fitting = clips.filter((clip) => (clip.start as number) <= timeUs && timeUs <= endOf(clip));
  const [clip, next] = fitting;
  if (clip === undefined) {
    fields.error(
      'DR165',
      `${fields.place}: no clip of track "${track}" is there at ${timeUs / 1e6} s`,
      {},
      'time',
    );
  } else if (next !== undefined) {
    fields.warn(
      'DR166',
      `${fields.place}: ${timeUs / 1e6} s lies on the cut of two clips, the earlier one is meant`,
      {},
      'time',
    );
  }
  return clip;
}
