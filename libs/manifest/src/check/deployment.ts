import type { Problem } from '@cozecut/problems';
import { child, entriesOf, type Node, problemAt } from '../source/node.ts';
import type { Deployment, Tool } from '../types.ts';
import { execFinding } from './handler-exec.ts';
import { type ToolSource, toolProblem } from './tool-source.ts';

/** Every deployment says its mode or its modes. */
export function checkModes(root: Node, problems: Problem[]): void {
  for (const [name, { value }] of entriesOf(child(root, 'deployments'))) {
    if (value.kind !== 'map') continue;
    const mode = child(value, 'mode');
    const modes = child(value, 'modes');
    if ((mode === undefined) !== (modes === undefined)) continue;
    const both = mode !== undefined;
    problems.push(
      problemAt(root, ['deployments', name, ...(both ? ['mode'] : [])], 'key', {
        code: both ? 'MODE_TWICE' : 'MISSING_KEY',
        severity: 'error',
        message: both
          ? `deployment ${name} has both mode and modes`
          : `deployment ${name} needs mode or modes`,
        hint: 'mode: cloud for one, modes: [cloud, local] for several',
      }),
    );
  }
}

/** Checks that the tools that are enabled can run where the deployment runs them. */
export function checkRunsOn(
  tools: readonly { tool: Tool; source: ToolSource }[],
  deployment: Deployment,
  problems: Problem[],
): void {
  const reachesDevice = deployment.modes.includes('local') || deployment.relay.enabled;
  for (const { tool, source } of tools) {
    if (!tool.enabled) continue;
    const turnOff = `set overrides.tools.${tool.name}.enabled: false in deployments.${deployment.name}`;
    if (tool.runsOn === 'device' && !reachesDevice) {
      problems.push(
        toolProblem(source, ['runsOn'], 'value', {
          code: 'DEVICE_UNREACHABLE',
          message: `it runs on a device, and deployment ${deployment.name} has neither mode local nor a relay`,
          hint: `Add relay: { enabled: true } to deployments.${deployment.name}, or ${turnOff}`,
        }),
      );
    }
    const finding = execFinding(tool);
    if (finding !== undefined) problems.push(toolProblem(source, ['handler'], 'value', finding));
  }
}
