import type { PathSegment } from '@cozecut/problems';
import { formatUs } from '../../timeline/time.ts';
import type { DraftRule } from '../draft-rule.ts';
import { companionsIn, type SegmentView } from '../draft-view.ts';
import { listOf, numberOf, objectOf, textOf } from '../loose.ts';

interface Animation {
  type: string;
  name: string;
  startUs: number;
  durationUs: number;
  path: PathSegment[];
}

/** What plays on a clip itself; a template lists those of its layers as well, each of which has its own time. */
function animationsOf(segment: SegmentView): Animation[] {
  if (segment.material?.array === 'text_templates') return [];
  return companionsIn(segment, 'material_animations').flatMap(({ value, path }) =>
    listOf(value.animations).map((animation, index) => {
      const { type, name, start, duration } = objectOf(animation);
      return {
        type: textOf(type) ?? '',
        name: textOf(name) ?? 'without a name',
        startUs: numberOf(start) ?? 0,
        durationUs: numberOf(duration) ?? 0,
        path: [...path, 'animations', index],
      };
    }),
  );
}

/** DR070: one animation in a slot. */
export const animationSlot: DraftRule = {
  id: 'DR070',
  title: 'a clip has one animation of a kind',
  severity: 'error',
  segment(segment, { report }) {
    const seen = new Set<string>();
    for (const { type, path } of animationsOf(segment)) {
      if (seen.has(type))
        report({ path, message: `${segment.place}: slot \`${type}\` is already used`, hint: 'remove one' });
      seen.add(type);
    }
  },
};

/** DR071: a group animation is in and out at once. */
export const groupAnimation: DraftRule = {
  id: 'DR071',
  title: 'a group animation stands alone',
  severity: 'error',
  segment(segment, { report }) {
    const all = animationsOf(segment);
    const group = all.find(({ type }) => type === 'group');
    if (group === undefined || !all.some(({ type }) => type === 'in' || type === 'out')) return;
    report({ path: group.path, message: `${segment.place}: a group animation excludes in and out` });
  },
};

/** DR072: an animation fits into its clip. */
export const longAnimation: DraftRule = {
  id: 'DR072',
  title: 'animations fit into their clip',
  severity: 'error',
  segment(segment, { frameUs, report }) {
    if (segment.endUs === undefined) return;
    for (const { name, startUs, durationUs, path } of animationsOf(segment)) {
      if (startUs >= 0 && durationUs <= segment.durationUs! + frameUs) continue;
      const message = `${segment.place}: animation "${name}" needs ${formatUs(durationUs)}, the clip has ${formatUs(segment.durationUs!)}`;
      report({ path, message, hint: 'shorten it' });
    }
  },
};

/** DR073: in is over before out begins. */
export const crossingAnimations: DraftRule = {
  id: 'DR073',
  title: 'in and out animations do not cross',
  severity: 'error',
  segment(segment, { frameUs, report }) {
    const all = animationsOf(segment);
    const arriving = all.find(({ type }) => type === 'in');
    const leaving = all.find(({ type }) => type === 'out');
    if (segment.endUs === undefined || arriving === undefined || leaving === undefined) return;
    const overUs = arriving.durationUs + leaving.durationUs - segment.durationUs!;
    if (overUs <= frameUs) return;
    report({
      path: leaving.path,
      message: `${segment.place}: in and out animations overlap by ${formatUs(overUs)}`,
      hint: 'shorten them',
    });
  },
};
