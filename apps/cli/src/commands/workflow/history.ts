import * as Args from '@oclif/core/args';
import { historyOutput } from '../../services/coze/run.ts';
import { WorkflowCommand, workflowArgs, workflowFlags } from './workflow-command.ts';

/** A run of a workflow afterwards. */
export default class WorkflowHistory extends WorkflowCommand {
  static override summary = 'Show what Coze knows of a run of a workflow';
  static override examples = ['<%= config.bin %> <%= command.id %> plan-trip 7400000000000000007'];
  static override args = {
    ...workflowArgs,
    execution: Args.string({ required: true, description: 'execute_id of the run' }),
  };
  static override flags = workflowFlags;

  async run(): Promise<ReturnType<typeof historyOutput>> {
    const { args, flags } = await this.parse(WorkflowHistory);
    const { workflow, client } = await this.open(args.workflow, flags);
    const run = { workflowId: workflow.id, executeId: args.execution };
    const shown = historyOutput(await client.workflows.history(run));
    this.log(JSON.stringify(shown, null, 2));
    return shown;
  }
}
