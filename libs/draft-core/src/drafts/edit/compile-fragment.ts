import { UserError } from '@cozecut/problems';
import { compileDraft } from '../../compile/compile-draft.ts';
import type { DraftContent, DraftMedia, DraftMeta, PathStyle } from '../../compile/compiled-draft.ts';
import { draftDocuments } from '../../compile/draft-files.ts';
import type { MarkerGeneration } from '../../profiles/profile.ts';
import type { TimeUnit } from '../../timeline/schema.ts';
import { numberOf, objectOf, textOf } from '../loose.ts';
import { readMediaPath } from '../media-path.ts';
import type { EditContext } from './operation.ts';

/** Findings about a whole video, which a part of one cannot answer for. */
const WHOLE = new Set(['DR006', 'DR007', 'DR013', 'DR155']);

/** What a fragment became: a draft of its own, with paths as the edited draft writes them. */
export interface CompiledFragment {
  content: DraftContent;
  meta: DraftMeta;
  media: DraftMedia[];
}

/** A part of a timeline. */
export interface Fragment {
  timeUnit: TimeUnit;
  tracks: readonly unknown[];
  transitions?: readonly unknown[];
}

/** Writes clips as the compiler does, for a draft that is there. Ends the edit when the compiler finds errors. */
export function compileFragment(
  context: EditContext,
  fragment: Fragment,
  markerGeneration?: MarkerGeneration,
): CompiledFragment {
  const { draft, ports, profile } = context;
  const { width, height } = objectOf(draft.content.canvas_config);
  const timeline = {
    schema: 'draft-timeline/1',
    name: 'fragment',
    ...fragment,
    canvas: { width: numberOf(width) ?? 1920, height: numberOf(height) ?? 1080, fps: draft.fps },
  };
  const { draft: compiled, problems } = compileDraft(timeline, {
    media: ports.media ?? new Map(),
    profile: profile.id,
    markerGeneration,
    draftName: 'fragment',
    now: ports.now,
    uuid: ports.uuid,
    // Where other clips are already decides; moving these ones could make them overlap.
    quantise: false,
    ...(ports.catalog === undefined ? {} : { catalog: ports.catalog }),
  });
  if (compiled === undefined) throw UserError.fromProblems('DRAFT_EDIT_FAILED', problems);
  for (const problem of problems) if (!WHOLE.has(problem.code)) context.tell(problem);
  const [content, meta] = draftDocuments(compiled, pathStyle(context));
  return {
    content: content!.document as DraftContent,
    meta: meta!.document as DraftMeta,
    media: compiled.media,
  };
}

/** How the draft refers to its media: with the token when it does so already, else by absolute paths. */
function pathStyle({ draft, opened }: EditContext): PathStyle {
  const styles = [...draft.materials.values()].flatMap(({ array, material }) => {
    const path = array === 'videos' || array === 'audios' ? textOf(material.path) : undefined;
    return path === undefined ? [] : [readMediaPath(path, opened).style];
  });
  return styles.includes('token') ? { kind: 'portable' } : { kind: 'absolute', folder: opened.path };
}
