import * as Flags from '@oclif/core/flags';
import { type RunOutput, runOutput } from '../../services/coze/run.ts';
import { interruptible } from '../../services/interrupt.ts';
import { readJsonInput } from '../../services/json-input.ts';
import { WorkflowCommand, workflowArgs, workflowFlags } from './workflow-command.ts';

/** Runs a workflow. */
export default class WorkflowRun extends WorkflowCommand {
  static override summary = 'Run a workflow at Coze';
  static override description =
    'Prints what its end node gives; of a workflow that asks, the question with the ids that `workflow resume` needs. ' +
    'The exit code is 0 for both.';
  static override examples = ['<%= config.bin %> <%= command.id %> plan-trip --input @trip.json'];
  static override args = workflowArgs;
  static override flags = {
    ...workflowFlags,
    input: Flags.string({ description: 'parameters of the start node: JSON, @FILE or - for standard input' }),
  };

  async run(): Promise<RunOutput> {
    const { args, flags } = await this.parse(WorkflowRun);
    const { input, ...choice } = flags;
    const parameters = readJsonInput(input);
    const { workflow, client } = await this.open(args.workflow, choice);
    const run = await interruptible((signal) =>
      client.workflows.run({ workflowId: workflow.id, parameters }, { signal }),
    );
    return this.tell(runOutput(run), args.workflow);
  }
}
