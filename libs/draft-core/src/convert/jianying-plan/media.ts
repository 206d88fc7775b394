import type { Clip, ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { defined, percent, unlessEmpty } from '../values.ts';
import { readMask } from './mask.ts';
import { readAnimations, readMotion } from './motion.ts';
import type { PlanState } from './plan.ts';
import { colorOf, nameOf, timeUs } from './plan-fields.ts';

type VideoClip = ClipOf<'video'>;
type Span = { start: number; duration: number };

/** A segment of a video or audio track. */
export function readMediaSegment(
  segment: Fields,
  type: 'video' | 'audio',
  span: Span,
  state: PlanState,
): Clip | undefined {
  const media = segment.text('source');
  const sourceStart = timeUs(segment, 'source_start_us');
  const sourceDuration = timeUs(segment, 'source_duration_us');
  const isPhoto = segment.flag('photo') === true || state.options.facts.get(media ?? '')?.kind === 'photo';
  const speed = segment.number('speed');
  const volume = segment.number('volume');
  const source = defined({ start: sourceStart, duration: sourceDuration });
  const fade = segment.object('fade');
  const fades = defined({ in: timeUs(fade, 'in_us'), out: timeUs(fade, 'out_us') });
  const common = defined<Omit<ClipOf<'audio'>, 'effects' | 'keyframes'>>({
    media: media ?? '?',
    ...span,
    source: isPhoto && sourceStart === undefined ? undefined : unlessEmpty(source),
    // A speed of 1 that contradicts the lengths has to be told.
    speed:
      speed === 1 && (isPhoto || (sourceDuration ?? span.duration) === span.duration) ? undefined : speed,
    changePitch: segment.flag('change_pitch') || undefined,
    volume: volume === 1 ? undefined : volume,
    fade: unlessEmpty(fades),
  });
  const clip =
    type === 'video'
      ? { ...common, ...readPicture(segment, media, state) }
      : { ...common, ...readSound(segment, state) };
  if (media !== undefined) return clip;
  segment.error('DR165', `${segment.place}.source is missing: nothing to play`, {}, 'source');
  return undefined;
}

function readSound(segment: Fields, state: PlanState): Partial<ClipOf<'audio'>> {
  const { keyframes } = readMotion(segment);
  return defined<Partial<ClipOf<'audio'>>>({
    effects: readNamedList(segment, 'audio_effects', state),
    keyframes: keyframes?.volume === undefined ? undefined : { volume: keyframes.volume },
  });
}

function readPicture(segment: Fields, media: string | undefined, state: PlanState): Partial<VideoClip> {
  const mixMode = nameOf(segment, 'mix_mode');
  const chroma = segment.has('chroma') ? segment.object('chroma') : undefined;
  const color = chroma === undefined ? undefined : colorOf(chroma, 'color');
  return defined<Partial<VideoClip>>({
    crop: readCrop(segment),
    ...readMotion(segment),
    mask: readMask(segment, media, state),
    chroma:
      chroma === undefined
        ? undefined
        : defined<NonNullable<VideoClip['chroma']>>({
            color: color ?? '#00FF00',
            intensity: chroma.number('intensity'),
            shadow: chroma.number('shadow'),
            edgeSmooth: chroma.number('edge_smooth'),
            spill: chroma.number('spill'),
          }),
    background: readBackground(segment),
    filters: readNamedList(segment, 'filters', state),
    effects: readNamedList(segment, 'effects', state),
    mixMode: mixMode === undefined ? undefined : { name: mixMode },
    animations: readAnimations(segment, 'group'),
  });
}

function readBackground(segment: Fields): VideoClip['background'] {
  if (!segment.has('background_filling')) return undefined;
  const fields = segment.object('background_filling');
  const type = fields.text('type');
  const blur = fields.number('blur');
  const color = colorOf(fields, 'color');
  if (type === 'blur') return { type, ...defined({ level: blur }) };
  if (type === 'color' && color !== undefined) return { type, color };
  fields.error(
    'DR050',
    `${fields.place}: expected type blur, or color with a colour (got ${JSON.stringify(type)})`,
  );
  return undefined;
}

const corners = ['upper_left', 'upper_right', 'lower_left', 'lower_right'] as const;

/** Four corners that have to be a rectangle. */
function readCrop(segment: Fields): VideoClip['crop'] {
  if (!segment.has('crop')) return undefined;
  const fields = segment.object('crop');
  const [ul, ur, ll, lr] = corners.map((corner) => ({
    x: fields.number(`${corner}_x`) ?? (corner.endsWith('left') ? 0 : 1),
    y: fields.number(`${corner}_y`) ?? (corner.startsWith('upper') ? 0 : 1),
  }));
  const crop = {
    left: fields.number('left') ?? ul!.x,
    top: fields.number('top') ?? ul!.y,
    right: fields.number('right') ?? lr!.x,
    bottom: fields.number('bottom') ?? lr!.y,
  };
  if (ul!.x === ll!.x && ur!.x === lr!.x && ul!.y === ur!.y && ll!.y === lr!.y) return crop;
  fields.error('DR043', `${fields.place}: the corners are no rectangle`);
  return undefined;
}

/** Filters and effects: names with a strength or parameters. */
export function readNamedList(
  segment: Fields,
  key: string,
  { isHeadless }: PlanState,
): { name: string; intensity?: number; params?: Record<string, number> }[] | undefined {
  const list = segment.items(key).flatMap((item) => {
    const name = item.text('name');
    const strength = item.number('strength');
    const intensity = item.number('intensity') ?? (strength === undefined ? undefined : percent(strength));
    const params = readParams(item, isHeadless);
    item.finish();
    if (name === undefined) item.error('DR165', `${item.place}.name is missing`, {}, 'name');
    return name === undefined ? [] : [defined({ name, intensity, params })];
  });
  return list.length > 0 ? list : undefined;
}

/** Parameters by name: 0..100, in plans of the headless renderer 0..1. */
export function readParams(fields: Fields, isHeadless: boolean): Record<string, number> | undefined {
  if (!fields.has('params')) return undefined;
  const params = fields.object('params');
  const read = Object.fromEntries(
    params.keys().flatMap((key): [string, number][] => {
      const value = params.number(key);
      return value === undefined ? [] : [[key, isHeadless ? percent(value) : value]];
    }),
  );
  return unlessEmpty(read);
}
