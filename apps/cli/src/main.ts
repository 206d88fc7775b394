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
  if (await runPlainly(argv)) return;
  const [{ flush }, { runCommand }] = await Promise.all([import('@oclif/core/flush'), import('./run.ts')]);
  await runCommand(argv);
  // What was not written to a reader that left never will be.
  await Promise.race([flush(), readerIsGone]);
}
