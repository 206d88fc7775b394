import type { Static } from 'typebox';
import { type Track as TimelineTrack, timelineSchema } from '../../../timeline/schema.ts';
import { Type } from '../../../timeline/type.ts';
import { compileFragment } from '../compile-fragment.ts';
import { checkTrackType, failEdit } from '../fail.ts';
import { freeLayer, graftMaterials, setLayer } from '../graft.ts';
import type { EditContext, Operation } from '../operation.ts';
import type { Track } from '../parts.ts';
import { findDraftTrack, TrackTargetSchema, trackPlace } from '../select.ts';
import { place } from '../settle.ts';
import { failTaken } from '../track-names.ts';

const { tracks, transitions } = timelineSchema.properties;

/** Schema of an `add`. */
export const addSchema = Type.Object(
  {
    op: Type.Literal('add'),
    track: Type.Unsafe<TimelineTrack>({
      ...tracks.items,
      description: 'A track of draft-timeline/1 with the new clips',
    }),
    to: Type.Optional({
      ...TrackTargetSchema,
      description: 'Track of the same type that gets the clips; default: a new one over those of its type',
    }),
    timeUnit: Type.Optional(
      Type.Union([Type.Literal('us'), Type.Literal('ms'), Type.Literal('s')], {
        default: 'us',
        description: 'Unit of every time that is a number',
      }),
    ),
    transitions: Type.Optional(transitions),
  },
  { additionalProperties: false, description: 'Adds clips, written as in a timeline' },
);

/** Adds clips: what a timeline can say, written as the compiler writes it. */
export const add: Operation<Static<typeof addSchema>> = {
  schema: addSchema,
  apply({ track, to, timeUnit = 'us', transitions: cuts }, context) {
    const { draft } = context;
    const target = to === undefined ? undefined : findDraftTrack(draft, to);
    if (target !== undefined) checkTrackType(track.type, target);
    const fragment = compileFragment(context, {
      timeUnit,
      tracks: [track],
      ...(cuts === undefined ? {} : { transitions: cuts as unknown[] }),
    });
    const [made] = graftMaterials(context, fragment);
    if (made === undefined) failEdit('DR013', 'there is no clip to add');
    const count = made!.segments.length;
    const clips = count === 1 ? '1 clip' : `${count} clips`;
    if (target !== undefined) {
      place(target, ...made!.segments);
      return `added ${clips} to ${trackPlace(draft, target)}`;
    }
    addTrack(context, made!, track);
    return `added ${clips} on a new ${track.type} track`;
  },
};

function addTrack(context: EditContext, made: Track, { layer, absoluteLayer, name }: TimelineTrack): void {
  const { draft, profile } = context;
  if (name !== undefined && draft.tracks.some((other) => other.name === name)) failTaken(name);
  setLayer(made.segments, freeLayer(context, made, layer !== undefined || absoluteLayer !== undefined));
  const isOverlay = made.type === 'video' && draft.tracks.some(({ type }) => type === 'video');
  if (isOverlay && profile.nativeMarkers !== undefined) made.flag = 2;
  draft.addTrack(made);
}
