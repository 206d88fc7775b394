import { formatPointer } from '@cozecut/problems';
import { ownValue } from '../../own-value.ts';
import type { Clip, Track } from '../../timeline/schema.ts';
import type { ReadTimeline } from '../complete.ts';
import type { ConvertOptions } from '../converter.ts';
import { Fields, type Path } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { TimelineBuilder } from '../timeline-builder.ts';
import { isRecord } from '../values.ts';
import type { Call, CallGroup } from './calls.ts';
import { addCaptions } from './captions.ts';
import { addKeyframes, buildKeyframes } from './keyframes.ts';
import { addMasks } from './masks.ts';
import { addAudios, addImages, addVideos } from './media.ts';
import { addEffects, addFilters, addSticker, easyCreate } from './resources.ts';

/** A clip that later calls may speak of. */
export interface KnownSegment {
  clip: Clip;
  track: Track;
}

/** What the calls of one draft share. */
export interface DraftState {
  builder: TimelineBuilder;
  canvas: { width: number; height: number; fps: number };
  options: ConvertOptions;
  findings: Findings;
  /** By the ids that the tool answered. */
  segments: Map<string, KnownSegment>;
}

type AddCall = (body: Fields, state: DraftState, call: Call) => Clip[] | undefined;

const adders: Readonly<Record<string, AddCall>> = {
  add_videos: addVideos,
  add_images: addImages,
  add_audios: addAudios,
  add_captions: addCaptions,
  add_effects: addEffects,
  add_filters: addFilters,
  add_sticker: addSticker,
  easy_create_material: easyCreate,
};
const changers: Readonly<Record<string, (body: Fields, state: DraftState) => void>> = {
  add_keyframes: addKeyframes,
  add_masks: addMasks,
};
/** Tools that only compute something, or have nothing to do with what a draft shows. */
const helpers =
  /^(save_draft|get_.*|gen_video.*|timelines|audio_timelines|(audio|video|imgs?|image|caption|effect|filter|keyframes)_infos|str_.*|objs_.*|search_sticker|add_text_style)$/;

/** Makes a timeline of the requests about one draft. */
export function buildDraft(
  { calls }: CallGroup,
  index: number,
  options: ConvertOptions,
  findings: Findings,
): ReadTimeline {
  const builder = new TimelineBuilder();
  const state: DraftState = {
    builder,
    canvas: canvasOf(calls, options, findings),
    options,
    findings,
    segments: new Map(),
  };
  // One body may make several calls; each reads its part of it.
  const bodies = new Map<object, Fields>();
  for (const call of calls) {
    if (call.name === 'create_draft' || helpers.test(call.name)) {
      if (call.name === 'keyframes_infos' && !calls.some(({ name }) => name === 'add_keyframes')) {
        buildKeyframes(fieldsOf(call, bodies, findings), state);
      }
      continue;
    }
    const add = ownValue(adders, call.name);
    const change = ownValue(changers, call.name);
    if (add === undefined && change === undefined) {
      const known = [...Object.keys(adders), ...Object.keys(changers)].join(', ');
      findings.report('DR165', 'error', formatPointer(call.path), `there is no tool "${call.name}"`, {
        hint: `tools: ${known}`,
      });
      continue;
    }
    const body = fieldsOf(call, bodies, findings);
    const clips = add?.(body, state, call);
    change?.(body, state);
    if (clips !== undefined) remember(call, clips, state);
  }
  for (const body of bodies.values()) body.finish();
  const name = index === 0 ? 'capcut-mate draft' : `capcut-mate draft ${index + 1}`;
  return builder.finish({ name, canvas: state.canvas }, 'us');
}

function fieldsOf({ body, path }: Call, bodies: Map<object, Fields>, findings: Findings): Fields {
  let fields = bodies.get(body);
  if (fields === undefined) {
    fields = new Fields(body, path, findings);
    fields.ignore('draft_url', 'draft_id', 'style_text', 'canvas', 'width', 'height', 'code', 'message');
    bodies.set(body, fields);
  }
  return fields;
}

function canvasOf(calls: readonly Call[], options: ConvertOptions, findings: Findings): DraftState['canvas'] {
  const created = calls.find(({ name }) => name === 'create_draft');
  const holder = created ?? calls.find(({ body }) => isRecord(body.canvas));
  const path: Path = holder?.path ?? [];
  const fields =
    created === undefined
      ? new Fields(holder?.body.canvas ?? {}, [...path, 'canvas'], findings)
      : new Fields(created.body, path, findings);
  const size = {
    width: fields.positive('width') ?? options.canvas?.width ?? 1920,
    height: fields.positive('height') ?? options.canvas?.height ?? 1080,
    fps: fields.positive('fps') ?? options.fps ?? 30,
  };
  fields.ignore('name', 'draft_url');
  fields.finish();
  return size;
}

/** Ids of the new segments, in the order of the items. */
function remember({ response }: Call, clips: readonly Clip[], { segments, builder }: DraftState): void {
  if (response === undefined) return;
  const inner = isRecord(response.data) ? { ...response.data, ...response } : response;
  const infos = Array.isArray(inner.segment_infos) ? inner.segment_infos : [];
  const ids = Array.isArray(inner.segment_ids)
    ? inner.segment_ids
    : inner.segment_id !== undefined
      ? [inner.segment_id]
      : infos.map((info) => (isRecord(info) ? info.id : undefined));
  const track = builder.tracks.find((one) => (one.clips as Clip[]).includes(clips[0]!));
  if (track === undefined) return;
  for (const [index, clip] of clips.entries()) {
    if (typeof ids[index] === 'string') segments.set(ids[index], { clip, track });
  }
}
