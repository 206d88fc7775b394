import type { Problem } from '@cozecut/problems';
import type { CaptionLimits } from '../captions/caption-limits.ts';
import type { MediaFile } from '../media-facts.ts';
import { DEFAULT_PROFILE, findProfile } from '../profiles/index.ts';
import type { Profile } from '../profiles/profile.ts';
import { parseTimeline } from '../timeline/parse.ts';
import { type Report, reportTo } from '../timeline/report.ts';
import { buildTracks } from './build.ts';
import { reportCatalogFeatures } from './catalog-features.ts';
import type { CompiledDraft } from './compiled-draft.ts';
import { metaDocument, timelineDocument } from './document.ts';
import { checkDraftName } from './draft-name.ts';

/** Options of {@link compileDraft}. */
export interface CompileOptions {
  /** The files, by the `media` that clips name. */
  media: ReadonlyMap<string, MediaFile>;
  /** Id of the profile; default: the one the timeline names, else the default profile. */
  profile?: string;
  /** Name of the draft and of its folder. */
  draftName: string;
  /** Unix time in milliseconds. */
  now(): number;
  /** A fresh random UUID. */
  uuid(): string;
  /** Whether times are moved to the frame grid; default true. */
  quantise?: boolean;
  /** What captions are checked against, where it differs from `CAPTION_LIMITS`. */
  captionLimits?: Partial<CaptionLimits>;
}

/** A draft, unless a finding is an error, and all findings. */
export interface CompileResult {
  draft?: CompiledDraft;
  problems: Problem[];
}

/**
 * Compiles a `draft-timeline/1` document into a draft. The result does not depend on where the draft will lie; see
 * `draftFiles`.
 *
 * @throws UserError PROFILE_UNKNOWN when `options.profile` does not exist.
 */
export function compileDraft(timeline: unknown, options: CompileOptions): CompileResult {
  const profile = chooseProfile(timeline, options.profile);
  const facts = new Map([...options.media].map(([source, file]) => [source, file.facts]));
  const parsed = parseTimeline(timeline, {
    facts,
    quantise: options.quantise ?? true,
    ...(profile === undefined ? {} : { profile }),
    ...(options.captionLimits === undefined ? {} : { captionLimits: options.captionLimits }),
  });
  const problems = [...checkDraftName(options.draftName), ...parsed.problems];
  if (parsed.timeline !== undefined) reportLeftOut(parsed.timeline, reportTo(problems));
  if (parsed.timeline === undefined || problems.some(({ severity }) => severity === 'error'))
    return { problems };
  const draft = compileChecked(parsed.timeline, profile ?? findProfile(DEFAULT_PROFILE), options);
  return { draft, problems };
}

/** The profile to write; `undefined` when the timeline names one that does not exist, which is a finding. */
function chooseProfile(timeline: unknown, asked: string | undefined): Profile | undefined {
  if (asked !== undefined) return findProfile(asked);
  const { profile } = (timeline ?? {}) as { profile?: unknown };
  if (typeof profile !== 'string') return findProfile(DEFAULT_PROFILE);
  try {
    return findProfile(profile);
  } catch {
    return undefined;
  }
}

/** Names everything that the timeline asks for and the draft will not have. */
function reportLeftOut(timeline: Parsed, report: Report): void {
  reportCatalogFeatures(timeline, report);
  if (timeline.cover !== undefined) {
    report('DR161', 'warning', '/cover', 'cover: left out, the app makes one when the draft is opened');
  }
}

type Parsed = NonNullable<ReturnType<typeof parseTimeline>['timeline']>;

function compileChecked(timeline: Parsed, profile: Profile, options: CompileOptions): CompiledDraft {
  const newId = (): string => options.uuid().toUpperCase();
  const nowMs = options.now();
  const { draftName: name } = options;
  const [draftId, timelineId] = [newId(), newId()];
  const { tracks, materials, pool, durationUs } = buildTracks(timeline, {
    profile,
    media: options.media,
    newId,
  });
  const media = pool.files();
  const mediaBytes = media.reduce((sum, { file }) => sum + file.bytes, 0);
  return {
    name,
    draftId,
    timelineId,
    profile,
    durationUs,
    content: timelineDocument(timeline, profile, { timelineId, durationUs, materials, tracks }),
    meta: metaDocument({ draftId, name, durationUs, mediaBytes, nowMs, entries: pool.metaEntries(nowMs) }),
    media,
    mediaBytes,
  };
}
