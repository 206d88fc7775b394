import { formatPointer, showPath } from '@cozecut/problems';
import type { MediaFacts } from '../../media-facts.ts';
import { nearestFrame } from '../../timeline/frames.ts';
import type { Timeline, TimelineTransition, TimeUnit, Track, TrackType } from '../../timeline/schema.ts';
import { Fields, type Path, type Sink } from '../fields.ts';
import { defined } from '../values.ts';
import type { DraftContext } from './context.ts';
import { flatKind, nestFlat } from './flat.ts';
import { type ReadSegment, readSegment } from './segment.ts';
import { decideUnit, type TimeSample } from './unit.ts';
import { parseText, type RawDraft } from './unwrap.ts';

/** What a conversion needs besides the draft. */
export interface DraftOptions {
  facts: ReadonlyMap<string, MediaFacts>;
  timeUnit: TimeUnit | 'auto';
  legacyPosition: boolean;
}

const trackTypes: readonly string[] = ['video', 'audio', 'text', 'sticker', 'effect', 'filter'];
type Loose = Record<string, unknown>;

/** Converts one draft; the timeline is only worth something when no error was reported. */
export function convertDraft(
  draft: RawDraft,
  index: number,
  { facts, timeUnit, legacyPosition }: DraftOptions,
  sink: Sink,
): { timeline: Timeline; unit: TimeUnit | undefined } {
  const fields = new Fields(draft.value, draft.path, sink);
  fields.ignore(
    'draft_id',
    'media_resources',
    'total_duration_ms',
    'created_timestamp',
    'last_modified',
    'status',
  );
  fields.ignore('format_version', 'export_type', 'draft_count', 'exported_count', 'success', 'message');
  const project = fields.object('project');
  const canvas = {
    width: project.number('width') ?? 1920,
    height: project.number('height') ?? 1080,
    fps: project.number('fps') ?? 30,
  };
  const tracks = listSegments(fields.list('tracks'), draft, sink);
  const decision =
    timeUnit === 'auto'
      ? decideUnit(samples(tracks, facts), canvas.fps > 0 ? canvas.fps : 30)
      : { unit: timeUnit };
  const decided = 'unit' in decision ? decision.unit : undefined;
  if ('message' in decision) {
    const place = showPath(fields.path, 'draft');
    fields.error('DR160', `${place}: ${decision.message}`, {
      hint: 'pass the time unit: s, ms or us (--time-unit, or time_unit)',
    });
  }
  // Without a unit everything else is still looked at; lengths that depend on it are not worth a finding then.
  const context: DraftContext = {
    ...sink,
    canvas,
    facts,
    legacyPosition,
    unit: decided ?? 'ms',
    unitGiven: timeUnit !== 'auto',
  };
  const transitions: TimelineTransition[] = [];
  const timeline = defined<Timeline>({
    schema: 'draft-timeline/1',
    name: project.text('name') || defaultName(index),
    timeUnit: 'us',
    canvas,
    tracks: tracks.flatMap((track) => convertTrack(track, context, transitions) ?? []),
    transitions: transitions.length > 0 ? transitions : undefined,
  });
  fields.finish();
  return { timeline, unit: decided };
}

/** Name of a draft before anything else is looked at. */
export function draftName(value: Loose, index: number): string {
  const { name } = (value.project ?? {}) as { name?: unknown };
  return typeof name === 'string' && name !== '' ? name : defaultName(index);
}

const defaultName = (index: number) => `draft ${index + 1}`;

interface RawTrack {
  fields: Fields;
  segments: { value: Loose; path: (string | number)[] }[];
}

/** Tracks with their segments as objects: text is parsed, flat names are nested. */
function listSegments(tracks: unknown[], draft: RawDraft, sink: Sink): RawTrack[] {
  return tracks.map((track, index) => {
    const fields = new Fields(track, [...draft.path, 'tracks', index], sink);
    const segments = fields.list('segments').flatMap((segment, at) => {
      const path = [...fields.path, 'segments', at];
      const value = segmentOf(segment, path, sink);
      return value === undefined ? [] : [{ value, path }];
    });
    return { fields, segments };
  });
}

/** A segment as an object: also one that is text, or wrapped like the answer of a clip tool, or flat. */
function segmentOf(segment: unknown, path: Path, sink: Sink): Loose | undefined {
  if (typeof segment === 'string') {
    const parsed = parseText(segment, path, sink);
    return parsed && segmentOf(parsed.value, path, sink);
  }
  if (typeof segment !== 'object' || segment === null || Array.isArray(segment)) {
    sink.report('DR162', 'error', formatPointer(path), `${showPath(path, 'input')} must be an object`);
    return undefined;
  }
  const value = segment as Loose;
  const wrapped = Object.keys(value).find((key) => key.endsWith('_info_string'));
  if (wrapped !== undefined) return segmentOf(value[wrapped], [...path, wrapped], sink);
  const kind = flatKind(value);
  return kind === undefined ? value : nestFlat(value, kind);
}

