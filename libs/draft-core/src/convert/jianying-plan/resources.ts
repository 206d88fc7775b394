import type { Clip, TrackType } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { defined, percent } from '../values.ts';
import { readNamedList, readParams } from './media.ts';
import { readMotion } from './motion.ts';
import type { PlanState } from './plan.ts';

/** A segment of a sticker, filter or effect track. */
export function readResource(
  segment: Fields,
  type: TrackType,
  span: { start: number; duration: number },
  state: PlanState,
): Clip | undefined {
  if (type === 'sticker') {
    const id = segment.text('resource_id') ?? segment.text('sticker_id');
    segment.ignore('sticker_id');
    const motion = readMotion(segment);
    if (id !== undefined) return { sticker: { id }, ...span, ...motion };
    segment.error('DR165', `${segment.place}.resource_id is missing`, {}, 'resource_id');
    return undefined;
  }
  const key = type === 'filter' ? 'filters' : 'effects';
  const [named, ...others] = readNamedList(segment, key, state) ?? [];
  const strength = segment.number('strength');
  const intensity = segment.number('intensity') ?? (strength === undefined ? undefined : percent(strength));
  const params = readParams(segment, state.isHeadless);
  // Plans of the headless renderer name the one resource directly.
  const name = named?.name ?? segment.text('name');
  for (const [index] of others.entries()) state.findings.drop([...segment.path, key, index + 1]);
  if (name === undefined) {
    segment.error('DR165', `${segment.place}.${key} is missing`, {}, key);
    return undefined;
  }
  if (type === 'filter')
    return { filter: defined({ name, intensity: intensity ?? named?.intensity }), ...span };
  return { effect: defined({ name, params: params ?? named?.params }), ...span };
}
