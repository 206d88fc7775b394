import type { Rule } from './rule.ts';

/** DR161: how drafts keep notes is not known, so they stay in the timeline. */
export const markers: Rule = {
  warnsOnly: true,
  timeline({ timeline, report }) {
    const { length } = timeline.markers;
    if (length === 0) return;
    const what = length === 1 ? 'the note stays' : `the ${length} notes stay`;
    report('DR161', 'info', '/markers', `markers: ${what} in the timeline, a draft has none`);
  },
};
