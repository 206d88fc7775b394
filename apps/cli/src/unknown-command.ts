import { closest, UserError } from '@cozecut/problems';
import { COMMAND_IDS } from './command-ids.ts';
import { BASE_FLAGS } from './plain/flags.ts';

const NAMES = COMMAND_IDS.map((id) => id.replaceAll(':', ' '));
const TOPICS = new Set(NAMES.flatMap(topicsOf));
const HELP = new Set(['--help', '-h']);
/** Flags that a topic may have. */
const FLAGS = new Set(['--json', ...Object.keys(BASE_FLAGS).map((name) => `--${name}`)]);

/**
 * What is wrong with a command line that names no command: the words are too many for one, or none is called so.
 *
 * @param argv - The words behind `cozecut`.
 */
export function unknownCommand(argv: readonly string[]): UserError {
  const words = argv.filter((word) => !HELP.has(word));
  const end = words.findIndex((word) => word.startsWith('-'));
  const given = end === -1 ? words : words.slice(0, end);
  if (given.length === 0) {
    return new UserError('COMMAND_UNKNOWN', 'no command is named', {
      hint: '`cozecut --help` lists the commands',
    });
  }
  const starts = given.map((_, index) => given.slice(0, index + 1).join(' ')).reverse();
  const command = starts.find((start) => NAMES.includes(start));
  if (command !== undefined) {
    const more = given.slice(command.split(' ').length);
    return new UserError('USAGE', `cozecut ${command} takes no arguments (got ${more.join(' ')})`, {
      hint: `\`cozecut ${command} --help\` shows how it is called`,
    });
  }
  const topic = starts.find((start) => TOPICS.has(start));
  const asked = given.slice(0, topic === undefined ? 1 : topic.split(' ').length + 1).join(' ');
  const [suggestion] = closest(asked, [...NAMES, ...TOPICS]);
  return new UserError('COMMAND_UNKNOWN', `there is no command "${asked}"`, {
    hint: suggestion === undefined ? otherCommands(topic) : `did you mean "${suggestion}"?`,
  });
}

/**
 * What is wrong with a command line that names a topic and then has a flag that no topic has: the framework would show
 * the help as if all were well.
 *
 * @param argv - The words behind `cozecut`, tidied.
 */
export function flagOfTopic(argv: readonly string[]): UserError | undefined {
  const end = argv.findIndex((word) => word.startsWith('-'));
  const topic = argv.slice(0, Math.max(end, 0)).join(' ');
  if (!TOPICS.has(topic) || NAMES.includes(topic) || argv.some((word) => HELP.has(word))) return undefined;
  const other = argv.slice(end).find((word) => word.startsWith('-') && !FLAGS.has(word.split('=')[0]!));
  if (other === undefined) return undefined;
  return new UserError('USAGE', `there is no flag ${other.split('=')[0]}`, {
    hint: `\`cozecut ${topic} --help\` lists the commands`,
  });
}

/** The commands of a topic that is right; for anything else the way to all of them. */
function otherCommands(topic: string | undefined): string {
  const own = NAMES.filter((name) => name.startsWith(`${topic} `));
  if (own.length === 0) return '`cozecut --help` lists the commands';
  return own.length > 20
    ? `\`cozecut ${topic} --help\` lists the commands`
    : `the commands are ${own.join(', ')}`;
}

function topicsOf(name: string): string[] {
  const words = name.split(' ');
  return words.slice(1).map((_, index) => words.slice(0, index + 1).join(' '));
}
