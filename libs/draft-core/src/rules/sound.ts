import type { MediaFacts } from '../media-facts.ts';
import { clipPlace, clipPointer, lostToGridUs, type NormalMediaClip } from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule, RuleContext } from './rule.ts';

/** DR028, DR029, DR090, DR092: volume, fades, and sound that is not there. */
export const sound: Rule = {
  clip(clip, _track, context) {
    if (clip.kind !== 'video' && clip.kind !== 'audio') return;
    checkVolume(clip, context);
    checkFade(clip, context);
    const facts = context.facts?.get(clip.input.media);
    if (facts !== undefined && !hasSound(facts)) checkSilent(clip, context);
  },
};

function hasSound({ kind, hasAudio }: MediaFacts): boolean {
  return kind === 'audio' || hasAudio;
}

function checkVolume(clip: NormalMediaClip, { report }: RuleContext): void {
  const tellLoud = (gain: number, key: string, ...path: string[]): void => {
    if (gain <= 4) return;
    const message = `${clipPlace(clip)}.${key}: gain ${gain} is beyond what tools have tested`;
    report('DR029', gain > 10 ? 'warning' : 'info', clipPointer(clip, ...path), message);
  };
  const { volume } = clip.input;
  if (volume !== undefined && !(volume >= 0)) {
    const message = `${clipPlace(clip)}.volume must be >= 0 (got ${volume})`;
    report('DR028', 'error', clipPointer(clip, 'volume'), message);
  } else if (volume !== undefined) tellLoud(volume, 'volume', 'volume');
  for (const { property, points } of clip.curves) {
    if (property !== 'volume') continue;
    const loudest = points.reduce((most, { value }) => Math.max(most, value), 0);
    tellLoud(loudest, 'keyframes.volume', 'keyframes', 'volume');
  }
}

function checkFade(clip: NormalMediaClip, { report }: RuleContext): void {
  if (clip.fade === undefined) return;
  const { inUs, outUs } = clip.fade;
  const [place, pointer] = [`${clipPlace(clip)}.fade`, clipPointer(clip, 'fade')];
  if (inUs < 0 || outUs < 0) {
    report('DR090', 'error', pointer, `${place}: lengths must be >= 0 (got in ${inUs} us, out ${outUs} us)`);
  } else if (!clip.broken && inUs + outUs > clip.durationUs + lostToGridUs(clip)) {
    const message = `${place}: ${formatUs(inUs)} in and ${formatUs(outUs)} out exceed the clip of ${formatUs(clip.durationUs)}`;
    report('DR090', 'error', pointer, message, { hint: 'shorten the fades' });
  }
}

function checkSilent(clip: NormalMediaClip, { report }: RuleContext): void {
  const { volume = 1, changePitch = false } = clip.input;
  const used = [
    volume !== 1 && volume !== 0 ? 'volume' : '',
    clip.fade !== undefined && clip.fade.inUs + clip.fade.outUs > 0 ? 'fade' : '',
    changePitch ? 'changePitch' : '',
  ].filter((key) => key !== '');
  if (clip.curves.some(({ property }) => property === 'volume')) used.push('keyframes.volume');
  if (used.length === 0) return;
  const message = `${clipPlace(clip)}: "${clip.input.media}" has no sound, ${used.join(' and ')} has no effect`;
  report('DR092', 'warning', clipPointer(clip), message, { hint: `remove ${used.join(' and ')}` });
}
