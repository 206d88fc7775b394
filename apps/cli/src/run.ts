import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { run } from '@oclif/core/run';
import { settings } from '@oclif/core/settings';
import { findCommands } from './commands.ts';
import { tellFailure } from './failure.ts';
import { IS_BUNDLE } from './services/installed.ts';

/**
 * Runs one command line. What comes of it is on stdout and stderr and in `process.exitCode`; nothing is thrown.
 *
 * @param argv - The words behind `cozecut`.
 */
export async function runCommand(argv: readonly string[]): Promise<void> {
  // oclif would look for a TypeScript loader; Node reads the sources itself.
  settings.enableAutoTranspile = false;
  const pjson = createRequire(import.meta.url)('../package.json') as { oclif: { commands: object } };
  const target = IS_BUNDLE ? './dist/commands.cjs' : './src/commands.ts';
  try {
    await findCommands(argv);
    await run([...argv], {
      root: fileURLToPath(new URL('..', import.meta.url)),
      pjson: {
        ...pjson,
        oclif: { ...pjson.oclif, commands: { ...pjson.oclif.commands, target } },
      } as never,
    });
  } catch (error) {
    tellFailure(error as Error, argv);
  }
}
