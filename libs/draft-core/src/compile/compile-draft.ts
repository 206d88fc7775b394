import type { Catalog } from '@cozecut/catalog';
import type { Problem } from '@cozecut/problems';
import type { CaptionLimits } from '../captions/caption-limits.ts';
import type { MediaFile } from '../media-facts.ts';
import { DEFAULT_PROFILE, findProfile } from '../profiles/index.ts';
import type { Profile } from '../profiles/profile.ts';
import { Resources } from '../resources/resources.ts';
import { checkTimeline, type ParsedTimeline } from '../timeline/parse.ts';
import { type Report, reportTo } from '../timeline/report.ts';
import { buildTracks } from './build.ts';
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
  /** The resources of the apps. Without one, clips can only use resources whose ids they give. */
  catalog?: Catalog;
  /** Whether resources that need a membership are accepted, with a warning; default: they are errors. */
  allowVip?: boolean;
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
  const target = profile ?? findProfile(DEFAULT_PROFILE);
  const resources = new Resources(target.app, options.catalog);
  const parsed = checkTimeline(timeline, {
    facts,
    quantise: options.quantise ?? true,
    resources,
    allowVip: options.allowVip ?? false,
    ...(profile === undefined ? {} : { profile }),
    ...(options.captionLimits === undefined ? {} : { captionLimits: options.captionLimits }),
  });
  const problems = [...checkDraftName(options.draftName), ...parsed.problems];
  if (parsed.timeline !== undefined) reportLeftOut(parsed.timeline, reportTo(problems));
  if (parsed.timeline === undefined || problems.some(({ severity }) => severity === 'error'))
    return { problems };
  const draft = compileChecked(parsed.timeline, target, resources, options);
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
  if (timeline.cover !== undefined) {
    report('DR161', 'warning', '/cover', 'cover: left out, the app makes one when the draft is opened');
  }
}

type Parsed = NonNullable<ParsedTimeline['timeline']>;

function compileChecked(
  timeline: Parsed,
  profile: Profile,
  resources: Resources,
  options: CompileOptions,
): CompiledDraft {
  const newId = (): string => options.uuid().toUpperCase();
  const nowMs = options.now();
  const { draftName: name } = options;
  const [draftId, timelineId] = [newId(), newId()];
  const { tracks, materials, pool, durationUs } = buildTracks(timeline, {
    profile,
    media: options.media,
    resources,
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
    content: timelineDocument(timeline, markedFor(profile, materials), {
      timelineId,
      durationUs,
      materials,
      tracks,
    }),
    meta: metaDocument({ draftId, name, durationUs, mediaBytes, nowMs, entries: pool.metaEntries(nowMs) }),
    media,
    mediaBytes,
  };
}

/** Masks of the newer generation are on record only in drafts with the markers that the app writes itself. */
function markedFor(
  profile: Profile,
  { common_mask: masks = [] }: CompiledDraft['content']['materials'],
): Profile {
  const { nativeMarkers } = profile;
  return masks.length > 0 && nativeMarkers !== undefined ? { ...profile, markers: nativeMarkers } : profile;
}
