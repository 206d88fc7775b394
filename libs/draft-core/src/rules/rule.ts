import type { CaptionLimits } from '../captions/caption-limits.ts';
import type { MediaFacts } from '../media-facts.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Resources } from '../resources/resources.ts';
import type { NormalClip, NormalTimeline, NormalTrack } from '../timeline/model.ts';
import type { Report } from '../timeline/report.ts';

/** What a rule may look at. */
export interface RuleContext {
  timeline: NormalTimeline;
  /** Facts of the media by the name clips use; `undefined` when nothing is known about any file. */
  facts: ReadonlyMap<string, MediaFacts> | undefined;
  /** Media that nobody has looked at. */
  unseen: ReadonlySet<string>;
  profile: Profile;
  /** What the references mean; `undefined` when resources are not judged. */
  resources: Resources | undefined;
  /** Whether resources that need a membership are accepted, with a warning. */
  allowVip: boolean;
  captionLimits: CaptionLimits;
  /** The track whose clips the editor keeps together: the lowest video track. */
  mainTrack: NormalTrack | undefined;
  report: Report;
}

/** One rule or a few that belong together: a visitor that reports what it finds. */
export interface Rule {
  /** Whether none of its findings is an error, so that whoever asks for errors alone need not run it. */
  warnsOnly?: true;
  timeline?(context: RuleContext): void;
  track?(track: NormalTrack, context: RuleContext): void;
  clip?(clip: NormalClip, track: NormalTrack, context: RuleContext): void;
}
