import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { flush } from '@oclif/core/flush';
import { run } from '@oclif/core/run';
import { settings } from '@oclif/core/settings';
import { tellFailure } from './failure.ts';

// A reader that has seen enough, such as `head`, is no fault of ours.
const { promise: readerIsGone, resolve: leave } = Promise.withResolvers<void>();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  leave();
});

// oclif would look for a TypeScript loader; Node reads the sources itself.
settings.enableAutoTranspile = false;
const pjson = createRequire(import.meta.url)('../package.json') as { oclif: { commands: object } };
const isSource = import.meta.url.endsWith('.ts');
const target = isSource ? './src/commands.ts' : './dist/commands.js';

try {
  await run(process.argv.slice(2), {
    root: fileURLToPath(new URL('..', import.meta.url)),
    pjson: {
      ...pjson,
      oclif: { ...pjson.oclif, commands: { ...pjson.oclif.commands, target } },
    } as never,
  });
  // What was not written to a reader that left never will be.
  await Promise.race([flush(), readerIsGone]);
} catch (error) {
  tellFailure(error as Error, process.argv.slice(2));
}
