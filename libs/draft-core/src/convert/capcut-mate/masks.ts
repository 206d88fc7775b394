import { showJson } from '@cozecut/problems';
import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { MASK_HINT, maskShape } from '../mask-shape.ts';
import { defined, tidy, wordOf } from '../values.ts';
import { parsed } from './calls.ts';
import type { DraftState } from './draft.ts';

type Mask = NonNullable<ClipOf<'video'>['mask']>;

/** Only a rectangle has corners; the tool sends 0 for the others. */
function readRoundCorner(body: Fields, isBox: boolean): number | undefined {
  const corner = body.number('roundCorner') || undefined;
  if (corner !== undefined && !isBox) body.drop('roundCorner');
  return isBox ? corner : undefined;
}

/** `add_masks`: one mask for several segments. */
export function addMasks(body: Fields, state: DraftState): void {
  const name = body.text('name') ?? '线性';
  const shape = maskShape(name);
  const [width, height] = [body.positive('width') ?? 512, body.positive('height') ?? 512];
  const isBox = shape === 'rectangle';
  const base = {
    centerX: body.number('X') || undefined,
    centerY: body.number('Y') || undefined,
    feather: body.number('feather') || undefined,
    rotation: body.number('rotation') || undefined,
    invert: body.flag('invert') || undefined,
    roundCorner: readRoundCorner(body, isBox),
  };
  if (shape === undefined) {
    body.error('DR048', `${body.place}.name: there is no mask "${name}"`, { hint: MASK_HINT }, 'name');
    return;
  }
  const raw = parsed(body.raw('segment_ids'));
  for (const id of Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]) {
    const segment = state.segments.get(wordOf(id) ?? '');
    if (segment === undefined) {
      body.error(
        'DR165',
        `${body.place}.segment_ids: segment ${showJson(id)} not found`,
        {
          hint: 'the log needs the answer of the call that made the segment (segment_ids or segment_infos)',
        },
        'segment_ids',
      );
      continue;
    }
    if (segment.track.type !== 'video') {
      body.error(
        'DR010',
        `${body.place}: a mask cannot go on a ${segment.track.type} clip`,
        {},
        'segment_ids',
      );
      continue;
    }
    const clip = segment.clip as ClipOf<'video'>;
    if (clip.mask !== undefined) {
      body.error(
        'DR045',
        `${body.place}: segment ${JSON.stringify(id)} has a mask already`,
        { hint: 'one mask for a clip' },
        'segment_ids',
      );
      continue;
    }
    const facts = state.options.facts.get(clip.media);
    if (facts === undefined || facts.height <= 0) {
      body.warn(
        'DR161',
        `${body.place}: the size of the mask in pixels is dropped, that of the picture is not known`,
      );
    }
    clip.mask = defined<Mask>({
      shape,
      size: facts === undefined || facts.height <= 0 ? undefined : tidy(height / facts.height),
      rectWidth: isBox && facts !== undefined && facts.width > 0 ? tidy(width / facts.width) : undefined,
      ...base,
    });
  }
}
