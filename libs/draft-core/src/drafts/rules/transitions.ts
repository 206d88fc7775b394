import { formatUs } from '../../timeline/time.ts';
import type { DraftRule } from '../draft-rule.ts';
import { companionsIn, isStill, type MaterialView, type SegmentView } from '../draft-view.ts';
import { numberOf } from '../loose.ts';

interface Cut {
  transition: MaterialView;
  durationUs: number;
  before: SegmentView;
  /** The segment that starts where `before` ends. */
  after: SegmentView | undefined;
}

function cutsOf(segment: SegmentView): Cut[] {
  return companionsIn(segment, 'transitions').map((transition) => ({
    transition,
    durationUs: numberOf(transition.value.duration) ?? 0,
    before: segment,
    after: segment.track.byStart.get(segment.endUs ?? -1),
  }));
}

/** DR074: a transition joins two clips that touch. */
export const loneTransition: DraftRule = {
  id: 'DR074',
  title: 'transitions join two clips that touch',
  severity: 'error',
  segment(segment, { report }) {
    for (const { transition, after } of cutsOf(segment)) {
      if (after !== undefined || segment.endUs === undefined) continue;
      const message = `no clip follows ${segment.place} directly, and it has a transition`;
      report({ path: transition.path, message, hint: 'remove it, or close the gap' });
    }
  },
};

/** DR075: a transition is shorter than its clips. */
export const longTransition: DraftRule = {
  id: 'DR075',
  title: 'transitions are shorter than their clips',
  severity: 'error',
  segment(segment, { report }) {
    for (const { transition, after, durationUs } of cutsOf(segment)) {
      if (after?.endUs === undefined || segment.endUs === undefined) continue;
      const shortest = Math.min(segment.durationUs!, after.durationUs!);
      if (durationUs <= shortest / 2) continue;
      const what = durationUs > shortest ? 'more than' : 'more than half of';
      report({
        path: [...transition.path, 'duration'],
        severity: durationUs > shortest ? 'error' : 'warning',
        message: `${segment.place}: transition of ${formatUs(durationUs)} is ${what} the shorter clip, ${formatUs(shortest)}`,
        hint: 'shorten it',
      });
    }
  },
};

/** DR076: one transition at a cut. */
export const oneTransition: DraftRule = {
  id: 'DR076',
  title: 'a cut has one transition',
  severity: 'error',
  segment(segment, { report }) {
    const [, second] = cutsOf(segment);
    if (second !== undefined)
      report({
        path: second.transition.path,
        message: `${segment.place}: a second transition`,
        hint: 'remove one',
      });
  },
};

/** DR077: clips that overlap in a transition play what was cut off. */
export const transitionHandles: DraftRule = {
  id: 'DR077',
  title: 'clips have material left for their transition',
  severity: 'warning',
  segment(segment, { report }) {
    for (const { transition, after, durationUs } of cutsOf(segment)) {
      if (after === undefined || transition.value.is_overlap === false) continue;
      const sides = [leftAfter(segment), leftBefore(after)];
      if (sides.every((left) => left >= durationUs / 2)) continue;
      const message = `${segment.place}: less than half of its transition of ${formatUs(durationUs)} is left in the files, edge frames will repeat`;
      report({ path: transition.path, message, hint: 'trim the clips' });
    }
  },
};

function leftAfter(segment: SegmentView): number {
  const { source, material, speed } = segment;
  const fileUs = numberOf(material?.value.duration);
  if (
    isStill(segment) ||
    fileUs === undefined ||
    source?.startUs === undefined ||
    source.durationUs === undefined
  )
    return Number.POSITIVE_INFINITY;
  return (fileUs - source.startUs - source.durationUs) / (speed > 0 ? speed : 1);
}

function leftBefore(segment: SegmentView): number {
  const { source, speed } = segment;
  if (isStill(segment) || source?.startUs === undefined) return Number.POSITIVE_INFINITY;
  return source.startUs / (speed > 0 ? speed : 1);
}

/** DR078: transitions are tried on the main track. */
export const overlayTransition: DraftRule = {
  id: 'DR078',
  title: 'transitions are on the main track',
  severity: 'info',
  segment(segment, { view, report }) {
    if (segment.track === view.mainTrack) return;
    for (const { transition } of cutsOf(segment))
      report({
        path: transition.path,
        message: `${segment.place}: transitions are tested on the main track only`,
      });
  },
};
