import type { Problem } from '@cozecut/problems';
import { BaseCommand } from '../../../base-command.ts';
import { tellerIn } from '../../../messages/teller.ts';

/** What an edit writes with `--json`. */
export interface EditOutput {
  summary: string[];
  /** Where the former state is kept; none when nothing was written. */
  version?: number;
  files: string[];
  problems: Problem[];
}

/** What commands share that change a draft by edits. */
export abstract class EditCommand extends BaseCommand {
  /** Makes the edits and tells what was done. */
  protected async make(
    draft: string,
    edits: unknown,
    flags: { primary?: string | undefined; 'dry-run': boolean; force: boolean },
  ): Promise<EditOutput> {
    this.sayIfLarge(draft);
    const { editDraft } = await import('../../../services/edit-draft.ts');
    const { version, files, summary, problems } = await editDraft({
      draft,
      edits,
      primary: flags.primary,
      dryRun: flags['dry-run'],
      force: flags.force,
      env: this.environment,
      folder: process.cwd(),
    });
    await this.sayProblems(problems);
    const teller = await tellerIn(this.texts.language);
    for (const line of summary) this.say(teller.text(line));
    this.say(
      flags['dry-run']
        ? this.texts.editDryRun
        : files.length > 0
          ? this.texts.editDone
          : this.texts.editNothing,
    );
    for (const file of files) this.log(file);
    return { summary, ...(version === undefined ? {} : { version }), files, problems };
  }
}
