import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support.ts';
import { commandsOf, readPage } from './read-page.ts';
import { canRunPages, createPageRunner } from './run-page.ts';

const root = join(import.meta.dirname, '../../../..');
const pages = ['README.md', 'README.zh-CN.md', ...globSync('docs/guides/*.md', { cwd: root }).sort()];
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
  const blocks = readPage(join(root, page));

  test('names files that are there', () => {
    const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '');
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
    const missing = links.filter(
      (target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), target)),
    );
    expect(missing).toEqual([]);
  });

  test('names places in them that are there', () => {
    const missing = linksOf(page).filter(({ file, place }) => {
      if (place === undefined || !file.endsWith('.md')) return false;
      return existsSync(file) && !placesIn(readFileSync(file, 'utf8')).has(place);
    });
    expect(missing).toEqual([]);
  });

  test('has no command in a block that is not run', () => {
    const hidden = blocks.filter(
      ({ language, text }) => language === '' && /^(?:npx )?cozecut |^npm /m.test(text),
    );
    expect(hidden.map(({ line }) => line)).toEqual([]);
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
      const runner = await createPageRunner(folder, {
        COZE_BASE_URL: coze.url,
        COZE_API_TOKEN: coze.token,
        COZE_BOT_ID: '7400000000000000001',
        DOCS_MEDIA: media,
        DOCS_EXAMPLES: join(root, 'docs/examples'),
        PLUGIN_TOKEN: 'a-token-of-a-reader',
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
    120_000,
  );
});

/** Where the links of a page lead inside of the repository: a file, and a heading in it. */
function linksOf(page: string): { file: string; place: string | undefined }[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path, place] = target.split('#') as [string, string | undefined];
      return { file: path === '' ? join(root, page) : join(root, dirname(page), path), place };
    });
}

/** The names that the hosts of repositories give to the headings of a page. */
function placesIn(text: string): Set<string> {
  const headings = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(
    ([, words]) => words!,
  );
  return new Set(
    headings.map((words) =>
      words
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\- _]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
