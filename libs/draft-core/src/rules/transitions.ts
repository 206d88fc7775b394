import type { MediaFacts } from '../media-facts.ts';
import { transitionUse } from '../resources/uses.ts';
import {
  clipPlace,
  type NormalClip,
  type NormalTrack,
  type NormalTransition,
  type NormalVideoClip,
} from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule, RuleContext } from './rule.ts';

interface Cut {
  track: NormalTrack;
  clip: NormalClip;
  next: NormalClip | undefined;
}

/** DR074 to DR078, DR165: a transition joins two clips that touch, and there is enough of both. */
export const transitions: Rule = {
  timeline(context) {
    const { timeline, report } = context;
    if (timeline.transitions.length === 0) return;
    const byId = new Map<string, Cut>();
    for (const track of timeline.tracks) {
      for (const [index, clip] of track.clips.entries()) {
        byId.set(clip.id, { track, clip, next: track.clips[index + 1] });
      }
    }
    const seen = new Set<string>();
    for (const transition of timeline.transitions) {
      const { afterId, index } = transition;
      const [place, pointer] = [`transitions[${index}]`, `/transitions/${index}`];
      const found = byId.get(afterId);
      if (found === undefined) {
        // A clip that could not be read has been reported already; it may be this one.
        if (timeline.incomplete) continue;
        report('DR165', 'error', `${pointer}/after`, `${place}: there is no clip with id "${afterId}"`);
        continue;
      }
      if (seen.has(afterId)) {
        report('DR076', 'error', pointer, `${place}: second transition after ${clipPlace(found.clip)}`, {
          hint: 'remove one',
        });
      }
      seen.add(afterId);
      checkCut(transition, found, context);
    }
  },
};

function checkCut(
  transition: NormalTransition,
  { track, clip, next }: Cut,
  { mainTrack, resources, facts, report }: RuleContext,
): void {
  const [place, pointer] = [`transitions[${transition.index}]`, `/transitions/${transition.index}`];
  if (clip.kind !== 'video') {
    report('DR074', 'error', pointer, `${place}: ${clipPlace(clip)} is not on a video track`);
    return;
  }
  if (clip.broken || track.incomplete) return;
  if (next?.kind !== 'video' || next.startUs !== clip.startUs + clip.durationUs) {
    report('DR074', 'error', pointer, `${place}: no clip follows ${clipPlace(clip)} directly`, {
      hint: 'remove it, or close the gap',
    });
    return;
  }
  if (track !== mainTrack) {
    report('DR078', 'info', pointer, `${place}: transitions are tested on the main track only`);
  }
  const { kinds, reference } = transitionUse(transition);
  const resource = resources?.find(kinds, reference);
  const durationUs = transition.durationUs ?? resource?.defaultDurationUs;
  if (durationUs === undefined) {
    // One that was not found is reported as such.
    if (resource === undefined) return;
    report('DR075', 'error', pointer, `${place}: the usual length of the transition is not known`, {
      hint: 'give it a `duration`',
    });
    return;
  }
  const at = transition.durationUs === undefined ? pointer : `${pointer}/duration`;
  if (durationUs <= 0) {
    report('DR003', 'error', at, `${place}: duration must be positive (got ${formatUs(durationUs)})`);
    return;
  }
  const shortest = Math.min(clip.durationUs, next.durationUs);
  if (durationUs > shortest / 2) {
    const usual = transition.durationUs === undefined ? ', its usual length,' : '';
    const message = `${place}: ${formatUs(durationUs)}${usual} is more than ${durationUs > shortest ? '' : 'half of '}the shorter clip, ${formatUs(shortest)}`;
    report('DR075', durationUs > shortest ? 'error' : 'warning', at, message, { hint: 'shorten it' });
  }
  if (facts === undefined) return;
  const [behindUs, beforeUs] = [
    unusedUs(clip, facts.get(clip.input.media), 'end'),
    unusedUs(next, facts.get(next.input.media), 'start'),
  ];
  for (const [one, spareUs, side] of [
    [clip, behindUs, 'end'],
    [next, beforeUs, 'start'],
  ] as const) {
    if (spareUs >= durationUs / 2) continue;
    const message = `${place}: ${clipPlace(one)} has ${formatUs(spareUs)} of unused file at its ${side}, half of the transition is ${formatUs(durationUs / 2)}; its edge frame will repeat`;
    report('DR077', 'warning', pointer, message, { hint: `trim the ${side} of the clip` });
  }
}

/** How long a clip could go on playing beyond one of its ends, in microseconds of the timeline. */
function unusedUs(clip: NormalVideoClip, facts: MediaFacts | undefined, side: 'start' | 'end'): number {
  // Pictures show the same at any time; animated ones repeat.
  if (facts?.kind !== 'video') return Number.POSITIVE_INFINITY;
  const { startUs, durationUs } = clip.source;
  const unused = side === 'start' ? startUs : Math.max(0, facts.durationUs - startUs - durationUs);
  return Math.round(unused / clip.speed);
}
