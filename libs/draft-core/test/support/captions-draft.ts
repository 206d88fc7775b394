import { type CompiledDraft, compileDraft, type DraftIdentity } from '../../src/index.ts';
import { countingUuid, fixedNow } from './ids.ts';

/** A draft named "show" with one caption. */
export function captionsDraft(text: string, identity?: DraftIdentity): CompiledDraft {
  const timeline = {
    schema: 'draft-timeline/1',
    name: 'show',
    timeUnit: 's',
    canvas: { width: 1920, height: 1080, fps: 30 },
    tracks: [{ type: 'text', clips: [{ text, start: 0, duration: 2 }] }],
  };
  const { draft, problems } = compileDraft(timeline, {
    media: new Map(),
    draftName: 'show',
    now: fixedNow,
    uuid: countingUuid(),
    identity,
  });
  if (draft === undefined) throw new Error(JSON.stringify(problems));
  return draft;
}
