import type { Static } from 'typebox';
import { formatUs } from '../../../timeline/time.ts';
import { Type } from '../../../timeline/type.ts';
import { numberOf, objectOf } from '../../loose.ts';
import type { EditDraft } from '../edit-draft.ts';
import { freeLayer, setLayer } from '../graft.ts';
import { adoptCopies, clonerFrom } from '../import-tracks.ts';
import type { EditContext, Operation } from '../operation.ts';
import type { Track } from '../parts.ts';
import { TimeSchema } from '../select.ts';
import { place } from '../settle.ts';
import { readTime, spanIfAny } from '../spans.ts';
import { nameTrack } from '../track-names.ts';
import { OtherDraftSchema } from './copy-track.ts';

/** Schema of a `concat`. */
export const concatSchema = Type.Object(
  {
    op: Type.Literal('concat'),
    from: OtherDraftSchema,
    gap: Type.Optional({ ...TimeSchema, description: 'Time between the two; default: 0' }),
    tracks: Type.Optional(
      Type.Union([Type.Literal('merge'), Type.Literal('new')], {
        default: 'merge',
        description: 'Whether clips go on the tracks of the same type here, in order, or on new ones',
      }),
    ),
  },
  { additionalProperties: false, description: 'Appends another draft, with its files, under new ids' },
);

/** Appends another draft. */
export const concat: Operation<Static<typeof concatSchema>> = {
  schema: concatSchema,
  apply({ from, gap = 0, tracks = 'merge' }, context) {
    const other = context.other(from);
    const { draft } = context;
    const startUs = endOf(draft) + readTime(gap, 'gap');
    warnOfCanvas(context, other.draft);
    const cloner = clonerFrom(context, other);
    const free = new Map<string, Track[]>();
    for (const track of draft.tracks) free.set(track.type, [...(free.get(track.type) ?? []), track]);
    for (const track of other.draft.tracks) {
      const segments = track.segments.map((segment) => {
        const copy = cloner.segment(segment);
        const span = spanIfAny(copy);
        if (span !== undefined) copy.target_timerange.start = span.startUs + startUs;
        return copy;
      });
      const target = tracks === 'merge' ? takeLike(free.get(track.type), track) : undefined;
      if (target !== undefined) place(target, ...segments);
      else {
        const copy = { ...cloner.track(track), segments };
        nameTrack(draft, copy);
        setLayer(copy.segments, freeLayer(context, copy, false));
        draft.addTrack(copy);
      }
    }
    adoptCopies(context, other, cloner);
    return `appended ${other.draft.name} at ${formatUs(startUs)}`;
  },
};

/** The next track for the clips of another one: with its name if there is one, else the first that is left. */
function takeLike(tracks: Track[] | undefined, { name }: Track): Track | undefined {
  const index = tracks?.findIndex((track) => track.name === name && name !== undefined && name !== '') ?? -1;
  return tracks?.splice(Math.max(0, index), 1)[0];
}

function endOf(draft: EditDraft): number {
  const ends = draft.tracks.flatMap(({ segments }) =>
    segments.map((segment) => spanIfAny(segment)?.endUs ?? 0),
  );
  return ends.reduce((latest, end) => Math.max(latest, end), 0);
}

function warnOfCanvas({ draft, warn }: EditContext, other: EditDraft): void {
  const [own, its] = [draft, other].map(({ content, fps }) => {
    const { width, height } = objectOf(content.canvas_config);
    return `${numberOf(width)}x${numberOf(height)} at ${fps} fps`;
  });
  if (own !== its)
    warn('DR161', `${other.name} is ${its}, ${draft.name} is ${own}: clips are shown on the latter`);
}
