import type { CozeClient } from '@cozecut/coze-transport';
import type { Region } from '@cozecut/manifest';
import * as Args from '@oclif/core/args';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import type { CozeTarget } from '../../services/coze/place.ts';
import type { RunOutput } from '../../services/coze/run.ts';
import { type ManifestChoice, readManifest } from '../../services/manifest.ts';
import { regionFlag } from '../auth/region-flag.ts';

/** Argument of commands that are about one workflow. */
export const workflowArgs = {
  workflow: Args.string({
    required: true,
    description: 'name of a workflow in bindings.workflows, or an id',
  }),
};

/** Flags of commands that are about one workflow. */
export const workflowFlags = { ...manifestFlags, ...regionFlag };

/** What the commands about one workflow share. */
export abstract class WorkflowCommand extends BaseCommand {
  /** The workflow and a client for the place it is in. */
  protected async open(
    word: string,
    { region, ...choice }: ManifestChoice & { region?: Region | undefined },
  ): Promise<{ workflow: CozeTarget; client: CozeClient }> {
    const plugin = readManifest(choice, this.environment, process.cwd());
    const { workflowNamed } = await import('../../services/coze/place.ts');
    const workflow = workflowNamed(plugin, word, region);
    const { cozeClient } = await import('../../services/coze.ts');
    const client = cozeClient(plugin, workflow, this.environment);
    const { addressOf } = await import('../../services/coze/ways.ts');
    this.onAsk(addressOf(workflow, this.environment));
    return { workflow, client };
  }

  /** Prints the output, or the question and the command that answers it. */
  protected tell(run: RunOutput, word: string): RunOutput {
    if (run.status === 'completed') {
      this.log(typeof run.output === 'string' ? run.output : JSON.stringify(run.output, null, 2));
      return run;
    }
    const { event_id, type, question, parameters } = run.interrupt;
    this.log(question);
    for (const { name, type: wanted, description, isRequired } of parameters) {
      this.log(`  ${name}${isRequired ? '*' : ''} (${wanted || 'string'})  ${description}`.trimEnd());
    }
    const answer = parameters.length > 0 ? "'{…}'" : '…';
    this.say(
      `${this.texts.workflowAsks} cozecut workflow resume ${word} --event ${event_id} --type ${type} --answer ${answer}`,
    );
    return run;
  }
}
