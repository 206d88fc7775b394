import { UserError } from '@cozecut/problems';
import type { Timeline, Track, TrackType } from './schema.ts';

/**
 * The track of a timeline that takes clips of a type: that of the name, or the only one.
 *
 * @throws UserError DR012 when there is none, or when there are several and no name says which.
 */
export function findTrack<Kind extends TrackType>(
  { tracks }: Pick<Timeline, 'tracks'>,
  type: Kind,
  name?: string,
): Extract<Track, { type: Kind }> {
  const fitting = tracks.filter(
    (track) => track.type === type && (name === undefined || track.name === name),
  );
  if (fitting.length === 1) return fitting[0] as Extract<Track, { type: Kind }>;
  const wanted = name === undefined ? `${type} track` : `${type} track "${name}"`;
  const known = tracks
    .filter((track) => track.type === type)
    .map((track) => JSON.stringify(track.name ?? ''));
  throw new UserError(
    'DR012',
    fitting.length === 0 ? `there is no ${wanted}` : `${fitting.length} tracks may be meant by "${wanted}"`,
    {
      hint:
        known.length === 0
          ? `add a ${type} track`
          : name === undefined
            ? `name the track: ${known.join(', ')}`
            : `there are ${known.join(', ')}`,
    },
  );
}
