import { type Clip, type CurveProperty, listTimeline, type Timeline } from '@cozecut/draft-core';
import { mapClips } from './change-clips.ts';
import { halfCanvas } from './clip-input.ts';
import type { AddKeyframesInput } from './tools.gen.ts';

type Keyframe = AddKeyframesInput['keyframes'][number];
type Point = [at: number, value: number, easing?: string];
type Curves = Partial<Record<CurveProperty, Point[]>>;

/** Names of properties; those of the editor's files are known from other tools. */
const PROPERTIES: Readonly<Record<Keyframe['property'], CurveProperty>> = {
  position_x: 'positionX',
  position_y: 'positionY',
  scale: 'scale',
  scale_x: 'scaleX',
  scale_y: 'scaleY',
  rotation: 'rotation',
  alpha: 'opacity',
  saturation: 'saturation',
  contrast: 'contrast',
  brightness: 'brightness',
  volume: 'volume',
  KFTypePositionX: 'positionX',
  KFTypePositionY: 'positionY',
  KFTypeScaleX: 'scaleX',
  KFTypeScaleY: 'scaleY',
  UNIFORM_SCALE: 'scale',
  KFTypeRotation: 'rotation',
  KFTypeAlpha: 'opacity',
  KFTypeSaturation: 'saturation',
  KFTypeContrast: 'contrast',
  KFTypeBrightness: 'brightness',
  KFTypeVolume: 'volume',
};
const PICTURE_ONLY: readonly CurveProperty[] = ['saturation', 'contrast', 'brightness'];

/** A timeline with more keyframes, and which could not be added. */
export interface AddedPoints {
  timeline: Timeline;
  added: number;
  segmentIds: string[];
  failed: { index: number; reason: string }[];
}

/** Adds keyframes where they can be; a point at the time of another one takes its place. */
export function addPoints(
  timeline: Timeline,
  keyframes: readonly Keyframe[],
  { unit, mode }: Pick<AddKeyframesInput, 'unit' | 'mode'>,
): AddedPoints {
  const known = new Map(
    listTimeline(timeline).tracks.flatMap(({ type, clips }) =>
      clips.map((clip) => [clip.id, { type, ...clip }]),
    ),
  );
  const inPixels = unit === 'auto' ? pixelCurves(keyframes) : undefined;
  const failed: AddedPoints['failed'] = [];
  const curves = new Map<string, Curves>();
  for (const [index, keyframe] of keyframes.entries()) {
    const { segment_id: id, offset, easing } = keyframe;
    const property = PROPERTIES[keyframe.property];
    const reason = whyNot(known.get(id), property, keyframe);
    if (reason !== undefined) {
      failed.push({ index, reason });
      continue;
    }
    const own = curves.get(id) ?? {};
    curves.set(id, own);
    own[property] ??= [];
    const isNorm = unit === 'norm' || inPixels?.has(curveKey(keyframe)) === false;
    const value = isNorm ? keyframe.value : fromPixels(keyframe.value, property, timeline);
    own[property].push(easing === undefined ? [offset, value] : [offset, value, easing]);
  }
  return {
    timeline: mapClips(timeline, [...curves.keys()], ({ clip }) =>
      withCurves(clip, curves.get(clip.id!)!, mode),
    ),
    added: keyframes.length - failed.length,
    segmentIds: [...curves.keys()],
    failed,
  };
}

function whyNot(
  clip: { type: string; durationUs?: number } | undefined,
  property: CurveProperty,
  { segment_id, offset }: Keyframe,
): string | undefined {
  if (clip === undefined) return `no clip has the id ${JSON.stringify(segment_id)}`;
  const { type, durationUs = Number.POSITIVE_INFINITY } = clip;
  const hasSound = type === 'video' || type === 'audio';
  const fits =
    property === 'volume'
      ? hasSound
      : PICTURE_ONLY.includes(property)
        ? type === 'video'
        : ['video', 'text', 'sticker'].includes(type);
  if (!fits) return `a clip of a ${type} track has no ${property}`;
  return offset > durationUs
    ? `the offset must be at most the length of the clip, ${durationUs} (got ${offset})`
    : undefined;
}

/** Curves with a value that no fraction of half a canvas is meant to be. */
function pixelCurves(keyframes: readonly Keyframe[]): ReadonlySet<string> {
  return new Set(keyframes.filter(({ value }) => Math.abs(value) > 1).map(curveKey));
}

function curveKey({ segment_id, property }: Keyframe): string {
  return `${segment_id} ${PROPERTIES[property]}`;
}

function fromPixels(value: number, property: CurveProperty, { canvas }: Timeline): number {
  if (property === 'positionX') return halfCanvas(value, canvas.width);
  return property === 'positionY' ? halfCanvas(value, canvas.height) : value;
}

function withCurves(clip: Clip, curves: Curves, mode: 'merge' | 'replace'): Clip {
  const former = ('keyframes' in clip ? clip.keyframes : undefined) as Curves | undefined;
  const made: Curves = { ...former };
  for (const [property, points] of Object.entries(curves) as [CurveProperty, Point[]][]) {
    const byTime = new Map(
      [...(mode === 'merge' ? (former?.[property] ?? []) : []), ...points].map((point) => [
        Number(point[0]),
        point,
      ]),
    );
    made[property] = [...byTime.values()].sort((a, b) => Number(a[0]) - Number(b[0]));
  }
  return { ...clip, keyframes: made } as Clip;
}
