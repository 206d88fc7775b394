/** A process that saves a draft: `node save-again-and-again.ts FOLDER ID [TIMES]`; without TIMES until it is killed. */
// Not through the door of the package: these processes are many, and should start fast.
import { openDraft } from '../../src/node/open-draft.ts';
import { saveDraft } from '../../src/node/save-draft.ts';

const [folder = '', id = '', times = 'Infinity'] = process.argv.slice(2);
for (let count = 0; count < Number(times); ) {
  try {
    const opened = await openDraft(folder);
    const { timeline } = opened;
    const edited = timeline!.edit((edit) => {
      edit.setAt([id], ((timeline!.value(timeline!.at([id]) ?? 1) as number) || 0) + 1);
      edit.setAt(['last'], id);
    });
    const meta = opened.meta!.document!.edit((edit) => edit.setAt(['draft_name'], `${id} ${count}`));
    await saveDraft(opened, { timeline: edited.text, meta: meta.text }, { reason: id, now: Date.now });
    process.stdout.write(`${++count}\n`);
  } catch (error) {
    // The other one was faster, or is at it.
    const { code } = error as { code?: string };
    if (code !== 'DRAFT_CHANGED' && code !== 'DRAFT_MIRRORS_DIFFER') throw error;
  }
}
