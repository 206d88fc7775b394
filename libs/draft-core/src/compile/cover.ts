import type { MediaFile } from '../media-facts.ts';
import type { Report } from '../timeline/report.ts';
import type { DraftMedia } from './compiled-draft.ts';

/** Name of the picture that the app shows in its list of drafts. */
export const COVER_NAME = 'draft_cover.jpg';

/** The cover of a draft, or findings why there is none. It is copied as it is, so it has to be a JPEG already. */
export function compileCover(
  source: string | undefined,
  media: ReadonlyMap<string, MediaFile>,
  report: Report,
): DraftMedia | undefined {
  if (source === undefined) return undefined;
  const file = media.get(source);
  if (file === undefined) {
    report('DR120', 'error', '/cover', `cover: "${source}" not found`, { hint: 'check the path' });
    return undefined;
  }
  if (file.facts.kind !== 'photo' || file.extension !== 'jpg') {
    const found = file.facts.kind === 'photo' ? `a ${file.extension} picture` : `a ${file.facts.kind} file`;
    report('DR093', 'error', '/cover', `cover: expected a JPEG picture, "${source}" is ${found}`, {
      hint: 'convert it to JPEG, or leave the cover out',
    });
    return undefined;
  }
  return { file, path: COVER_NAME };
}
