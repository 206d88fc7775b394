import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support.ts';
import { commandsOf, readPage } from './read-page.ts';
import { canRunPages, createPageRunner } from './run-page.ts';

/** The folder of the repository. */
export const ROOT = join(import.meta.dirname, '../../../..');
/** The sources of published libraries whose docstrings have examples. */
export function sourcesWithExamples(): string[] {
  return globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT })
    .filter((source) => /^ *\* @example/m.test(readFileSync(join(ROOT, source), 'utf8')))
    .sort();
}

/** Languages of blocks that are run or checked, and the one of what is not code. */
const LANGUAGES = ['sh', 'bash', 'ts', 'js', 'json', 'yaml', ''];

/**
 * Reads pages and does what they say, block by block, each page in a folder of its own, with the emulator for a Coze.
 *
 * @param pages - Paths inside of the repository.
 * @param env - What the reader has set besides.
 * @param prepare - Puts what the reader has into the folder of a page.
 */
export function describePages(
  pages: readonly string[],
  env: Record<string, string> = {},
  prepare: (folder: string, media: string) => Promise<void> | void = () => {},
): void {
  let coze: Emulator;
  let media: string;

  beforeAll(async () => {
    const scenario = {
      turns: [{ answer: ['Your video ', 'is ready.'] }],
      workflows: {
        '7400000000000000042': {
          interrupt: { type: 2, data: 'Which city?' },
          next: { output: { plan: 'Two days' } },
        },
        '7400000000000000043': { output: { drafts: '{"drafts": []}' } },
      },
    };
    coze = await startEmulator({ scenario, clock: 'real' });
    media = dirname(Object.values(await makeSampleMedia(join(temporaryFolder(), 'media')))[0]!);
  });
  afterAll(() => coze?.close());

  describe.each(pages)('%s', (page) => {
    const blocks = readPage(join(ROOT, page));

    test('has no block that escapes without a reason', () => {
      const escaping = blocks.filter(
        ({ language, text, skips }) =>
          (!LANGUAGES.includes(language) && skips.length === 0) ||
          (language === '' && /^(?:\$ )?(?:npx )?cozecut |^(?:\$ )?npm /m.test(text)),
      );
      expect(escaping.map(({ line }) => `${page}:${line}`)).toEqual([]);
    });

    test('skips only commands that it has', () => {
      for (const { text, skips, exits } of blocks) {
        for (const { words } of [...skips, ...exits]) {
          if (words !== undefined) expect(commandsOf(text).join('\n')).toContain(words);
        }
      }
    });

    test.skipIf(!canRunPages() || blocks.length === 0)(
      'is true, block by block',
      async () => {
        const folder = temporaryFolder();
        await prepare(folder, media);
        const runner = await createPageRunner(folder, {
          COZE_BASE_URL: coze.url,
          COZE_API_TOKEN: coze.token,
          COZE_BOT_ID: '7400000000000000001',
          DOCS_MEDIA: media,
          DOCS_EXAMPLES: join(ROOT, 'docs/examples'),
          PLUGIN_TOKEN: 'a-token-of-a-reader',
          ...env,
        });
        try {
          for (const block of blocks) {
            await runner.run(block).catch((error: Error) => {
              throw new Error(`${page}:${block.line} ${error.message}`);
            });
          }
        } finally {
          await runner.close();
        }
      },
      // A page may start dozens of programs.
      400_000,
    );
  });
}
