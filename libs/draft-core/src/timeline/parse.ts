import type { Catalog } from '@cozecut/catalog';
import { isUserError, type Problem } from '@cozecut/problems';
import { CAPTION_LIMITS, type CaptionLimits } from '../captions/caption-limits.ts';
import type { MediaFacts } from '../media-facts.ts';
import { DEFAULT_PROFILE, findProfile } from '../profiles/index.ts';
import type { Profile } from '../profiles/profile.ts';
import { Resources } from '../resources/resources.ts';
import { runRules } from '../rules/run.ts';
import { withFixes } from './fixes.ts';
import { hasFrames } from './frames.ts';
import type { NormalTimeline } from './model.ts';
import { normalise } from './normalise.ts';
import { reportTo } from './report.ts';
import type { Timeline } from './schema.ts';
import { upgradeTimeline } from './upgrade.ts';
import { checkShape } from './validate.ts';

/** Options of {@link parseTimeline}. */
export interface ParseTimelineOptions {
  /** What is known of the media, by the name clips use. Left out, nothing about files is checked. */
  facts?: ReadonlyMap<string, MediaFacts>;
  /** Media that nobody has looked at, such as those at an address: whether they are there is not checked. */
  unseen?: ReadonlySet<string>;
  /** Whether times are moved to the frame grid; default true. */
  quantise?: boolean;
  /** App the timeline is checked for; default: the one it names, else the default profile. */
  profile?: Profile;
  /** The resources of the apps. Left out, nothing about resources is checked. */
  catalog?: Catalog;
  /** Whether resources that need a membership are accepted, with a warning; default: they are errors. */
  allowVip?: boolean;
  /** What captions are checked against, where it differs from `CAPTION_LIMITS`. */
  captionLimits?: Partial<CaptionLimits>;
}

/** A timeline and everything that was found about it. */
export interface ParsedTimeline {
  /** Missing when a finding is an error. */
  timeline?: NormalTimeline;
  problems: Problem[];
}

/**
 * Checks a timeline, brought up to `draft-timeline/1` first, and works out all its times. All findings come at once: the shape, the times,
 * and every rule.
 *
 * @example
 * ```ts
 * import { parseTimeline } from '@cozecut/draft-core';
 *
 * const timeline = {
 *   schema: 'draft-timeline/1',
 *   name: 'Morning',
 *   timeUnit: 's',
 *   canvas: { width: 1080, height: 1920, fps: 30 },
 *   tracks: [{ type: 'text', captions: true, clips: [{ text: 'Out at six', start: 0.5, duration: 1.5 }] }],
 * };
 * const { timeline: normal, problems } = parseTimeline(timeline);
 * console.log(normal?.durationUs, problems); // => 2000000 []
 * ```
 */
export function parseTimeline(value: unknown, options: ParseTimelineOptions = {}): ParsedTimeline {
  return checkTimeline(value, options);
}

/** Options of {@link checkTimeline}. */
export interface CheckTimelineOptions extends ParseTimelineOptions {
  /** What the references mean, for whoever goes on to use it; judged even when there is no catalog. */
  resources?: Resources;
  /** Whether rules that report no errors may be left out. */
  errorsOnly?: boolean;
}

/** What {@link parseTimeline} does, for the compiler. */
export function checkTimeline(value: unknown, options: CheckTimelineOptions): ParsedTimeline {
  const { problems, ...checked } = findProblems(value, options);
  return { ...checked, problems: withFixes(problems) };
}

const NOTHING: ReadonlySet<string> = new Set();

function findProblems(value: unknown, options: CheckTimelineOptions): ParsedTimeline {
  const upgraded = upgradeTimeline(value);
  if ('problem' in upgraded) return { problems: [upgraded.problem] };
  const shape = checkShape(upgraded.value);
  const { problems } = shape;
  if (shape.fatal) return { problems };
  const input = upgraded.value as Timeline;
  const profile = options.profile ?? profileOf(input, problems);
  const report = reportTo(problems);
  const timeline = normalise({
    timeline: input,
    unreadable: shape.unreadable,
    facts: options.facts,
    quantise: (options.quantise ?? true) && hasFrames(input.canvas.fps),
    gifLoops: profile.gif === 'gif',
    report,
  });
  const { catalog } = options;
  const context = {
    timeline,
    facts: options.facts,
    unseen: options.unseen ?? NOTHING,
    profile,
    resources: options.resources ?? (catalog && new Resources(profile.app, catalog)),
    allowVip: options.allowVip ?? false,
    captionLimits: { ...CAPTION_LIMITS, ...options.captionLimits },
    report,
  };
  runRules(context, options.errorsOnly);
  return problems.some(({ severity }) => severity === 'error') ? { problems } : { timeline, problems };
}

function profileOf({ profile }: Timeline, problems: Problem[]): Profile {
  // One that is no text has been reported with the shape.
  if (typeof profile !== 'string') return findProfile(DEFAULT_PROFILE);
  try {
    return findProfile(profile);
  } catch (error) {
    if (!isUserError(error)) throw error;
    const { message, hint, code } = error;
    problems.push({
      code,
      severity: 'error',
      message,
      pointer: '/profile',
      ...(hint === undefined ? {} : { hint }),
    });
    return findProfile(DEFAULT_PROFILE);
  }
}
