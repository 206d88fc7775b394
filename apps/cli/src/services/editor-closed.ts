import { detectProfile, type OpenedDraft } from '@cozecut/draft-core';
import { assertEditorClosed, listProcesses } from '@cozecut/draft-core/node';

/** Refuses to write into the folder of an app that is running. @throws UserError EDITOR_RUNNING, PROCESSES_UNKNOWN */
export async function assertClosedFor({ index, timeline }: OpenedDraft): Promise<void> {
  // Only a draft in the folder of the app can be open in it.
  if (index === undefined || timeline === undefined) return;
  const profile = detectProfile(timeline.value(timeline.root) as Record<string, unknown>);
  if (profile !== undefined) await assertEditorClosed(profile, listProcesses);
}
