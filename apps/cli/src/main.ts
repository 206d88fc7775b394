import { flush } from '@oclif/core/flush';
import { runCommand } from './run.ts';

/** The program: runs what the arguments of the process say, and ends when all of it is written. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no fault of ours.
  const { promise: readerIsGone, resolve: leave } = Promise.withResolvers<void>();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    leave();
  });

  await runCommand(process.argv.slice(2));
  // What was not written to a reader that left never will be.
  await Promise.race([flush(), readerIsGone]);
}
