import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../../base-command.ts';
import { EXIT } from '../../../exit-code.ts';
import { tellerIn } from '../../../messages/teller.ts';
import type { FillResult } from '../../../services/draft-template.ts';
import { templateArgs, templateFlags } from './template-flags.ts';

const BAR = 30;

/** Many drafts from one. */
export default class DraftTemplateFill extends BaseCommand {
  static override summary = 'Make one draft for each row of data';
  static override description =
    'Each row of --data has a value for each placeholder of the template: words, a path or address of a file (relative ' +
    'to the data), or #RRGGBB. Rows are JSON objects, one a line, or CSV whose first row names the placeholders. draft_name names the draft; without it drafts are called after the template and the line. ' +
    'A row that fails does not stop the others; it is listed, and the exit code is 1.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./template --data rows.jsonl --out ./drafts',
    '<%= config.bin %> <%= command.id %> ./template --data rows.csv --out ./drafts',
    '<%= config.bin %> <%= command.id %> ./template --data - --out "$DRAFTS" --colors brand.json',
  ];
  static override args = templateArgs;
  static override flags = {
    ...templateFlags,
    data: Flags.string({
      description: 'file of rows, JSON Lines or CSV; - is standard input',
      required: true,
    }),
    out: Flags.string({ description: 'folder that gets the drafts', required: true }),
  };

  async run(): Promise<FillResult> {
    const { args, flags } = await this.parse(DraftTemplateFill);
    this.sayIfLarge(args.draft);
    const { fillRows } = await import('../../../services/draft-template.ts');
    const result = await fillRows({
      ...flags,
      draft: args.draft,
      folder: process.cwd(),
      env: this.environment,
      onRow: (done, total) => this.#progress(done, total),
    });
    const { drafts, failed, problems } = result;
    await this.sayProblems(problems);
    for (const { folder } of drafts) this.log(folder);
    this.say(`${drafts.length} ${this.texts.templateRows}, ${failed.length} ${this.texts.templateFailed}`);
    const teller = await tellerIn(this.texts.language);
    for (const { line, code, message } of failed) {
      this.say(`  ${flags.data}:${line}: ${teller.message(code, message)} [${code}]`);
    }
    if (failed.length > 0) process.exitCode = EXIT.failed;
    return result;
  }

  /** A bar on a terminal; elsewhere one line, so that a log is not filled. */
  #progress(done: number, total: number): void {
    const { draw } = this.voice();
    if (draw === undefined) {
      if (done === 1) this.say(`${this.texts.templateStart} ${total}`);
      return;
    }
    const filled = Math.round((BAR * done) / total);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
    draw(`\r${bar} ${done}/${total}${done === total ? '\n' : ''}`);
  }
}
