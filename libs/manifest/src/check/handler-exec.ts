import type { Tool } from '../types.ts';
import type { ToolFinding } from './tool-source.ts';

/** Modes in which a program is not run on the server: the caller is a stranger, or a model. */
const REFUSED_MODES = ['cloud', 'mcp'] as const;

/** What is wrong with a tool that runs a program where it is not run. */
export function execFinding(tool: Tool): ToolFinding | undefined {
  const refused = REFUSED_MODES.filter((mode) => tool.modes.includes(mode));
  if (tool.handler.kind !== 'exec' || tool.runsOn === 'device' || refused.length === 0) return undefined;
  const left = tool.modes.filter((mode) => !(refused as readonly string[]).includes(mode));
  const modes = left.length > 0 ? left : ['local', 'manual'];
  return {
    code: 'EXEC_ON_SERVER',
    message: `it runs a program, which is not done in mode ${refused.join(' or ')}`,
    hint: `Set modes: [${modes.join(', ')}], or runsOn: device`,
  };
}