function samples(tracks: RawTrack[], facts: ReadonlyMap<string, MediaFacts>): TimeSample[] {
  return tracks.flatMap(({ segments }) =>
    segments.flatMap(({ value, path }): TimeSample[] => {
      const range = rangeOf(value.time_range);
      if (range === undefined) return [];
      const { type = '', material_url: url } = value as { type?: string; material_url?: unknown };
      const media = typeof url === 'string' && url !== '' ? url : undefined;
      const isFile = media !== undefined && type !== 'image';
      const played = rangeOf(value.material_range)?.end ?? (range.end - range.start) * speedOf(value);
      const label =
        media !== undefined
          ? media.slice(media.lastIndexOf('/') + 1)
          : typeof type === 'string' && type !== ''
            ? type
            : 'segment';
      const known = media === undefined ? undefined : facts.get(media);
      return [{ path, label, ...range, mediaEnd: isFile ? played : undefined, facts: known }];
    }),
  );
}

function rangeOf(value: unknown): { start: number; end: number } | undefined {
  const { start, end } = (value ?? {}) as { start?: unknown; end?: unknown };
  const range = { start: numberOf(start ?? 0), end: numberOf(end) };
  return range.start >= 0 && range.end > range.start ? range : undefined;
}

function speedOf(value: Loose): number {
  const { speed } = (value.speed ?? value.audio ?? {}) as { speed?: unknown };
  return numberOf(speed) > 0 ? numberOf(speed) : 1;
}

/** A number, or a text of one; maps and lists may have a conversion of their own that throws. */
function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

function convertTrack(
  { fields, segments }: RawTrack,
  context: DraftContext,
  transitions: TimelineTransition[],
): Track | undefined {
  const type = fields.text('track_type');
  const muted = fields.flag('muted');
  const volume = fields.number('volume') ?? 1;
  fields.ignore('id', 'track_id', 'name', 'track_name');
  if (type === undefined || !trackTypes.includes(type)) {
    const message = `${fields.place}.track_type must be one of ${trackTypes.join(', ')} (got ${JSON.stringify(type)})`;
    fields.error('DR010', message, {}, 'track_type');
    return undefined;
  }
  const read = segments.flatMap(({ value, path }) => {
    const segment = new Fields(value, path, context);
    const result = readSegment(segment, type as TrackType, volume, context);
    // A segment that cannot be read has been told about; what else is in it does not matter.
    if (result === undefined) return [];
    segment.finish();
    return [{ ...result, segment, value }];
  });
  linkTransitions(read, transitions, context.canvas.fps);
  fields.finish();
  const clips = read.map(({ clip }) => clip);
  return defined({ type, muted: muted === true ? true : undefined, clips }) as Track;
}

type Placed = ReadSegment & { segment: Fields; value: Loose };

/** A transition is written at the clip that leaves; the next clip must touch it. */
function linkTransitions(read: Placed[], transitions: TimelineTransition[], fps: number): void {
  if (!read.some(({ transition }) => transition !== undefined)) return;
  const startOf = ({ clip }: Placed): number => clip.start as number;
  // A gap or overlap that the frame grid closes is none.
  const touch = (endUs: number, startUs: number): boolean =>
    nearestFrame(endUs, fps) === nearestFrame(startUs, fps);
  const endOf = ({ clip }: Placed): number => (clip.start as number) + (clip.duration as number);
  const ordered = [...read].sort((a, b) => startOf(a) - startOf(b));
  for (const [index, placed] of ordered.entries()) {
    const { clip, transition, segment } = placed;
    if (transition === undefined) continue;
    const next = ordered[index + 1];
    if (next === undefined || !touch(endOf(placed), startOf(next))) {
      const why = next === undefined ? 'it is the last clip of its track' : 'no clip follows it directly';
      const place = `${segment.place}.effects.transition_type`;
      segment.error(
        'DR074',
        `${place}: "${transition.name}" leads nowhere, ${why}`,
        { hint: 'remove it' },
        'effects',
        'transition_type',
      );
      continue;
    }
    clip.id = `clip-${segment.path
      .filter((part) => typeof part === 'number')
      .slice(-2)
      .join('-')}`;
    transitions.push(defined({ after: clip.id, name: transition.name, duration: transition.durationUs }));
  }
}

/** The files that the segments of a draft play. */
export function draftMedia(draft: RawDraft): { source: string; path: Path }[] {
  const quiet: Sink = { report: () => undefined, drop: () => undefined };
  const tracks = new Fields(draft.value, draft.path, quiet).list('tracks');
  return listSegments(tracks, draft, quiet).flatMap(({ segments }) =>
    segments.flatMap(({ value: { material_url: source }, path }) =>
      typeof source === 'string' && source !== '' ? [{ source, path }] : [],
    ),
  );
}
