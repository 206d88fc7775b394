import { formatPointer, type PathSegment } from '@cozecut/problems';
import { estimateSize, type Size } from '../text/text-size.ts';
import { fittedSize, staysOutside } from '../timeline/geometry.ts';
import {
  type CurveProperty,
  clipPlace,
  clipPointer,
  type NormalClip,
  type NormalTextClip,
  type NormalVideoClip,
} from '../timeline/model.ts';
import type { Report } from '../timeline/report.ts';
import type { ClipOf } from '../timeline/schema.ts';
import { staticValue } from '../timeline/static-value.ts';
import type { Rule, RuleContext } from './rule.ts';

type Transform = NonNullable<ClipOf<'video'>['transform']>;

/** DR040, DR041, DR042, DR063: opacity, scale and place of a clip. */
export const transform: Rule = {
  track({ index, defaults }, { report }) {
    const owner = {
      path: ['tracks', index, 'defaults', 'transform'],
      place: `tracks[${index}].defaults.transform`,
    };
    checkValues(defaults?.transform, () => owner, report);
  },
  clip(clip, _track, { timeline, facts, report }) {
    const written = clip.kind === 'text' ? clip.written : clip.input;
    if ('transform' in written) checkValues(written.transform, () => ownerOf(clip), report);
    if ((clip.kind !== 'video' && clip.kind !== 'text') || clip.broken) return;
    if (!isOutside(clip, facts, timeline.canvas)) return;
    const pointer = clipPointer(clip, 'transform' in written ? 'transform' : 'keyframes');
    const message = `${clipPlace(clip)} is outside of the canvas all the time`;
    report('DR042', 'warning', pointer, message, { hint: 'move it' });
  },
};

const SCALES = ['scale', 'scaleX', 'scaleY'] as const;

/** Whose transform it is, in words and as a path. */
interface Owner {
  place: string;
  path: readonly PathSegment[];
}

function ownerOf(clip: NormalClip): Owner {
  const path = ['tracks', clip.trackIndex, 'clips', clip.index, 'transform'];
  return { place: `${clipPlace(clip)}.transform`, path };
}

/** @param owner - Asked only when something is wrong: captions come by the thousand. */
function checkValues(transform: Transform | undefined, owner: () => Owner, report: Report): void {
  if (transform === undefined) return;
  const { opacity, scale, scaleX, scaleY } = transform;
  if (opacity !== undefined && !(opacity >= 0 && opacity <= 1)) {
    const { place, path } = owner();
    const message = `${place}.opacity must be 0 to 1 (got ${opacity})`;
    report('DR040', 'error', formatPointer([...path, 'opacity']), message);
  }
  for (const key of SCALES) {
    const value = transform[key];
    if (value === undefined || (value > 0 && value <= 10)) continue;
    const { place, path } = owner();
    const pointer = formatPointer([...path, key]);
    if (!(value > 0)) report('DR041', 'error', pointer, `${place}.${key} must be > 0 (got ${value})`);
    else report('DR041', 'warning', pointer, `${place}.${key} ${value} is unusually large`);
  }
  if (scale !== undefined && (scaleX ?? scaleY) !== undefined) {
    const { place, path } = owner();
    const message = `${place}: choose scale or scaleX and scaleY`;
    report('DR063', 'error', formatPointer([...path, 'scale']), message);
  }
}

function isOutside(
  clip: NormalVideoClip | NormalTextClip,
  facts: RuleContext['facts'],
  canvas: Size,
): boolean {
  // Most clips stand still near the centre, and captions come by the thousand.
  const { x: stillX = 0, y: stillY = 0 } = clip.input.transform ?? {};
  if (clip.curves.length === 0 && Math.abs(stillX) <= 1 && Math.abs(stillY) <= 1) return false;
  const [x, y] = [valuesOf(clip, 'positionX'), valuesOf(clip, 'positionY')];
  const box = boxOf(clip, facts, canvas);
  const scaleX = valuesOf(clip, 'scaleX', 'scale');
  const scaleY = valuesOf(clip, 'scaleY', 'scale');
  const places = { x, y, scaleX, scaleY, rotation: valuesOf(clip, 'rotation') };
  return box !== undefined && staysOutside(box, places, canvas);
}

/** What the first of some properties that is said is over time. */
function valuesOf(clip: NormalVideoClip | NormalTextClip, ...properties: CurveProperty[]): number[] {
  for (const property of properties) {
    const curve = clip.curves.find((one) => one.property === property);
    if (curve !== undefined) return curve.points.map(({ value }) => value);
    const fixed = staticValue(clip.input, property);
    if (fixed !== undefined) return [fixed];
  }
  return [properties.includes('scale') ? 1 : 0];
}

/** Size at scale 1; how large a sticker is only the app knows. */
function boxOf(
  clip: NormalVideoClip | NormalTextClip,
  facts: RuleContext['facts'],
  canvas: Size,
): Size | undefined {
  if (clip.kind === 'text') {
    const { text, style = {} } = clip.input;
    return estimateSize({ input: { text, style } }, canvas);
  }
  const picture = facts?.get(clip.input.media);
  return picture && fittedSize(picture, clip.input.crop, canvas);
}
