import { stripVTControlCharacters } from 'node:util';
import { didYouMean, orList, showValue, UserError } from '@cozecut/problems';

/** What the framework throws when words do not fit a command. */
interface ParseError extends Error {
  oclif?: unknown;
  /** Arguments that are missing, by name, or words too many. */
  args?: readonly (string | { name: string })[];
  flags?: readonly string[];
  parse?: { input?: { flags?: Readonly<Record<string, { options?: readonly string[] }>> } };
}

/** Messages of the framework, and what is said instead; what stands in the brackets comes as it is. */
const SAYINGS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^Missing required flag (.+)$/, (flag) => `--${flag} is missing`],
  [
    /^Expected --(.+?)=(.*) to be one of: (.+)$/s,
    (flag, value, all) => `--${flag} must be ${either(all)} (got ${showValue(value)})`,
  ],
  [
    /^Expected (.*) to be one of: (.+)$/s,
    (value, all) => `the argument must be ${either(all)} (got ${showValue(value)})`,
  ],
  [
    /^Flag --(.+) expects one of these values: (.+)$/s,
    (flag, all) => `--${flag} must be ${either(all)} (got nothing)`,
  ],
  [/^Flag --(.+) expects a value$/, (flag) => `--${flag} needs a value`],
  [/^Flag --(.+) can only be specified once$/, (flag) => `--${flag} stands there more than once`],
  [
    /^--(.+?)=.* cannot also be provided when using --(.+)$/s,
    (one, other) => `--${one} and --${other} exclude each other`,
  ],
  [
    /^All of the following must be provided when using --(.+): (.+)$/,
    (flag, all) => `--${flag} needs ${all}`,
  ],
];
const NUMBERS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /^Expected an integer but received: (.*)$/s,
    (value) => `must be a whole number (got ${showValue(value)})`,
  ],
  [
    /^Expected an integer greater than or equal to (\S+) but received: (.+)$/,
    (least, value) => `must be >= ${least} (got ${value})`,
  ],
  [
    /^Expected an integer less than or equal to (\S+) but received: (.+)$/,
    (most, value) => `must be <= ${most} (got ${value})`,
  ],
];

/**
 * The error of the framework about words that do not fit, in the words of this program; any other error as it is.
 *
 * @param command - Name of the command, as a person types it.
 */
export function explainUsage<E extends Error>(error: E, command: string): E | UserError {
  const told = sayingOf(error);
  if (told === undefined) return error;
  const hint = told.hint ?? `\`cozecut ${command} --help\` shows how it is called`;
  return new UserError('USAGE', told.message, { hint, cause: error });
}

function sayingOf({
  message,
  args,
  flags,
  parse,
}: ParseError): { message: string; hint?: string | undefined } | undefined {
  if (flags !== undefined && message.startsWith('Nonexistent flag')) {
    const known = ['json', ...Object.keys(parse?.input?.flags ?? {})].map((name) => `--${name}`);
    return { message: `there is no flag ${flags.join(', ')}`, hint: didYouMean(flags[0]!, known) };
  }
  if (args !== undefined && message.startsWith('Unexpected argument')) {
    return { message: `too many arguments: ${args.join(', ')}` };
  }
  if (args !== undefined && message.startsWith('Missing ')) {
    const names = args.map((one) => (typeof one === 'string' ? one : one.name).toUpperCase());
    return { message: `${names.join(', ')} must be given` };
  }
  const [, flag, rest] = /^Parsing --(\S+) \n\t(.*)\nSee more help/s.exec(message) ?? [];
  const number = saying(NUMBERS, rest ?? message);
  if (number !== undefined)
    return { message: `${flag === undefined ? 'the argument' : `--${flag}`} ${number}` };
  // Several mistakes stand below each other.
  const lines = stripVTControlCharacters(message)
    .replace(/\nSee more help with --help$/, '')
    .replace(/^The following errors? occurred:\n/, '')
    .split(/\n\s*/);
  const missing = lines.flatMap((line) => /^\s*Missing required flag (.+)$/.exec(line)?.[1] ?? []);
  if (missing.length > 1 && missing.length === lines.length) {
    return { message: `--${missing.join(', --')} are missing` };
  }
  const said = lines.map((line) => saying(SAYINGS, line.trim()));
  return said.includes(undefined) ? undefined : { message: said.join('; ') };
}

function saying(table: typeof SAYINGS, message: string): string | undefined {
  for (const [pattern, say] of table) {
    const found = pattern.exec(message);
    if (found !== null) return say(...found.slice(1));
  }
  return undefined;
}

function either(list: string): string {
  return orList(list.split(', '));
}
