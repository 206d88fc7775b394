import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { execute, settings } from '@oclif/core';

// A reader that has seen enough, such as `head`, is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// oclif would look for a TypeScript loader; Node reads the sources itself.
settings.enableAutoTranspile = false;
const pjson = createRequire(import.meta.url)('../package.json') as { oclif: { commands: object } };
const isSource = import.meta.url.endsWith('.ts');
const target = isSource ? './src/commands.ts' : './dist/commands.js';

await execute({
  dir: import.meta.url,
  loadOptions: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    pjson: {
      ...pjson,
      oclif: { ...pjson.oclif, commands: { ...pjson.oclif.commands, target } },
    } as never,
  },
});
