import { tidyWords } from './command-line.ts';
import { runPlainly } from './run-plainly.ts';
import { chooseLanguage, languageFlag, textsIn } from './text.ts';
import { showWaitingSign } from './waiting-sign.ts';

/** What a command leaves behind has so long to end. */
const LEFTOVER_MS = 1_000;

/** The program: runs what the arguments of the process say, and ends when all of it is written. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no fault of ours.
  const { promise: readerIsGone, resolve: leave } = Promise.withResolvers<void>();
  const argv = tidyWords(process.argv.slice(2));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return leave();
    // What was made is lost. Told and ended at once, before the framework hears of it, which would throw.
    const { error: label, outputLost } = textsIn(chooseLanguage(languageFlag(argv), process.env));
    process.stderr.write(`${label} ${outputLost} ${error.code}\n`);
    process.exit(1);
  });

  // Whoever read what is said has gone; the work goes on, and its exit code is its own.
  process.stderr.on('error', () => {});

  showWaitingSign(argv, process);
  const isDone = await runPlainly(argv);
  if (!isDone) await (await import('./run.ts')).runCommand(argv);
  // A channel to the process that started this one would keep it alive.
  if (process.connected) process.disconnect();
  // What was not written to a reader that left never will be.
  const written = new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  await Promise.race([written, readerIsGone]);
  // A command is done when all that counts is kept: a tool that does not listen to its signal keeps the process no
  // longer.
  setTimeout(() => process.exit(), LEFTOVER_MS).unref();
}
