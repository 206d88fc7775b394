/**
 * The draft model of JianYing and CapCut: a timeline is checked, normalised and compiled into the files of a draft.
 * Runs in a browser as well; `@cozecut/draft-core/node` writes drafts to disk. Times are in microseconds unless a name
 * says otherwise.
 *
 * @packageDocumentation
 */
export {
  buildTimeline,
  type CaptionOptions,
  type TimelineBuilder,
  type TimelineOptions,
  type TrackOptions,
} from './builder/build-timeline.ts';
export type { ClipHandle, TrackBuilder, TrackOf } from './builder/track-builder.ts';
export { canonicalise } from './canonical.ts';
export { CAPTION_LIMITS, type CaptionLimits } from './captions/caption-limits.ts';
export {
  type CaptionCue,
  type CaptionTracks,
  type CaptionTracksOptions,
  captionTracks,
} from './captions/caption-tracks.ts';
export { splitOverlappingCaptions } from './captions/split-overlapping.ts';
export { checkStorePlace } from './compile/check-store-place.ts';
export {
  type CompileOptions,
  type CompileResult,
  compileDraft,
  type DraftIdentity,
} from './compile/compile-draft.ts';
export type {
  CompiledDraft,
  DraftContent,
  DraftMedia,
  DraftMeta,
  JsonObject,
  PathStyle,
} from './compile/compiled-draft.ts';
export { DRAFT_PATH_TOKEN, type DraftTextFile, draftFiles, placedContent } from './compile/draft-files.ts';
export { checkDraftName } from './compile/draft-name.ts';
export type { Seed, SeedMarkers } from './compile/seed.ts';
export { findKeywords } from './convert/capcut-mate/keywords.ts';
export type {
  Converted,
  ConvertOptions,
  InputFormat,
  MediaPlace,
  ReadInput,
  ReadOptions,
} from './convert/converter.ts';
export { type CozeExport, convertCozeExport, readCozeExport } from './convert/coze2jianying/converter.ts';
export type { RawDraft } from './convert/coze2jianying/unwrap.ts';
export { decodeText } from './convert/decode-text.ts';
export {
  type Exported,
  exportTimeline,
  listOutputFormats,
  type OutputFormat,
} from './convert/export-timeline.ts';
export { type JsonMistake, type ParsedJson, parseJson } from './convert/json.ts';
export { MASK_HINT, type MaskShape, maskShape } from './convert/mask-shape.ts';
export { detectFormat, listInputFormats, readInput, toTimelines } from './convert/read-input.ts';
export { detectProfile } from './drafts/detect-profile.ts';
export type { LookedAtFile, RuleHead } from './drafts/draft-rule.ts';
export { applyDraftEdits, type EditedDraft } from './drafts/edit/apply-draft-edits.ts';
export { editSources } from './drafts/edit/edit-sources.ts';
export { type DraftList, type ListedClip, type ListedTrack, listDraft } from './drafts/edit/list-draft.ts';
export type { AddedFile, EditPorts } from './drafts/edit/operation.ts';
export {
  type DraftEdit,
  type DraftEditKind,
  type DraftEditName,
  draftEditSchema,
  listDraftEdits,
} from './drafts/edit/operations/index.ts';
export type { ClipTarget, TrackTarget } from './drafts/edit/select.ts';
export {
  type EditedTimeline,
  editTimeline,
  type TimelineEditPorts,
} from './drafts/edit-timeline/edit-timeline.ts';
export { editableTimeline } from './drafts/edit-timeline/editable-timeline.ts';
export { listTimeline } from './drafts/edit-timeline/list-timeline.ts';
export { newTimelineErrors } from './drafts/edit-timeline/timeline-errors.ts';
export { JsonDocument } from './drafts/json/json-document.ts';
export type { Change as JsonChange, JsonEditor } from './drafts/json/json-editor.ts';
export { PRIMARY_NAMES } from './drafts/layout.ts';
export { type LintDraftOptions, lintDraft, listDraftRules } from './drafts/lint-draft.ts';
export {
  type LintTimelineOptions,
  lintTimeline,
  type MendedTimeline,
  mendTimeline,
} from './drafts/lint-timeline.ts';
export { type MendedDraft, mendDraft } from './drafts/mend-draft.ts';
export type { DraftEntry, OpenedDraft, SideFile, TimelineFile, TimelineRole } from './drafts/opened-draft.ts';
export {
  type FilledDraft,
  fillEdit,
  fillTemplate,
  type TemplateRow,
} from './drafts/template/fill-template.ts';
export type { CopyOptions } from './drafts/template/fresh-copy.ts';
export { type ColorNames, listPlaceholders, type Placeholder } from './drafts/template/placeholders.ts';
export { type ReadRow, type RowFormat, readTemplateRows } from './drafts/template/template-rows.ts';
export type { MediaFacts, MediaFile, SourceFile, StreamFacts } from './media-facts.ts';
export { mediaSources } from './media-sources.ts';
export { type DrawOptions, type DrawWords, drawPlan, drawTimeline } from './picture/draw-timeline.ts';
export {
  type PlanClip,
  type PlanMarker,
  type PlanRow,
  type PlanTransition,
  planOfTimeline,
  type TimelinePlan,
} from './picture/plan.ts';
export { planOfDraft } from './picture/plan-of-draft.ts';
export { type SvgOptions, svgTimeline } from './picture/svg-timeline.ts';
export { DEFAULT_PROFILE, findProfile, listProfiles } from './profiles/index.ts';
export type { DraftMarkers, EvidenceLevel, MarkerGeneration, Profile } from './profiles/profile.ts';
export { STICKER_ANIMATION } from './rules/animations.ts';
export { displayWidth, fitColumns } from './text/display-width.ts';
export { findTrack } from './timeline/find-track.ts';
export type {
  AnimationSlot,
  CurvePoint,
  CurveProperty,
  NormalAnimation,
  NormalAudioClip,
  NormalClip,
  NormalCurve,
  NormalEffectClip,
  NormalFilterClip,
  NormalMediaClip,
  NormalStickerClip,
  NormalTextClip,
  NormalTextRange,
  NormalTimeline,
  NormalTrack,
  NormalTransition,
  NormalVideoClip,
  SourceRange,
} from './timeline/model.ts';
export { type ParsedTimeline, type ParseTimelineOptions, parseTimeline } from './timeline/parse.ts';
export { timelineJsonSchema } from './timeline/published.ts';
export {
  type Clip,
  type ClipOf,
  type RangeStyle,
  type TextDefaults,
  type TextRange,
  type Timeline,
  type TimelineTransition,
  type TimeUnit,
  type Track,
  type TrackType,
  timelineSchema,
} from './timeline/schema.ts';
export { withoutStyleDefaults } from './timeline/text-defaults.ts';
export { type ParsedTime, parseTime } from './timeline/time.ts';
export {
  TIMELINE_VERSIONS,
  type TimelineVersion,
  type Upgraded,
  upgradeTimeline,
} from './timeline/upgrade.ts';
