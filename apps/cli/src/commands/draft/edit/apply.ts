import { UserError } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { readUserWords } from '../../../user-file.ts';
import { readJson } from '../../../user-json.ts';
import { EditCommand, type EditOutput } from './edit-base.ts';
import { commonFlags, editArgs } from './edit-flags.ts';

/** Several edits at once. */
export default class DraftEditApply extends EditCommand {
  static override summary = 'Make a list of edits, all or none';
  static override description =
    'FILE (- is standard input) holds a JSON list of edits, such as ' +
    '[{"op":"delete","clip":{"track":"main","index":0},"ripple":true}]. Each kind is a command of its own, and its ' +
    'flags are the keys. Only the state after the last edit has to be right.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./my-draft edits.json',
    '<%= config.bin %> <%= command.id %> ./my-draft --op \'{"op":"volume","track":"music","volume":0.5}\'',
  ];
  static override args = {
    ...editArgs,
    file: Args.string({ description: 'file with a JSON list of edits' }),
  };
  static override flags = {
    ...commonFlags,
    op: Flags.string({
      description: 'one edit as JSON, or @FILE; may be given several times',
      multiple: true,
      multipleNonGreedy: true,
    }),
  };

  async run(): Promise<EditOutput> {
    const { args, flags } = await this.parse(DraftEditApply);
    const { file } = args;
    const listed = file === undefined ? [] : readList(file, readUserWords(file === '-' ? 0 : file, file));
    const said = (flags.op ?? []).map((text) =>
      text.startsWith('@')
        ? readJson(text, readUserWords(text.slice(1), text.slice(1)))
        : readJson('--op', text),
    );
    const edits = [...listed, ...said.flat()];
    if (edits.length === 0) throw new UserError('INPUT_INVALID', 'name a FILE with edits, or give --op');
    return this.make(args.draft, edits, flags);
  }
}

function readList(name: string, text: string): unknown[] {
  const value = readJson(name, text);
  if (Array.isArray(value)) return value;
  throw new UserError('INPUT_INVALID', `${name} must hold a JSON list of edits`);
}
