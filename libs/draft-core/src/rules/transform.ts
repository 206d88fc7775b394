import { formatPointer, type PathSegment } from '@cozecut/problems';
import type { MediaFacts } from '../media-facts.ts';
import { fittedSize } from '../timeline/geometry.ts';
import { clipPlace, clipPointer, type NormalClip, type NormalVideoClip } from '../timeline/model.ts';
import type { Report } from '../timeline/report.ts';
import type { ClipOf } from '../timeline/schema.ts';
import type { Rule } from './rule.ts';

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
    if (!('transform' in written)) return;
    checkValues(written.transform, () => ownerOf(clip), report);
    if (
      clip.kind === 'video' &&
      clip.input.transform !== undefined &&
      !clip.broken &&
      isOutside(clip, facts?.get(clip.input.media), timeline.canvas)
    ) {
      report(
        'DR042',
        'warning',
        clipPointer(clip, 'transform'),
        `${clipPlace(clip)} is outside of the canvas all the time`,
      );
    }
  },
};

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
  if ((scale ?? scaleX ?? scaleY) === undefined) return;
  for (const [key, value] of Object.entries({ scale, scaleX, scaleY })) {
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

const moving = new Set(['positionX', 'positionY', 'scale', 'scaleX', 'scaleY', 'rotation']);

function isOutside(
  clip: NormalVideoClip,
  facts: MediaFacts | undefined,
  canvas: { width: number; height: number },
): boolean {
  const size = facts && fittedSize(facts, clip.input.crop, canvas);
  if (size === undefined || moves(clip)) return false;
  const { x = 0, y = 0, scale = 1, scaleX = scale, scaleY = scale, rotation = 0 } = clip.input.transform!;
  const angle = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [width, height] = [size.width * scaleX, size.height * scaleY];
  const reachX = (width * cos + height * sin) / canvas.width;
  const reachY = (width * sin + height * cos) / canvas.height;
  return Math.abs(x) >= 1 + reachX || Math.abs(y) >= 1 + reachY;
}

function moves(clip: NormalClip): boolean {
  return 'curves' in clip && clip.curves.some(({ property }) => moving.has(property));
}
