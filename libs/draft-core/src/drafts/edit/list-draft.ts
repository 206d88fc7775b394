import type { JsonDocument } from '../json/json-document.ts';
import { numberOf, textOf } from '../loose.ts';
import { EditDraft, layerOf } from './edit-draft.ts';
import { inOrder } from './select.ts';
import { sourceOf, spanIfAny } from './spans.ts';
import { Spellings } from './spellings.ts';

/** A clip of a draft, with what edits name it by. Times are in microseconds. */
export interface ListedClip {
  id: string;
  /** Place on the track in time, from 0. */
  index: number;
  /** Text that is shown, or name of the file. */
  name?: string;
  materialId: string;
  startUs?: number;
  durationUs?: number;
  source?: { startUs: number; durationUs: number };
  speed?: number;
  volume?: number;
  /** Path of its file, as the draft has it. */
  path?: string;
}

/** A track of a draft. */
export interface ListedTrack {
  id: string;
  /** Place in the list of tracks, from 0. */
  index: number;
  type: string;
  name?: string;
  muted: boolean;
  layer: number;
  clips: ListedClip[];
}

/** What is in a draft, as edits name it. */
export interface DraftList {
  durationUs: number;
  tracks: ListedTrack[];
}

/** Lists tracks and clips with the ids, places and names by which edits find them. */
export function listDraft(timeline: JsonDocument): DraftList {
  const draft = new EditDraft(timeline, new Spellings(), () => '', timeline.name);
  const tracks = draft.tracks.map((track, index): ListedTrack => {
    const name = textOf(track.name);
    return {
      id: track.id,
      index,
      type: track.type,
      ...(name === undefined ? {} : { name }),
      muted: ((numberOf(track.attribute) ?? 0) & 1) === 1,
      layer: layerOf(track),
      clips: inOrder(track).map((segment, place) => {
        const span = spanIfAny(segment);
        const source = sourceOf(segment);
        const material = draft.material(segment.material_id)?.material;
        const hasFile = track.type === 'video' || track.type === 'audio';
        return {
          id: segment.id,
          index: place,
          ...optional('name', draft.nameOf(segment)),
          materialId: segment.material_id,
          ...(span === undefined ? {} : { startUs: span.startUs, durationUs: span.durationUs }),
          ...(source === undefined ? {} : { source: { startUs: source.start, durationUs: source.duration } }),
          ...(hasFile ? optional('speed', numberOf(segment.speed)) : {}),
          ...(hasFile ? optional('volume', numberOf(segment.volume)) : {}),
          ...(hasFile ? optional('path', textOf(material?.path)) : {}),
        } as ListedClip;
      }),
    };
  });
  return { durationUs: numberOf(draft.content.duration) ?? 0, tracks };
}

function optional(key: string, value: unknown): object {
  return value === undefined ? {} : { [key]: value };
}
