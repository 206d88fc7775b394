import { execute, settings } from '@oclif/core';
import pjson from '../package.json' with { type: 'json' };

// A reader that has seen enough, such as `head`, is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// oclif would look for a TypeScript loader; Node reads the sources itself.
settings.enableAutoTranspile = false;
const isSource = import.meta.url.endsWith('.ts');
const target = isSource ? './src/commands.ts' : './dist/commands.js';

await execute({
  dir: import.meta.url,
  loadOptions: {
    root: new URL('..', import.meta.url).pathname,
    pjson: {
      ...pjson,
      oclif: { ...pjson.oclif, commands: { ...pjson.oclif.commands, target } },
    } as never,
  },
});
