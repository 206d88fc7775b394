import { join } from 'node:path';
import { type HandlerRef, parseTemplate, type TemplatePart, type Tool } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { HandlerPorts, ToolHandler } from '../types.ts';
import { runProgram } from './run-program.ts';
import { isWhole, resolve, textFrom, type Values } from './template.ts';

type ExecRef = Extract<HandlerRef, { kind: 'exec' }>;

/** Modes in which the caller is a stranger, or a model without a person beside it. */
const REFUSED_MODES: readonly string[] = ['cloud', 'mcp'];
const RULES = { paths: [], secrets: false } as const;

/**
 * Makes a handler that runs a program in the folder of the plugin, without a shell. The input goes to its standard
 * input as JSON; a JSON object on its standard output is the output, anything else becomes `{ text }`.
 *
 * The handler throws these errors:
 *
 * @throws UserError HANDLER_TEMPLATE (at once) when an argument cannot be read, or the program depends on the input.
 * @throws UserError MODE_NOT_ALLOWED in the modes cloud and mcp.
 * @throws UserError INPUT_INVALID when a value is missing, or would be read as an option.
 * @throws UserError EXEC_NOT_FOUND, EXEC_FAILED, EXEC_OUTPUT_TOO_LARGE as {@link runProgram}.
 */
export function execHandler(
  tool: Tool,
  ref: ExecRef,
  pluginFolder: string,
  ports: HandlerPorts,
): ToolHandler<unknown> {
  const [first = [], ...rest] = ref.argv.map((text) => parseTemplate(text, RULES));
  if (first.some((part) => typeof part !== 'string')) {
    throw new UserError('HANDLER_TEMPLATE', `${tool.name}: the program must not depend on the input`, {
      hint: 'write the program as it is, and {name} in the arguments only',
    });
  }
  const name = first.join('');
  // Where the folder of a program is searched from differs between systems.
  const program = /^\.{1,2}[\\/]/.test(name) ? join(pluginFolder, name) : name;

  return async (input, context) => {
    if (REFUSED_MODES.includes(context.mode)) {
      throw new UserError(
        'MODE_NOT_ALLOWED',
        `${tool.name} runs a program, which is not done in ${context.mode} mode`,
        { hint: 'call it in local, relay or manual mode' },
      );
    }
    const stdout = await runProgram(
      { program, args: fillArguments(rest, { input }, tool.name), name },
      {
        folder: pluginFolder,
        env: ports.programEnv ?? {},
        stdin: JSON.stringify(input),
        signal: context.signal,
      },
    );
    return readOutput(stdout);
  };
}

/** A text of the caller must not become an option of the program, such as `-rf`. */
function fillArguments(templates: readonly TemplatePart[][], values: Values, tool: string): string[] {
  const optionsEnd = templates.findIndex((parts) => parts.length === 1 && parts[0] === '--');
  return templates.map((parts, index) => {
    const place = `argument ${index + 1} of ${tool}`;
    const text = textFrom(parts, values, place);
    if (text.includes('\0')) throw new UserError('INPUT_INVALID', `${place} cannot have a NUL character`);
    const isAfterOptions = optionsEnd !== -1 && optionsEnd < index;
    if (text.startsWith('-') && startsWithText(parts, values) && !isAfterOptions) {
      throw new UserError(
        'INPUT_INVALID',
        `${place} must not start with "-" (got ${JSON.stringify(text.slice(0, 40))})`,
        { hint: 'the program would take it for an option; an argument "--" before it in argv allows it' },
      );
    }
    return text;
  });
}

/** Whether the first character comes from the input, and not from a number. */
function startsWithText(parts: readonly TemplatePart[], values: Values): boolean {
  const [first] = parts;
  if (typeof first !== 'object') return false;
  return !isWhole(parts) || typeof resolve(first, values) !== 'number';
}

/** A JSON object, or the text without its last line end. */
function readOutput(stdout: string): unknown {
  try {
    const value: unknown = JSON.parse(stdout);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Text is an output like any other.
  }
  return { text: stdout.replace(/\r?\n$/, '') };
}
