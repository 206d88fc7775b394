import { tidyWords } from './command-line.ts';
import { runPlainly } from './run-plainly.ts';
import { showWaitingSign } from './waiting-sign.ts';

/** What a command leaves behind has so long to end. */
const LEFTOVER_MS = 1_000;

/** The program: runs what the arguments of the process say, and ends when all of it is written. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no fault of ours.
  const { promise: readerIsGone, resolve: leave } = Promise.withResolvers<void>();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    leave();
  });

  const argv = tidyWords(process.argv.slice(2));
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
