import type { Catalog } from '@cozecut/catalog';
import type { Problem } from '@cozecut/problems';
import type { CaptionLimits } from '../captions/caption-limits.ts';
import type { MediaFile } from '../media-facts.ts';
import { DEFAULT_PROFILE, findProfile } from '../profiles/index.ts';
import type { MarkerGeneration, Profile } from '../profiles/profile.ts';
import { Resources } from '../resources/resources.ts';
import type { NormalTimeline } from '../timeline/model.ts';
import { checkTimeline } from '../timeline/parse.ts';
import { type Report, reportTo } from '../timeline/report.ts';
import { buildTracks } from './build.ts';
import { checkCompiled } from './check-compiled.ts';
import { checkFiles } from './check-files.ts';
import { completeCompanions } from './companions.ts';
import type { CompiledDraft, DraftMedia } from './compiled-draft.ts';
import { compileCover } from './cover.ts';
import { timelineDocument } from './document.ts';
import { checkDraftName } from './draft-name.ts';
import { chooseMarkers } from './markers.ts';
import { metaDocument } from './meta-document.ts';
import { checkSeed, type Seed } from './seed.ts';

/** What an app knows a draft by. */
export interface DraftIdentity {
  draftId: string;
  timelineId: string;
  /** When the draft was first written, as Unix time in milliseconds. */
  createdMs: number;
}

/** Options of {@link compileDraft}. */
export interface CompileOptions {
  /** The files, by the `media` that clips name. */
  media: ReadonlyMap<string, MediaFile>;
  /** Id of the profile; default: the one the timeline names, else the default profile. */
  profile?: string;
  /** Which version markers to write; default: native ones when a feature needs them. */
  markerGeneration?: MarkerGeneration | undefined;
  /** Markers and keys of a draft that the installed app has made. */
  seed?: Seed | undefined;
  /** Name of the draft and of its folder. */
  draftName: string;
  /** Unix time in milliseconds. */
  now(): number;
  /** A fresh random UUID. */
  uuid(): string;
  /** Of the draft that this one takes the place of; default: a new one. */
  identity?: DraftIdentity | undefined;
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
 * Compiles a timeline into a draft. The result does not depend on where the draft will lie; see
 * `draftFiles`.
 *
 * @throws UserError PROFILE_UNKNOWN when `options.profile` does not exist.
 *
 * @example
 * ```ts
 * import { compileDraft, draftFiles } from '@cozecut/draft-core';
 *
 * const timeline = {
 *   schema: 'draft-timeline/1',
 *   name: 'Morning',
 *   timeUnit: 's',
 *   canvas: { width: 1080, height: 1920, fps: 30 },
 *   tracks: [{ type: 'text', captions: true, clips: [{ text: 'Out at six', start: 0.5, duration: 1.5 }] }],
 * };
 * const { draft, problems } = compileDraft(timeline, {
 *   media: new Map(), // what `@cozecut/media` found out, by the `media` that clips name
 *   draftName: 'morning',
 *   now: Date.now,
 *   uuid: () => crypto.randomUUID(),
 * });
 * console.log(problems, draft?.name); // => [] morning
 * ```
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
  const report = reportTo(problems);
  if (parsed.timeline === undefined) return { problems };
  checkFiles(timeline, options.media, report);
  const cover = compileCover(parsed.timeline.cover, options.media, report);
  const isFaulty = (): boolean => problems.some(({ severity }) => severity === 'error');
  if (isFaulty()) return { problems };
  const draft = compileChecked(parsed.timeline, { profile: target, resources, cover }, options, report);
  return isFaulty() ? { problems } : { draft, problems };
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

/** What a timeline is compiled with. */
interface CompileWith {
  profile: Profile;
  resources: Resources;
  cover: DraftMedia | undefined;
}

function compileChecked(
  timeline: NormalTimeline,
  { profile, resources, cover }: CompileWith,
  options: CompileOptions,
  report: Report,
): CompiledDraft {
  const newId = (): string => options.uuid().toUpperCase();
  const nowMs = options.now();
  const { draftName: name } = options;
  const fresh = { draftId: newId(), timelineId: newId(), createdMs: nowMs };
  const { draftId, timelineId, createdMs } = options.identity ?? fresh;
  const { tracks, materials, pool, durationUs } = buildTracks(timeline, {
    profile,
    media: options.media,
    resources,
    newId,
  });
  if (profile.companions === 'full') completeCompanions(tracks, materials, newId);
  const markers = chooseMarkers(profile, materials, options.markerGeneration, report);
  const seed = checkSeed(options.seed, profile, report);
  const mediaBytes = pool.mediaBytes();
  const entries = pool.metaEntries(nowMs);
  const parts = { timelineId, durationUs, materials, tracks };
  const content = timelineDocument(timeline, { profile, markers, seed }, parts);
  const meta = metaDocument({
    draftId,
    name,
    durationUs,
    mediaBytes,
    createdMs,
    nowMs,
    entries,
    app: profile.app,
  });
  checkCompiled({ content, meta, materials, profile }, report);
  return {
    name,
    draftId,
    timelineId,
    profile,
    isSeeded: seed?.markers !== undefined,
    durationUs,
    content,
    meta,
    media: pool.files(),
    ...(cover === undefined ? {} : { cover }),
    mediaBytes,
  };
}
