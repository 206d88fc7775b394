import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import { curvesOf } from '../curves.ts';
import { failEdit } from '../fail.ts';
import type { EditContext, Operation } from '../operation.ts';
import {
  ClipTargetSchema,
  clipPlace,
  type FoundClip,
  findClip,
  findDraftTrack,
  TrackTargetSchema,
  trackPlace,
} from '../select.ts';

/** Schema of a `volume`. */
export const volumeSchema = Type.Object(
  {
    op: Type.Literal('volume'),
    clip: Type.Optional(ClipTargetSchema),
    track: Type.Optional({
      ...TrackTargetSchema,
      description: 'Track whose clips are all set; excludes `clip`',
    }),
    volume: Type.Number({ description: 'Gain; 1 is that of the file, 0 is silent' }),
  },
  { additionalProperties: false, description: 'Sets the volume of a clip, or of all clips of a track' },
);

/** Sets the volume. */
export const volume: Operation<Static<typeof volumeSchema>> = {
  schema: volumeSchema,
  apply({ clip, track: trackTarget, volume: gain }, context) {
    const { draft, warn } = context;
    if (!(gain >= 0 && Number.isFinite(gain))) failEdit('DR028', `volume must be >= 0 (got ${gain})`);
    if ((clip === undefined) === (trackTarget === undefined))
      failEdit('INPUT_INVALID', 'give either `clip` or `track`');
    if (gain > 10) warn('DR029', `gain ${gain} is beyond what tools have tested`);
    if (clip !== undefined) {
      const found = findClip(draft, clip);
      setVolume(context, found, gain);
      return `set the volume of ${clipPlace(draft, found)} to ${gain}`;
    }
    const track = findDraftTrack(draft, trackTarget!);
    for (const segment of track.segments) setVolume(context, { track, segment }, gain);
    return `set the volume of ${trackPlace(draft, track)} to ${gain}`;
  },
};

function setVolume({ draft, warn }: EditContext, found: FoundClip, gain: number): void {
  const { track, segment } = found;
  const said = clipPlace(draft, found);
  if (track.type !== 'video' && track.type !== 'audio') failEdit('DR010', `${said} has no sound`);
  if (curvesOf(segment).some(({ property_type: type }) => type === 'KFTypeVolume')) {
    failEdit('DR068', `the volume of ${said} is a curve, which decides`, {
      hint: 'change its keyframes in the app',
    });
  }
  const material = draft.material(segment.material_id)?.material;
  if (material?.has_audio === false || material?.type === 'photo') warn('DR092', `${said} has no sound`);
  segment.volume = gain;
  if (gain > 0 && Object.hasOwn(segment, 'last_nonzero_volume')) segment.last_nonzero_volume = gain;
}
