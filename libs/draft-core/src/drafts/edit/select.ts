import { closest } from '@cozecut/problems';
import type { Static } from 'typebox';
import { formatUs } from '../../timeline/time.ts';
import { Type } from '../../timeline/type.ts';
import type { EditDraft } from './edit-draft.ts';
import { failEdit } from './fail.ts';
import type { Segment, Track } from './parts.ts';
import { readTime, spanIfAny } from './spans.ts';

const closed = { additionalProperties: false } as const;

/** A time in an edit. */
export const TimeSchema = Type.Union([Type.Integer(), Type.String()], {
  description: 'Whole microseconds, or text with a unit: `250ms`, `1.5s`, `00:01:02.500`',
});

/** Which track is meant. */
export const TrackTargetSchema = Type.Union([Type.String({ minLength: 1 }), Type.Integer({ minimum: 0 })], {
  description: 'Id or name of the track, or its place in the list, from 0',
});

/** Which clip is meant. */
export const ClipTargetSchema = Type.Object(
  {
    id: Type.Optional(Type.String({ minLength: 1, description: 'Id of the segment' })),
    track: Type.Optional(TrackTargetSchema),
    index: Type.Optional(Type.Integer({ minimum: 0, description: 'Place on the track in time, from 0' })),
    at: Type.Optional(TimeSchema),
    name: Type.Optional(
      Type.String({ minLength: 1, description: 'Text that is shown, or name of the file' }),
    ),
  },
  { ...closed, description: 'A clip: by id, by track and index, by track and time, or by name' },
);

/** Which track is meant: its id or name, or its place in the list of tracks, from 0. */
export type TrackTarget = Static<typeof TrackTargetSchema>;
/** Which clip is meant: by id, by track and index, by track and time, or by name. */
export type ClipTarget = Static<typeof ClipTargetSchema>;

/** A clip that was found. */
export interface FoundClip {
  track: Track;
  segment: Segment;
}

/** How messages name a track. */
export function trackPlace(draft: EditDraft, track: Track): string {
  return typeof track.name === 'string' && track.name !== ''
    ? `track "${track.name}"`
    : `${track.type} track ${draft.tracks.indexOf(track)}`;
}

/** How messages name a clip. */
export function clipPlace(draft: EditDraft, { track, segment }: FoundClip): string {
  const name = draft.nameOf(segment)?.split('\n')[0];
  const span = spanIfAny(segment);
  const shown =
    name === undefined ? `${track.type} clip` : `"${name.length > 40 ? `${name.slice(0, 37)}…` : name}"`;
  return `${shown}${span === undefined ? '' : ` at ${formatUs(span.startUs)}`} on ${trackPlace(draft, track)}`;
}

/** The track that is meant; DR165 when there is none, DR012 when there are several. */
export function findDraftTrack(draft: EditDraft, target: TrackTarget): Track {
  const { tracks } = draft;
  if (typeof target === 'number') {
    const track = tracks[target];
    return track ?? failEdit('DR165', `track ${target} not found: there are ${tracks.length}`);
  }
  const byId = tracks.find(({ id }) => id === target);
  if (byId !== undefined) return byId;
  const named = tracks.filter(({ name }) => name === target);
  if (named.length > 1) {
    failEdit('DR012', `${named.length} tracks are called "${target}"`, {
      hint: `use an id: ${named.map(({ id, type }) => `${id} (${type})`).join(', ')}`,
    });
  }
  const known = tracks.flatMap(({ name }) => (typeof name === 'string' && name !== '' ? [name] : []));
  const suggestions = closest(target, known);
  // On a command line every target is text.
  const byPlace = /^\d+$/.test(target) ? tracks[Number(target)] : undefined;
  return (
    named[0] ??
    byPlace ??
    failEdit('DR165', `track "${target}" not found`, {
      hint:
        known.length === 0 ? 'name it by its place, from 0, or by its id' : `there are ${known.join(', ')}`,
      ...(suggestions.length === 0 ? {} : { suggestions }),
    })
  );
}

/** The one clip that is meant; DR165 when there is none or several. */
export function findClip(draft: EditDraft, target: ClipTarget): FoundClip {
  const { id, track: trackTarget, index, at, name } = target;
  if (
    id === undefined &&
    name === undefined &&
    (trackTarget === undefined || (index === undefined && at === undefined))
  )
    failEdit('DR165', 'a clip is named by id, by track and index, by track and time, or by name');
  const tracks = trackTarget === undefined ? draft.tracks : [findDraftTrack(draft, trackTarget)];
  const atUs = at === undefined ? undefined : readTime(at, 'at');
  const found = tracks.flatMap((track) =>
    inOrder(track)
      .map((segment, place) => ({ track, segment, place }))
      .filter(({ segment, place }) => {
        if (id !== undefined && segment.id !== id) return false;
        if (index !== undefined && place !== index) return false;
        const span = spanIfAny(segment);
        if (atUs !== undefined && !(span !== undefined && span.startUs <= atUs && atUs < span.endUs))
          return false;
        return name === undefined || draft.nameOf(segment) === name;
      }),
  );
  if (found.length === 1) return found[0]!;
  const wanted = words(target);
  if (found.length > 1) {
    failEdit('DR165', `${found.length} clips are ${wanted}`, {
      hint: `name one by id: ${found
        .slice(0, 8)
        .map((one) => `${one.segment.id} (${clipPlace(draft, one)})`)
        .join(', ')}`,
    });
  }
  const suggestions =
    name === undefined
      ? closest(
          id ?? '',
          draft.tracks.flatMap(({ segments }) => segments.map((one) => one.id)),
        )
      : closest(
          name,
          tracks.flatMap(({ segments }) => segments.flatMap((one) => draft.nameOf(one) ?? [])),
        );
  return failEdit('DR165', `no clip is ${wanted}`, {
    hint: 'see `draft edit list`',
    ...(suggestions.length === 0 ? {} : { suggestions: [...new Set(suggestions)] }),
  });
}

/** Segments of a track by start. */
export function inOrder(track: Track): Segment[] {
  return track.segments.toSorted((a, b) => (spanIfAny(a)?.startUs ?? 0) - (spanIfAny(b)?.startUs ?? 0));
}

function words({ id, track, index, at, name }: ClipTarget): string {
  return [
    id === undefined ? [] : `of id ${id}`,
    name === undefined ? [] : `called "${name}"`,
    index === undefined ? [] : `number ${index}`,
    at === undefined ? [] : `at ${typeof at === 'number' ? formatUs(at) : at}`,
    track === undefined ? [] : `on track ${JSON.stringify(track)}`,
  ]
    .flat()
    .join(', ');
}
