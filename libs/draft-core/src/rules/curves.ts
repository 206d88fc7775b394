import { closest } from '@cozecut/problems';
import {
  type CurveProperty,
  clipPlace,
  clipPointer,
  EASINGS,
  type NormalClip,
  type NormalCurve,
  type NormalMediaClip,
  type NormalStickerClip,
  type NormalTextClip,
} from '../timeline/model.ts';
import { staticValue } from '../timeline/static-value.ts';
import type { Rule, RuleContext } from './rule.ts';

type CurveClip = NormalMediaClip | NormalTextClip | NormalStickerClip;

/** Values that the app has for a property; open where there is no bound. */
const bounds: Partial<Record<CurveProperty, { ok(value: number): boolean; range: string }>> = {
  opacity: { ok: (value) => value >= 0 && value <= 1, range: '0 to 1' },
  saturation: { ok: (value) => value >= -1 && value <= 1, range: '-1 to 1' },
  contrast: { ok: (value) => value >= -1 && value <= 1, range: '-1 to 1' },
  brightness: { ok: (value) => value >= -1 && value <= 1, range: '-1 to 1' },
  scale: { ok: (value) => value > 0, range: '> 0' },
  scaleX: { ok: (value) => value > 0, range: '> 0' },
  scaleY: { ok: (value) => value > 0, range: '> 0' },
  volume: { ok: (value) => value >= 0, range: '>= 0' },
};
const pictureOnly = new Set<CurveProperty>(['saturation', 'contrast', 'brightness', 'volume']);

/** DR062 to DR069: keyframes. */
export const curves: Rule = {
  clip(clip, _track, context) {
    if (!hasCurves(clip)) return;
    for (const curve of clip.curves) {
      checkPoints(clip, curve, context);
      checkProperty(clip, curve, context);
    }
    checkScale(clip, context);
    const sped = 'speed' in clip && !clip.broken && (clip.speed !== 1 || clip.source.startUs !== 0);
    if (sped) {
      const message = `${clipPlace(clip)}: keyframes on a trimmed or sped clip; how the app maps their times is not verified`;
      context.report('DR066', 'warning', clipPointer(clip, 'keyframes'), message, {
        hint: 'split the clip or trim the file',
      });
    }
  },
};

function hasCurves(clip: NormalClip): clip is CurveClip {
  return 'curves' in clip && clip.curves !== undefined && clip.curves.length > 0;
}

function checkPoints(clip: CurveClip, { property, points }: NormalCurve, { report }: RuleContext): void {
  const place = `${clipPlace(clip)}.keyframes.${property}`;
  const bound = bounds[property];
  for (const { value, easing, index } of points) {
    if (bound !== undefined && !bound.ok(value)) {
      const message = `${place}[${index}] must be ${bound.range} (got ${value})`;
      report('DR062', 'error', clipPointer(clip, 'keyframes', property, index), message);
    }
    if (!EASINGS.includes(easing)) {
      const message = `${place}[${index}]: easing must be one of ${EASINGS.join(', ')} (got "${easing}")`;
      report('DR069', 'error', clipPointer(clip, 'keyframes', property, index, 2), message, {
        suggestions: closest(easing, EASINGS),
      });
    }
  }
  if (points.length === 1) {
    report(
      'DR065',
      'info',
      clipPointer(clip, 'keyframes', property),
      `${place}: a single keyframe acts as a constant`,
    );
  }
}

function checkProperty(
  clip: CurveClip,
  { property, points }: NormalCurve,
  { profile, report }: RuleContext,
): void {
  const place = `${clipPlace(clip)}.keyframes.${property}`;
  const pointer = clipPointer(clip, 'keyframes', property);
  const drawn = clip.kind === 'text' || clip.kind === 'sticker';
  if (drawn && pictureOnly.has(property)) {
    report('DR064', 'error', pointer, `${place}: ${property} does not exist on a ${clip.kind} clip`);
  } else if (drawn && property === 'opacity') {
    report(
      'DR064',
      'warning',
      pointer,
      `${place}: opacity keyframes of a ${clip.kind} clip are not known to be drawn`,
    );
  }
  if (property === 'opacity' && profile.app === 'capcut') {
    report('DR067', 'warning', pointer, `${place}: may not be drawn by CapCut`, {
      hint: 'use in and out animations',
    });
  }
  // What a text takes over from its track is meant to give way.
  const fixed = staticValue(clip.kind === 'text' ? clip.written : clip.input, property);
  const first = points[0]?.value;
  if (fixed !== undefined && first !== undefined && fixed !== first) {
    report(
      'DR068',
      'warning',
      pointer,
      `${place}: static value ${fixed} gives way to the first keyframe, ${first}`,
    );
  }
}

function checkScale(clip: CurveClip, { report }: RuleContext): void {
  const has = (property: CurveProperty): boolean => clip.curves.some((curve) => curve.property === property);
  const axis = has('scaleX') || has('scaleY');
  const fixed = 'transform' in clip.input ? clip.input.transform : undefined;
  const fixedAxis = (fixed?.scaleX ?? fixed?.scaleY) !== undefined;
  if (has('scale') && (axis || fixedAxis)) {
    const message = `${clipPlace(clip)}: choose keyframes of scale, or of scaleX and scaleY`;
    report('DR063', 'error', clipPointer(clip, 'keyframes', 'scale'), message);
  }
  // What a text takes over from its track is meant to give way.
  const written = clip.kind === 'text' ? clip.written : clip.input;
  if (!axis || !('transform' in written) || written.transform?.scale === undefined) return;
  const message = `${clipPlace(clip)}: keyframes of scaleX and scaleY exclude \`transform.scale\``;
  report('DR063', 'error', clipPointer(clip, 'transform', 'scale'), message, {
    hint: 'use transform.scaleX and scaleY',
  });
}
