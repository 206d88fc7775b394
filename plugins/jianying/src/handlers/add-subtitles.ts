import type { Timeline, Track } from '@cozecut/draft-core';
import { callIds } from '../call-ids.ts';
import { changeDraft } from '../change-draft.ts';
import { overlaid, transformOf } from '../clip-input.ts';
import { defined } from '../defined.ts';
import { draftReference } from '../draft-reference.ts';
import { emptyTrack } from '../place-clips.ts';
import { storedTimeline } from '../stored-timeline.ts';
import { readSubtitles, shifted } from '../subtitles.ts';
import { textStyle } from '../text-input.ts';
import type { AddSubtitlesInput, ToolHandler } from '../tools.gen.ts';
import { finding } from '../write-draft.ts';

type TextTrack = Extract<Track, { type: 'text' }>;

/** The captions of a subtitle file, on as many tracks as their overlaps need. */
export const addSubtitles: ToolHandler<'add_subtitles'> = async (input, context) => {
  const { canvas } = storedTimeline((await context.drafts.get(input.draft_id)).timeline);
  const { tracks, problems } = await readSubtitles(input, canvas, context);
  const shown = tracks
    .map((track) => shifted(track, input.time_offset))
    .filter(({ clips }) => clips.length > 0);
  return changeDraft(
    input.draft_id,
    (before) => {
      const ids = callIds('subtitles', input, context);
      let timeline = before;
      for (const [index, { clips, captions, defaults }] of shown.entries()) {
        // One more track for overlaps is called like any new one.
        const name = index === 0 ? defined({ track_name: input.track_name }) : {};
        const made = emptyTrack(timeline, { type: 'text', ...name }, ids.next());
        const own = { ...made, captions, defaults: styled(defaults, input, before.canvas) } as TextTrack;
        own.clips = clips.map((clip) => ({ ...clip, id: ids.next() }));
        timeline = { ...timeline, tracks: [...timeline.tracks, own] };
      }
      const made = timeline.tracks.slice(before.tracks.length) as TextTrack[];
      const trackIds = made.map(({ id }) => id!);
      const segmentInfos = made.flatMap(({ clips }) => clips).map(spanOf);
      return {
        timeline: ids.areIn(before, trackIds) ? before : timeline,
        result: {
          ...draftReference(input.draft_id, context),
          track_ids: trackIds,
          segment_ids: segmentInfos.map(({ id }) => id),
          segment_infos: segmentInfos,
          captions: segmentInfos.length,
          problems: problems.map(finding),
        },
      };
    },
    context,
  );
};

/** What the call says of all captions; what a subtitle file says of one of them stays. */
function styled(
  former: TextTrack['defaults'],
  input: AddSubtitlesInput,
  canvas: Timeline['canvas'],
): TextTrack['defaults'] {
  const { transform_x, transform_y, scale_x, scale_y, rotation, scale } = input;
  const place = defined({ transform_x, transform_y, scale_x, scale_y, rotation });
  const whole = overlaid(former?.transform, defined({ scale }));
  return {
    ...former,
    style: { ...former?.style, ...textStyle(input) },
    transform: overlaid(whole, transformOf(place, canvas)),
  };
}

function spanOf({ id, start, duration }: TextTrack['clips'][number]): {
  id: string;
  start: number;
  end: number;
} {
  return { id: id!, start: Number(start), end: Number(start) + Number(duration) };
}
