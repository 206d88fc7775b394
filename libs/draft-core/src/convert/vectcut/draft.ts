import { closest, formatPointer } from '@cozecut/problems';
import { ownValue } from '../../own-value.ts';
import type { Clip, Track, TrackType } from '../../timeline/schema.ts';
import type { ReadTimeline } from '../complete.ts';
import type { ConvertOptions } from '../converter.ts';
import { Fields, type Path } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { type AskedTransition, linkTransitions, TimelineBuilder } from '../timeline-builder.ts';
import { defined } from '../values.ts';
import { addKeyframes } from './keyframes.ts';
import type { DraftLog, LogEntry } from './log.ts';
import { addAudio, addImage, addVideo } from './media.ts';
import { addEffect, addSticker } from './resources.ts';
import { addSubtitle } from './subtitle.ts';
import { addText } from './text.ts';

/** What the calls of one draft share. */
export interface DraftState {
  builder: TimelineBuilder;
  canvas: { width: number; height: number; fps: number };
  options: ConvertOptions;
  findings: Findings;
  asked: AskedTransition[];
  /** Puts a clip on the track that the call names; the track is made when it is new. */
  place(fields: Fields, type: TrackType, defaultTrack: string, clip: Clip): Track;
}

const adders: Readonly<Record<string, (fields: Fields, state: DraftState) => void>> = {
  add_video: addVideo,
  add_image: addImage,
  add_audio: addAudio,
  add_text: addText,
  add_subtitle: addSubtitle,
  add_effect: addEffect,
  add_sticker: addSticker,
};
const silent = /^(create_draft|save_draft|query_script|query_draft_status|generate_draft_url|get_.*)$/;

/** Makes a timeline of the calls about one draft. */
export function buildDraft(
  { entries }: DraftLog,
  index: number,
  options: ConvertOptions,
  findings: Findings,
): ReadTimeline {
  const builder = new TimelineBuilder();
  const tracks = new Map<string, { track: Track; layer: number }>();
  const state: DraftState = {
    builder,
    canvas: canvasOf(entries, options, findings),
    options,
    findings,
    asked: [],
    place(fields, type, defaultTrack, clip) {
      const name = fields.text('track_name') ?? defaultTrack;
      const layer = fields.number('relative_index') ?? 0;
      const key = `${type} ${name}`;
      const known = tracks.get(key) ?? { track: builder.addTrack(type, { name }, fields.path), layer };
      tracks.set(key, known);
      builder.addClip(known.track, clip, fields.path);
      return known.track;
    },
  };
  const keyframes: Fields[] = [];
  const bodies: Fields[] = [];
  for (const { endpoint, params, path } of entries) {
    const fields = fieldsOf(params, path, findings);
    bodies.push(fields);
    const add = ownValue(adders, endpoint);
    if (endpoint === 'add_video_keyframe') keyframes.push(fields);
    else if (silent.test(endpoint)) fields.ignore('width', 'height', 'force_update', 'task_id', 'fps');
    else if (add === undefined) unknownEndpoint(endpoint, path, findings);
    else add(fields, state);
    if (!silent.test(endpoint) && add === undefined && endpoint !== 'add_video_keyframe') fields.ignoreAll();
  }
  // The tool looks for the clips of keyframes when it saves.
  for (const fields of keyframes) addKeyframes(fields, state);
  linkTransitions(state.asked, builder);
  for (const body of bodies) body.finish();
  const name = index === 0 ? 'vectcut draft' : `vectcut draft ${index + 1}`;
  const { timeline, ...rest } = builder.finish({ name, canvas: state.canvas }, 's');
  const layers = new Map([...tracks.values()].map(({ track, layer }) => [track, layer]));
  timeline.tracks.sort((a, b) => (layers.get(a) ?? 0) - (layers.get(b) ?? 0));
  return { timeline, ...rest };
}

function fieldsOf(params: object, path: Path, findings: Findings): Fields {
  const fields = new Fields(params, path, findings);
  fields.ignore('draft_id', 'draft_url', 'width', 'height', 'license_key');
  // Settings of the machine on which the tool ran.
  for (const key of ['draft_folder', 'draft_domain', 'preview_router']) if (fields.has(key)) fields.drop(key);
  return fields;
}

function unknownEndpoint(endpoint: string, path: Path, findings: Findings): void {
  const known = [...Object.keys(adders), 'add_video_keyframe', 'create_draft', 'save_draft'];
  const suggestions = closest(endpoint, known);
  findings.report('DR165', 'error', formatPointer(path.slice(0, -1)), `there is no call "${endpoint}"`, {
    ...(suggestions.length > 0 ? { suggestions } : { hint: `calls: ${known.join(', ')}` }),
  });
}

/** A draft that is not created first is made by the call that speaks of it. */
function canvasOf(
  entries: readonly LogEntry[],
  options: ConvertOptions,
  findings: Findings,
): DraftState['canvas'] {
  const entry = entries.find(({ endpoint }) => endpoint === 'create_draft') ?? entries[0];
  const fields = new Fields(entry?.params ?? {}, entry?.path ?? [], findings);
  return defined({
    width: fields.positive('width') ?? options.canvas?.width ?? 1080,
    height: fields.positive('height') ?? options.canvas?.height ?? 1920,
    fps: fields.positive('fps') ?? options.fps ?? 30,
  });
}
