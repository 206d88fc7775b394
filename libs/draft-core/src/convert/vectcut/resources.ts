import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { defined, unlessEmpty } from '../values.ts';
import type { DraftState } from './draft.ts';
import { readParams, readSpan, readTransform } from './values.ts';

/** `add_effect`. */
export function addEffect(fields: Fields, state: DraftState): void {
  const name = fields.text('effect_type');
  const kind = fields.text('effect_category') ?? 'scene';
  const params = readParams(fields, 'params');
  const span = readSpan(fields, 3);
  if (kind !== 'scene' && kind !== 'character')
    fields.complain('must be scene or character', kind, 'effect_category');
  else if (name === undefined)
    fields.error('DR165', `${fields.place}.effect_type is missing`, {}, 'effect_type');
  else if (span !== undefined) {
    const effect = defined<ClipOf<'effect'>['effect']>({ name, kind, params });
    state.place(fields, 'effect', 'effect_01', { effect, ...span });
  }
}

/** `add_sticker`. */
export function addSticker(fields: Fields, state: DraftState): void {
  const id = fields.text('sticker_id') ?? fields.text('resource_id');
  const span = readSpan(fields, 5);
  const opacity = fields.number('alpha') ?? 1;
  const transform = defined({
    ...readTransform(fields),
    opacity: opacity === 1 ? undefined : opacity,
    flipX: fields.flag('flip_horizontal') || undefined,
    flipY: fields.flag('flip_vertical') || undefined,
  });
  if (id === undefined) fields.error('DR165', `${fields.place}.sticker_id is missing`, {}, 'sticker_id');
  else if (span !== undefined) {
    const clip = defined<ClipOf<'sticker'>>({ sticker: { id }, ...span, transform: unlessEmpty(transform) });
    state.place(fields, 'sticker', 'sticker_main', clip);
  }
}
