import type { PlainCommand } from '../../plain/command.ts';
import { readEnvironment } from '../../settings.ts';
import { manifestChoice, readToolSource, toolCommand } from './tool-plain.ts';

/**
 * The tool that a command line names first.
 *
 * @param argv - The words behind `tool run`.
 * @returns Nothing when there is none, and when the manifest cannot be read; the command itself says why.
 */
export function findTool(argv: readonly string[]): PlainCommand | undefined {
  const [name] = argv;
  if (name === undefined || name.startsWith('-')) return undefined;
  const folder = process.cwd();
  try {
    const choice = { ...manifestChoice(argv), tool: name };
    const source = readToolSource(choice, readEnvironment(process.env, folder), folder);
    const tool = source.plugin.tools.find((one) => one.enabled && one.name === name);
    return tool && toolCommand(tool, source);
  } catch {
    return undefined;
  }
}
