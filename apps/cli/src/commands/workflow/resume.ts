import * as Flags from '@oclif/core/flags';
import { type RunOutput, runOutput } from '../../services/coze/run.ts';
import { interruptible } from '../../services/interrupt.ts';
import { readFlagText } from '../../services/json-input.ts';
import { WorkflowCommand, workflowArgs, workflowFlags } from './workflow-command.ts';

/** Answers a workflow. */
export default class WorkflowResume extends WorkflowCommand {
  static override summary = 'Answer the question of a workflow';
  static override description = 'The ids are those that `workflow run` printed; it may ask again.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> plan-trip --event 7400000000000000009/1 --type 2 --answer Paris',
    '<%= config.bin %> <%= command.id %> plan-trip --event 7400000000000000009/2 --type 5 --answer @form.json',
  ];
  static override args = workflowArgs;
  static override flags = {
    ...workflowFlags,
    event: Flags.string({ required: true, description: 'id of the question' }),
    type: Flags.integer({ required: true, description: 'type of the question' }),
    answer: Flags.string({
      required: true,
      description: 'text, or JSON of an object for a form; @FILE or - for standard input',
    }),
  };

  async run(): Promise<RunOutput> {
    const { args, flags } = await this.parse(WorkflowResume);
    const { event: eventId, type: interruptType, answer, ...choice } = flags;
    const resumeData = readFlagText(answer);
    const { workflow, client } = await this.open(args.workflow, choice);
    const run = await interruptible((signal) =>
      client.workflows.resume({ workflowId: workflow.id, eventId, interruptType, resumeData }, { signal }),
    );
    return this.tell(runOutput(run), args.workflow);
  }
}
