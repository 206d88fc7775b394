import type { ResourceReference } from '@cozecut/catalog';
import type { NormalClip, NormalTimeline, NormalTrack } from '../timeline/model.ts';
import { shownTexts } from '../timeline/text-input.ts';

/** A clip as a picture shows it. */
export interface PlanClip {
  startUs: number;
  durationUs: number;
  /** One line, without control characters. */
  title: string;
  /** Where its keyframes are, in microseconds of the timeline, sorted, each once. */
  keyframesUs: number[];
}

/** A transition as a picture shows it: around the cut at `atUs`. */
export interface PlanTransition {
  atUs: number;
  /** `undefined` = the length the app gives it. */
  durationUs: number | undefined;
  title: string;
}

/** A track as a picture shows it. */
export interface PlanRow {
  /** Kind of the track; drafts of others may hold kinds that timelines have not. */
  type: string;
  name: string;
  muted: boolean;
  /** Sorted by start. */
  clips: PlanClip[];
  transitions: PlanTransition[];
}

/** A note at one point of the timeline. */
export interface PlanMarker {
  atUs: number;
  title: string;
}

/** What every picture of a timeline or of a draft is drawn from. */
export interface TimelinePlan {
  name: string;
  /** End of the last clip, in microseconds. */
  durationUs: number;
  /** The front on top, sound below. */
  rows: PlanRow[];
  markers: PlanMarker[];
}

/** The plan of a checked timeline. */
export function planOfTimeline(timeline: NormalTimeline): TimelinePlan {
  const rows = [...timeline.tracks].sort(frontFirst).map((track) => rowOf(track, timeline));
  const markers = timeline.markers.map(({ atUs, text }) => ({ atUs, title: oneLine(text) }));
  return { name: timeline.name, durationUs: timeline.durationUs, rows, markers };
}

function frontFirst(a: NormalTrack, b: NormalTrack): number {
  return compareRows(a, b) || a.index - b.index;
}

/** Sound goes below; of the others the front goes on top. */
export function compareRows(
  a: { type: string; renderIndex: number },
  b: { type: string; renderIndex: number },
): number {
  return Number(a.type === 'audio') - Number(b.type === 'audio') || b.renderIndex - a.renderIndex;
}

function rowOf({ type, name, muted, clips }: NormalTrack, { transitions }: NormalTimeline): PlanRow {
  const byId = new Map(transitions.map((transition) => [transition.afterId, transition]));
  return {
    type,
    name: oneLine(name ?? ''),
    muted,
    clips: clips.map((clip) => ({
      startUs: clip.startUs,
      durationUs: clip.durationUs,
      title: oneLine(titleOf(clip)),
      keyframesUs: keyframesOf(clip),
    })),
    transitions: clips.flatMap(({ id, startUs, durationUs }) => {
      const found = byId.get(id);
      if (found === undefined) return [];
      const title = oneLine(resourceTitle(found.input));
      return [{ atUs: startUs + durationUs, durationUs: found.durationUs, title }];
    }),
  };
}

function titleOf(clip: NormalClip): string {
  switch (clip.kind) {
    case 'video':
    case 'audio':
      return clip.input.name ?? fileName(clip.input.media);
    case 'text':
      return shownTexts(clip.input).join(' / ');
    case 'sticker':
      return resourceTitle(clip.input.sticker);
    case 'effect':
      return resourceTitle(clip.input.effect);
    case 'filter':
      return resourceTitle(clip.input.filter);
  }
}

function resourceTitle({ name, id, effectId }: ResourceReference): string {
  return name ?? id ?? effectId ?? '';
}

function keyframesOf(clip: NormalClip): number[] {
  if (!('curves' in clip)) return [];
  const times = clip.curves.flatMap(({ points }) => points.map(({ atUs }) => clip.startUs + atUs));
  return [...new Set(times)].sort((a, b) => a - b);
}

/** The last part of a path or an address. */
export function fileName(path: string): string {
  return path.replace(/[?#].*$/, '').replace(/^.*[/\\]/, '');
}

/**
 * A text that fits into a row: control characters would move the cursor, change colours or break an XML file, and marks
 * of writing direction would turn the rest of the row around.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}
