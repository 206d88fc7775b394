import type { Timeline, Track } from '@cozecut/draft-core';
import { callIds, hasAny } from '../call-ids.ts';
import { changeDraft } from '../change-draft.ts';
import { halfCanvas } from '../clip-input.ts';
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
      for (const { clips, captions, defaults } of shown) {
        const made = emptyTrack(timeline, { type: 'text' }, ids());
        const own = { ...made, captions, defaults: overlaid(defaults, input, before.canvas) } as TextTrack;
        own.clips = clips.map((clip) => ({ ...clip, id: ids() }));
        timeline = { ...timeline, tracks: [...timeline.tracks, own] };
      }
      const trackIds = timeline.tracks.slice(before.tracks.length).map(({ id }) => id!);
      return {
        timeline: hasAny(before, trackIds) ? before : timeline,
        result: {
          draft_id: input.draft_id,
          track_ids: trackIds,
          captions: shown.reduce((sum, { clips }) => sum + clips.length, 0),
          problems: problems.map(finding),
        },
      };
    },
    context,
  );
};

/** What the call says of all captions; what a subtitle file says of one of them stays. */
function overlaid(
  former: TextTrack['defaults'],
  input: AddSubtitlesInput,
  canvas: Timeline['canvas'],
): TextTrack['defaults'] {
  const { transform_x: x, transform_y: y, scale } = input;
  return {
    ...former,
    style: { ...former?.style, ...textStyle(input) },
    transform: {
      ...former?.transform,
      ...(x === undefined ? {} : { x: halfCanvas(x, canvas.width) }),
      ...(y === undefined ? {} : { y: halfCanvas(y, canvas.height) }),
      ...(scale === undefined ? {} : { scale }),
    },
  };
}
