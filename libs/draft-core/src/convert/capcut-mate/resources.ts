import type { Clip, ClipOf } from '../../timeline/schema.ts';
import { readColor } from '../color.ts';
import type { Fields } from '../fields.ts';
import { defined, tidy, unlessEmpty } from '../values.ts';
import type { DraftState } from './draft.ts';
import { readItems, timedItems } from './items.ts';
import { newTrack } from './media.ts';

/** `add_effects`: one new track. */
export function addEffects(body: Fields, state: DraftState): Clip[] {
  return addNamed('effect', body, 'effect_infos', 'effect_title', state, (name) => ({ effect: { name } }));
}

/** `add_filters`: one new track. */
export function addFilters(body: Fields, state: DraftState): Clip[] {
  return addNamed('filter', body, 'filter_infos', 'filter_title', state, (name, fields) => ({
    filter: { name, intensity: fields.number('intensity') ?? 100 },
  }));
}

function addNamed(
  type: 'effect' | 'filter',
  body: Fields,
  listKey: string,
  nameKey: string,
  state: DraftState,
  look: (name: string, fields: Fields) => object,
): Clip[] {
  const track = newTrack(type, body, listKey, state);
  return timedItems(readItems(body, listKey, state.findings)).flatMap(({ fields, startUs, endUs }) => {
    const name = fields.text(nameKey)?.trim();
    if (name === undefined || name === '') {
      fields.error('DR165', `${fields.place}.${nameKey} is missing`, {}, nameKey);
      return [];
    }
    const clip = { ...look(name, fields), start: startUs, duration: endUs - startUs } as Clip;
    state.builder.addClip(track, clip, fields.path);
    fields.finish();
    return [clip];
  });
}

/** `add_sticker`: one clip on a new track. */
export function addSticker(body: Fields, state: DraftState): Clip[] {
  const id = body.text('sticker_id');
  const [item] = timedItems([body]);
  const scale = body.positive('scale') ?? 1;
  const [x, y] = [body.number('transform_x') ?? 0, body.number('transform_y') ?? 0];
  if (id === undefined) body.error('DR165', `${body.place}.sticker_id is missing`, {}, 'sticker_id');
  if (id === undefined || item === undefined) return [];
  const track = newTrack('sticker', body, 'sticker_id', state);
  const transform = defined({
    x: x === 0 ? undefined : tidy(x / state.canvas.width),
    y: y === 0 ? undefined : tidy(y / state.canvas.height),
    scale: scale === 1 ? undefined : scale,
  });
  const clip = defined<ClipOf<'sticker'>>({
    sticker: { id },
    start: item.startUs,
    duration: item.endUs - item.startUs,
    transform: unlessEmpty(transform),
  });
  state.builder.addClip(track, clip, body.path);
  return [clip];
}

/** `easy_create_material`: sound, video, picture and text from the start, each on a new track. */
export function easyCreate(body: Fields, state: DraftState): Clip[] {
  const clips: Clip[] = [];
  const add = (type: 'video' | 'audio' | 'text', key: string, clip: Clip): void => {
    state.builder.addClip(newTrack(type, body, key, state), clip, [...body.path, key]);
    clips.push(clip);
  };
  const file = (key: string, type: 'video' | 'audio', lengthUs: number): void => {
    const media = body.text(key)?.trim();
    if (media === undefined || media === '') return;
    const fileUs = state.options.facts.get(media)?.durationUs || lengthUs;
    add(type, key, { media, start: 0, duration: Math.min(lengthUs, fileUs) });
  };
  file('audio_url', 'audio', 5_000_000);
  file('video_url', 'video', 5_000_000);
  file('img_url', 'video', 3_000_000);
  const text = body.text('text');
  const y = body.number('text_transform_y') ?? 0;
  const style = {
    size: body.positive('font_size') ?? 15,
    color: readColor(body.text('text_color') ?? '') ?? '#ffffff',
  };
  if (text !== undefined && text.trim() !== '') {
    const place = y === 0 ? undefined : { y: tidy(y / state.canvas.height) };
    add(
      'text',
      'text',
      defined<ClipOf<'text'>>({ text, start: 0, duration: 5_000_000, style, transform: place }),
    );
  }
  return clips;
}
