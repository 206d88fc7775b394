import { isOnGrid } from '../timeline/frames.ts';
import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR023, DR026, DR027: speeds that the editor has, and those that it rounds. */
export const speed: Rule = {
  clip(clip, _track, { timeline, report }) {
    if (clip.kind !== 'video' && clip.kind !== 'audio') return;
    if (clip.kind === 'video' && clip.input.reverse === true) {
      const message = `${clipPlace(clip)}: reverse cannot be written, its form in a draft is not known`;
      report('DR027', 'error', clipPointer(clip, 'reverse'), message, { hint: 'reverse the file first' });
    }
    if (clip.broken || clip.speed === 1) return;
    if (clip.speed < 0.1 || clip.speed > 8) {
      const message = `${clipPlace(clip)}: speed ${clip.speed} is outside of the slider of the app, 0.1 to 8`;
      report('DR023', 'warning', clipPointer(clip, 'speed'), message);
    }
    const { fps } = timeline.canvas;
    if (!isOnGrid(clip.source.durationUs, fps) || !isOnGrid(clip.durationUs, fps)) {
      const message = `${clipPlace(clip)}: source or length is not a whole number of frames; the app will show a changed speed after saving`;
      report('DR026', 'info', clipPointer(clip, 'speed'), message);
    }
  },
};
