import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Report } from '../timeline/report.ts';
import type { Rule } from './rule.ts';

/** DR093, DR120, DR121, DR130: the files behind the clips. */
export const media: Rule = {
  clip(clip, _track, { facts, unseen, report }) {
    if ((clip.kind !== 'video' && clip.kind !== 'audio') || facts === undefined) return;
    const source = clip.input.media;
    if (unseen.has(source)) return;
    const known = facts.get(source);
    const [place, pointer] = [`${clipPlace(clip)}.media`, clipPointer(clip, 'media')];
    if (known === undefined) {
      reportMissingFile(source, place, pointer, report);
      return;
    }
    const isAudio = known.kind === 'audio';
    if (clip.kind === 'audio' && !isAudio) {
      report('DR093', 'error', pointer, `${place}: "${source}" is a ${known.kind}, not a sound file`, {
        hint: 'use a video track, or extract the sound',
      });
    } else if (known.kind === 'font') {
      report('DR093', 'error', pointer, `${place}: "${source}" is a font, not a video or a picture`);
    } else if (clip.kind === 'video' && isAudio) {
      report('DR093', 'error', pointer, `${place}: "${source}" is a sound file, not a video or a picture`, {
        hint: 'use an audio track',
      });
    } else if (!isAudio && !(known.width > 0 && known.height > 0)) {
      report('DR130', 'error', pointer, `${place}: the size of "${source}" is not known`, {
        hint: 'supply its facts',
      });
    } else if (known.kind !== 'photo' && !(known.durationUs > 0)) {
      report('DR130', 'error', pointer, `${place}: the length of "${source}" is not known`, {
        hint: 'supply its facts',
      });
    }
  },
};

/** DR120, DR121: says that nothing is known of a file that a timeline names. */
export function reportMissingFile(source: string, place: string, pointer: string, report: Report): void {
  if (/^(https?|ftp):/i.test(source)) {
    report('DR121', 'error', pointer, `${place}: media must be local (got ${source})`, {
      hint: 'download it first',
    });
  } else {
    report('DR120', 'error', pointer, `${place}: "${source}" not found`, { hint: 'check the path' });
  }
}
