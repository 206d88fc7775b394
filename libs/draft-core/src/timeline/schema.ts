/**
 * The timeline: what a person or a program says about a video, in a form that no editor dictates.
 * This schema is the one definition: validator, TypeScript types and the published JSON Schema come from it.
 *
 * Units: every time is a number in the timeline's `timeUnit`, or text with its own unit (`"250ms"`, `"1.5s"`,
 * `"00:01:02.500"`). Positions are half-canvas units from the centre, x to the right, **y up**. Angles are degrees
 * clockwise. Colours are `#RRGGBB` or `#RRGGBBAA`.
 */
import type { Static } from 'typebox';
import { closed } from './schema/scalars.ts';

import { Marker, TrackSchema, Transition } from './schema/tracks.ts';
import { Type } from './type.ts';

/** JSON Schema (2020-12) of `draft-timeline/1`. */
export const timelineSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'Address of this schema, for editors' })),
    schema: Type.Literal('draft-timeline/1', { description: 'Format of this document' }),
    name: Type.String({ minLength: 1, description: 'Name of the draft' }),
    profile: Type.Optional(
      Type.String({
        description: 'Id of the app family the draft is written for; default: jianying-5.9-win',
      }),
    ),
    timeUnit: Type.Union([Type.Literal('us'), Type.Literal('ms'), Type.Literal('s')], {
      description: 'Unit of every time that is a number',
    }),
    canvas: Type.Object(
      {
        width: Type.Integer({ description: 'Pixels, 16..8192' }),
        height: Type.Integer({ description: 'Pixels, 16..8192' }),
        fps: Type.Number({ description: 'Frames per second: 24, 25, 30, 50 or 60' }),
        ratio: Type.Optional(Type.String({ description: 'Label such as `16:9`', default: 'original' })),
      },
      { ...closed, description: 'Size of the picture' },
    ),
    mainTrackMagnet: Type.Optional(
      Type.Boolean({ default: true, description: 'Whether the app closes gaps on the main track' }),
    ),
    cover: Type.Optional(
      Type.String({ description: 'Path or address of a JPEG, shown in the list of drafts' }),
    ),
    tracks: Type.Array(TrackSchema, { description: 'From the back to the front' }),
    transitions: Type.Optional(
      Type.Array(Transition, { description: 'Ways from one clip of a video track to the next' }),
    ),
    markers: Type.Optional(
      Type.Array(Marker, { description: 'Notes for people; pictures show them, drafts do not keep them' }),
    ),
  },
  closed,
);

/** A timeline as it is written in JSON: `draft-timeline/1`. */
export type Timeline = Static<typeof timelineSchema>;
/** One track of a {@link Timeline}. */
export type Track = Timeline['tracks'][number];
/** Kind of a track. */
export type TrackType = Track['type'];
/** A clip of a track of the given kind. */
export type ClipOf<Kind extends TrackType> = Extract<Track, { type: Kind }>['clips'][number];
/** Any clip. */
export type Clip = ClipOf<TrackType>;
/** What the clips of a text track take over from it. */
export type TextDefaults = NonNullable<Extract<Track, { type: 'text' }>['defaults']>;
/** A part of a text with a style of its own: by place, or by its words. */
export type TextRange = NonNullable<ClipOf<'text'>['ranges']>[number];
/** Style of a part of a text. */
export type RangeStyle = TextRange['style'];
/** A transition between two neighbouring clips. */
export type TimelineTransition = Static<typeof Transition>;
/** Unit of the numbers of a timeline. */
export type TimeUnit = Timeline['timeUnit'];
