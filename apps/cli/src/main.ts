import { flush } from '@oclif/core/flush';
import { runCommand } from './run.ts';

// A reader that has seen enough, such as `head`, is no fault of ours.
const { promise: readerIsGone, resolve: leave } = Promise.withResolvers<void>();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  leave();
});

await runCommand(process.argv.slice(2));
// A channel to the process that started this one would keep it alive.
if (process.connected) process.disconnect();
// What was not written to a reader that left never will be.
await Promise.race([flush(), readerIsGone]);
