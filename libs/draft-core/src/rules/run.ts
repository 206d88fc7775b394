import type { NormalTimeline, NormalTrack } from '../timeline/model.ts';
import { animations } from './animations.ts';
import { audioEffects } from './audio-effects.ts';
import { background } from './background.ts';
import { canvas } from './canvas.ts';
import { captionCover } from './caption-cover.ts';
import { captionGaps } from './caption-gaps.ts';
import { captionPlace } from './caption-place.ts';
import { captionReading } from './caption-reading.ts';
import { captionText } from './caption-text.ts';
import { crop } from './crop.ts';
import { curves } from './curves.ts';
import { fonts } from './fonts.ts';
import { gaps } from './gaps.ts';
import { layers } from './layers.ts';
import { markers } from './markers.ts';
import { masks } from './masks.ts';
import { media } from './media.ts';
import { names } from './names.ts';
import { overlap } from './overlap.ts';
import { resources } from './resources.ts';
import type { Rule, RuleContext } from './rule.ts';
import { sound } from './sound.ts';
import { speed } from './speed.ts';
import { text } from './text.ts';
import { textRanges } from './text-ranges.ts';
import { textTemplates } from './text-templates.ts';
import { textWidth } from './text-width.ts';
import { transform } from './transform.ts';
import { transitions } from './transitions.ts';

/** Every rule about a timeline, in the order of their ids. */
const rules: readonly Rule[] = [
  overlap,
  gaps,
  names,
  layers,
  canvas,
  speed,
  transform,
  crop,
  masks,
  background,
  curves,
  animations,
  transitions,
  resources,
  textTemplates,
  audioEffects,
  sound,
  textRanges,
  text,
  fonts,
  textWidth,
  captionReading,
  captionCover,
  captionGaps,
  captionPlace,
  captionText,
  media,
  markers,
];

/** Rules by what they look at. */
interface Visitors {
  timeline: NonNullable<Rule['timeline']>[];
  track: NonNullable<Rule['track']>[];
  clip: NonNullable<Rule['clip']>[];
}

const all = visitorsOf(rules);
const strict = visitorsOf(rules.filter(({ warnsOnly }) => warnsOnly !== true));

function visitorsOf(some: readonly Rule[]): Visitors {
  return {
    timeline: some.flatMap(({ timeline }) => timeline ?? []),
    track: some.flatMap(({ track }) => track ?? []),
    clip: some.flatMap(({ clip }) => clip ?? []),
  };
}

/**
 * Runs all rules over a timeline, in one walk.
 *
 * @param errorsOnly - Whether those that report no errors are left out.
 */
export function runRules(context: Omit<RuleContext, 'mainTrack'>, errorsOnly = false): void {
  const full: RuleContext = { ...context, mainTrack: mainTrackOf(context.timeline) };
  const visitors = errorsOnly ? strict : all;
  for (const check of visitors.timeline) check(full);
  for (const track of full.timeline.tracks) {
    for (const check of visitors.track) check(track, full);
    for (const clip of track.clips) for (const check of visitors.clip) check(clip, track, full);
  }
}

function mainTrackOf({ tracks }: NormalTimeline): NormalTrack | undefined {
  let main: NormalTrack | undefined;
  for (const track of tracks) {
    if (track.type === 'video' && (main === undefined || track.renderIndex < main.renderIndex)) main = track;
  }
  return main;
}
