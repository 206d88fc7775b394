import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import { layerOf } from '../edit-draft.ts';
import { freeLayer, setLayer } from '../graft.ts';
import { adoptCopies, clonerFrom } from '../import-tracks.ts';
import type { Operation } from '../operation.ts';
import { findDraftTrack, TimeSchema, TrackTargetSchema, trackPlace } from '../select.ts';
import { readTime, spanIfAny } from '../spans.ts';
import { nameTrack } from '../track-names.ts';

/** Name of another draft in an edit. */
export const OtherDraftSchema = Type.String({ minLength: 1, description: 'The other draft, by its folder' });

/** Schema of a `copy-track`. */
export const copyTrackSchema = Type.Object(
  {
    op: Type.Literal('copy-track'),
    from: OtherDraftSchema,
    track: { ...TrackTargetSchema, description: 'Track of the other draft: id, name, or place from 0' },
    offset: Type.Optional({ ...TimeSchema, description: 'How much later its clips play here; default: 0' }),
    name: Type.Optional(
      Type.String({
        description: 'Name of the copy; default: that of the track, with a number when it is taken',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Copies a track of another draft, with its files, under new ids',
  },
);

/** Copies a track of another draft. */
export const copyTrack: Operation<Static<typeof copyTrackSchema>> = {
  schema: copyTrackSchema,
  apply({ from, track: target, offset = 0, name }, context) {
    const other = context.other(from);
    const offsetUs = readTime(offset, 'offset');
    const track = findDraftTrack(other.draft, target);
    const cloner = clonerFrom(context, other);
    const copy = cloner.track(track);
    copy.segments = track.segments.map((segment) => cloner.segment(segment));
    for (const segment of copy.segments) {
      const span = spanIfAny(segment);
      if (span !== undefined) segment.target_timerange.start = span.startUs + offsetUs;
    }
    nameTrack(context.draft, copy, name);
    const isFree = !context.draft.tracks.some(
      (one) => one.type !== 'audio' && layerOf(one) === layerOf(track),
    );
    setLayer(copy.segments, freeLayer(context, copy, isFree));
    context.draft.addTrack(copy);
    adoptCopies(context, other, cloner);
    const renamed = copy.name === track.name ? '' : ` as ${trackPlace(context.draft, copy)}`;
    return `copied ${trackPlace(other.draft, track)} of ${other.draft.name}${renamed}`;
  },
};
