import { fittedSize } from '../../timeline/geometry.ts';
import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { defined, percent, tidy } from '../values.ts';
import { colorOf, type DraftContext, lengthUs } from './context.ts';
import { readMotion, type Zoom } from './motion.ts';

type VideoClip = ClipOf<'video'>;
type Animations = NonNullable<VideoClip['animations']>;

/** Fields of a clip besides its times. */
export type Look<Clip> = Omit<Clip, 'start' | 'duration' | 'source' | 'id'>;

/** A transition that a segment asks for. */
export interface AskedTransition {
  name: string;
  durationUs: number | undefined;
}

/** Reads a video or image segment. */
export function readPicture(
  segment: Fields,
  media: string,
  clipUs: number,
  trackVolume: number,
  context: DraftContext,
): { clip: Look<VideoClip>; transition: AskedTransition | undefined } {
  const isImage = segment.raw('type') === 'image';
  const crop = readCrop(segment.object('crop'));
  const { background, zoom } = readBackground(segment, media, crop, context);
  const effects = segment.object('effects');
  const filter = effects.text('filter_type');
  const filterIntensity = effects.number('filter_intensity');
  const name = effects.text('transition_type');
  const durationUs =
    name === undefined ? undefined : lengthUs(effects, 'transition_duration', clipUs, context);
  effects.ignore('transition_duration');
  const { volume, ...sound } = isImage ? {} : readSound(segment);
  const gain = isImage ? 1 : tidy((volume ?? 1) * trackVolume);
  const motion = readMotion(segment, context, zoom);
  const curve = motion.keyframes?.volume?.map(([at, value]): [number, number] => [
    at as number,
    tidy(value * trackVolume),
  ]);
  if (curve !== undefined) motion.keyframes = { ...motion.keyframes, volume: curve };
  const clip = defined<Look<VideoClip>>({
    media,
    ...sound,
    volume: statedGain(volume, gain, curve !== undefined),
    crop,
    background,
    filters:
      filter === undefined
        ? undefined
        : [
            defined({
              name: filter,
              intensity: filterIntensity === undefined ? undefined : percent(filterIntensity),
            }),
          ],
    animations: readAnimations(segment, ['in', 'out'], clipUs, context) as Animations | undefined,
    ...motion,
  });
  return { clip, transition: name === undefined ? undefined : { name, durationUs } };
}

/** The volume of a clip; a curve has that of its track in it already. */
export function statedGain(own: number | undefined, gain: number, hasCurve: boolean): number | undefined {
  return gain === 1 || (hasCurve && (own ?? 1) === 1) ? undefined : gain;
}

function readSound(segment: Fields): Pick<VideoClip, 'speed' | 'reverse' | 'changePitch' | 'volume'> {
  const speed = segment.object('speed');
  const audio = segment.object('audio');
  return defined({
    speed: speed.number('speed'),
    reverse: speed.flag('reverse') || undefined,
    changePitch: audio.flag('change_pitch') || undefined,
    volume: audio.number('volume'),
  });
}

function readCrop(fields: Fields): VideoClip['crop'] {
  if (fields.flag('enabled') === false) {
    fields.ignoreAll();
    return undefined;
  }
  const [left, top] = [fields.number('left') ?? 0, fields.number('top') ?? 0];
  const [right, bottom] = [fields.number('right') ?? 1, fields.number('bottom') ?? 1];
  return left === 0 && top === 0 && right === 1 && bottom === 1 ? undefined : { left, top, right, bottom };
}

function readBackground(
  segment: Fields,
  media: string,
  crop: VideoClip['crop'],
  context: DraftContext,
): { background: VideoClip['background']; zoom: Zoom } {
  const fields = segment.object('background');
  const color = colorOf(fields, 'color');
  const blur = fields.flag('blur') === true;
  if (blur && color !== undefined) fields.drop('color');
  const mode = fields.text('fit_mode') ?? 'fit';
  const dimensions = segment.object('dimensions');
  const [width, height] = [dimensions.number('width'), dimensions.number('height')];
  const zoom = zoomOf(
    fields,
    mode,
    context.facts.get(media) ?? { width: width ?? 0, height: height ?? 0 },
    crop,
    context,
  );
  if (blur) return { background: { type: 'blur', level: 0.0625 }, zoom };
  return { background: color === undefined ? undefined : { type: 'color', color }, zoom };
}

function zoomOf(
  fields: Fields,
  mode: string,
  size: { width: number; height: number },
  crop: VideoClip['crop'],
  { canvas }: DraftContext,
): Zoom {
  if (mode === 'fit') return { x: 1, y: 1 };
  if (mode !== 'fill' && mode !== 'stretch') {
    fields.complain('must be fit, fill or stretch', mode, 'fit_mode');
    return { x: 1, y: 1 };
  }
  const fitted = fittedSize(size, crop, canvas);
  if (fitted === undefined) {
    fields.drop('fit_mode');
    return { x: 1, y: 1 };
  }
  const [x, y] = [canvas.width / fitted.width, canvas.height / fitted.height];
  return mode === 'stretch' ? { x, y } : { x: Math.max(x, y), y: Math.max(x, y) };
}

const slots = { in: 'intro', out: 'outro', loop: 'loop' } as const;

/** Reads `animations`; a length without an animation means nothing. */
export function readAnimations(
  segment: Fields,
  wanted: (keyof typeof slots)[],
  clipUs: number,
  context: DraftContext,
): { [Slot in keyof typeof slots]?: { name: string; duration?: number } } | undefined {
  const fields = segment.object('animations');
  const entries = wanted.flatMap((slot) => {
    const key = slots[slot];
    const name = fields.text(key);
    if (name === undefined) {
      fields.ignore(`${key}_duration`);
      return [];
    }
    const duration = lengthUs(fields, `${key}_duration`, clipUs, context);
    return [[slot, defined({ name, duration })] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
