import { errorObject, errorText } from './error-text.ts';
import { exitCodeOf } from './exit-code.ts';
import { tellerIn } from './messages/teller.ts';
import { explainSystemError } from './system-error.ts';
import { chooseLanguage, languageFlag, textsIn } from './text.ts';
import { unknownCommand } from './unknown-command.ts';

/** Tells of a failure outside of any command, such as a command that is not there, the way commands do. */
export async function tellFailure(
  error: Error & { oclif?: { exit?: number } },
  argv: readonly string[],
): Promise<void> {
  if (error.oclif?.exit === 0) return;
  const told = /^command .* not found\.?$/i.test(error.message)
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
