import { mediaSources } from '../../media-sources.ts';
import { isObject, listOf, textOf } from '../loose.ts';

/** What edits name outside of their draft; nothing of it is checked. */
export function editSources(edits: unknown): { media: string[]; drafts: string[] } {
  const media = new Set<string>();
  const drafts = new Set<string>();
  for (const edit of listOf(edits).filter(isObject)) {
    const { op, from } = edit;
    if (op === 'add') for (const source of mediaSources({ tracks: [edit.track] })) media.add(source);
    if (op === 'replace-media' && textOf(edit.media) !== undefined) media.add(textOf(edit.media)!);
    if (op === 'fill' && isObject(edit.media))
      for (const source of Object.values(edit.media))
        if (textOf(source) !== undefined) media.add(textOf(source)!);
    if ((op === 'copy-track' || op === 'concat') && textOf(from) !== undefined) drafts.add(textOf(from)!);
  }
  return { media: [...media], drafts: [...drafts] };
}
