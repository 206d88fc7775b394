import type { Catalog } from '@cozecut/catalog';
import type { PathSegment, Severity } from '@cozecut/problems';
import type { MediaFacts, StreamFacts } from '../media-facts.ts';
import type { Profile } from '../profiles/profile.ts';
import type { DraftView, SegmentView, TrackView } from './draft-view.ts';
import type { JsonDocument } from './json/json-document.ts';
import type { Change } from './json/json-editor.ts';
import type { Loose } from './loose.ts';
import type { OpenedDraft } from './opened-draft.ts';

/** What a rule says. */
export interface DraftFinding {
  message: string;
  /** What it is about in the timeline; a path that leads nowhere names what is missing. */
  path?: readonly PathSegment[];
  /** What it is about in `draft_meta_info.json`, instead. */
  metaPath?: readonly PathSegment[];
  /** Another severity than that of the rule. */
  severity?: Severity;
  hint?: string;
  /** A repair that is certain: changes of the timeline, of the file about the draft, or of both. */
  fix?: { title: string; timeline?: Change; meta?: Change };
}

/** What was found in a media file. */
export interface LookedAtFile {
  /** By its content, without the dot. */
  extension: string;
  facts: MediaFacts;
  /** What it holds; only moving pictures say more than their type. */
  streams?: readonly StreamFacts[];
}

/** What a rule may look at. */
export interface DraftContext {
  opened: OpenedDraft;
  view: DraftView;
  /** The timeline with its spelling. */
  json: JsonDocument;
  /** `draft_meta_info.json`, when it can be read. */
  meta: { value: Loose; json: JsonDocument } | undefined;
  /** App the draft is for, when one fits. */
  profile: Profile | undefined;
  /** Length of a frame in microseconds. */
  frameUs: number;
  /** Whether there is a file at an absolute path outside of the draft; `undefined` when nobody can say. */
  exists: ((path: string) => boolean) | undefined;
  /** The resources of the apps, when they are known. */
  catalog: Catalog | undefined;
  /** Content of media files that somebody has looked at, by path as the draft writes it. */
  files: ReadonlyMap<string, LookedAtFile> | undefined;
  /** Version of the newest draft beside this one that the app itself has saved. */
  newestVersion: string | undefined;
  /** Makes new ids, when somebody does. */
  uuid: (() => string) | undefined;
  report(finding: DraftFinding): void;
}

/** What a rule is. */
export interface RuleHead {
  /** `DR` and three digits. */
  id: string;
  /** What the rule asks for, one phrase. */
  title: string;
  /** Of most findings. */
  severity: Severity;
  /** Whether some findings carry a repair. */
  fixable?: true;
}

/** A rule about drafts: what it is, and a visitor that reports what it finds. */
export interface DraftRule extends RuleHead {
  draft?(context: DraftContext): void;
  track?(track: TrackView, context: DraftContext): void;
  segment?(segment: SegmentView, context: DraftContext): void;
}
