import { runPlainly } from './run-plainly.ts';

/** The program: runs what the arguments of the process say, and ends when all of it is written. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no fault of ours.
  const { promise: readerIsGone, resolve: leave } = Promise.withResolvers<void>();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    leave();
  });

  const argv = process.argv.slice(2);
  const isDone = await runPlainly(argv);
  if (!isDone) await (await import('./run.ts')).runCommand(argv);
  // A channel to the process that started this one would keep it alive.
  if (process.connected) process.disconnect();
  if (isDone) return;
  const { flush } = await import('@oclif/core/flush');
  // What was not written to a reader that left never will be.
  await Promise.race([flush(), readerIsGone]);
}
