import { type DraftEditName, listDraftEdits } from '@cozecut/draft-core';
import type { Command, Interfaces } from '@oclif/core';
import { EditCommand, type EditOutput } from './edit-base.ts';
import { commonFlags, editArgs, editOf, flagsOf } from './edit-flags.ts';

/** The command of one kind of edit, made from its schema. */
export function editCommand(name: DraftEditName): Command.Class {
  const { description, schema } = listDraftEdits().find((kind) => kind.name === name)!;
  return class extends EditCommand {
    static override summary = description;
    static override args = editArgs;
    static override flags = { ...flagsOf(schema), ...commonFlags } as Interfaces.FlagInput;

    async run(): Promise<EditOutput> {
      const { args, flags } = await this.parse(this.ctor as Command.Class);
      return this.make(args.draft as string, [editOf(name, schema, flags)], {
        primary: flags.primary as string | undefined,
        'dry-run': flags['dry-run'] === true,
        force: flags.force === true,
      });
    }
  } as unknown as Command.Class;
}
