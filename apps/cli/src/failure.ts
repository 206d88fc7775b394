import { closest, UserError } from '@cozecut/problems';
import { COMMAND_IDS } from './command-ids.ts';
import { errorObject, errorText } from './error-text.ts';
import { exitCodeOf } from './exit-code.ts';
import { tellerIn } from './messages/teller.ts';
import { explainSystemError } from './system-error.ts';
import { chooseLanguage, languageFlag, textsIn } from './text.ts';

/** Tells of a failure outside of any command, such as a command that is not there, the way commands do. */
export async function tellFailure(
  error: Error & { oclif?: { exit?: number } },
  argv: readonly string[],
): Promise<void> {
  if (error.oclif?.exit === 0) return;
  const told = /^command .* not found$/.test(error.message)
    ? unknownCommand(argv)
    : explainSystemError(error);
  process.exitCode = exitCodeOf(told);
  if (argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: errorObject(told) }, null, 2)}\n`);
    return;
  }
  const texts = textsIn(chooseLanguage(languageFlag(argv), process.env));
  process.stderr.write(`${errorText(told, texts, await tellerIn(texts.language))}\n`);
}

function unknownCommand(argv: readonly string[]): UserError {
  const names = COMMAND_IDS.map((id) => id.replaceAll(':', ' '));
  const words = argv.slice(0, argv.findIndex((word) => word.startsWith('-')) + 1 || argv.length);
  const given = words.filter((word) => !word.startsWith('-'));
  const topics = new Set(names.map((name) => name.split(' ')[0]));
  const asked = given.slice(0, topics.has(given[0]!) ? 2 : 1).join(' ');
  const [suggestion] = closest(asked, names);
  return new UserError('COMMAND_UNKNOWN', `there is no command "${asked}"`, {
    hint: suggestion === undefined ? otherCommands(given[0] ?? '', names) : `did you mean "${suggestion}"?`,
  });
}

/** The commands of a topic that is right; for anything else the way to all of them. */
function otherCommands(topic: string, names: readonly string[]): string {
  const own = names.filter((name) => name.startsWith(`${topic} `));
  if (own.length === 0) return '`cozecut --help` lists the commands';
  return own.length > 20
    ? `\`cozecut ${topic} --help\` lists the commands`
    : `the commands are ${own.join(', ')}`;
}
