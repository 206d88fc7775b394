import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describePages, ROOT } from './pages.ts';
import { proseOf, readPage } from './read-page.ts';

/** Each Chinese page with the English one that it says in Chinese. */
const pairs = [
  ['README.zh-CN.md', 'README.md'],
  ['docs/README.zh-CN.md', 'docs/README.md'],
  ...globSync('docs/guides/zh-CN/*.md', { cwd: ROOT })
    .sort()
    .map((page) => [page, `docs/guides/${basename(page)}`]),
] as [string, string][];

test('every guide is there in Chinese', () => {
  const guides = globSync('docs/guides/*.md', { cwd: ROOT });
  expect(guides.length).toBeGreaterThan(20);
  expect(guides.filter((guide) => !pairs.some(([, english]) => english === guide))).toEqual([]);
});

describe.each(pairs)('%s says what %s says', (chinese, english) => {
  const of = <T>(read: (path: string) => T) =>
    [read(join(ROOT, chinese)), read(join(ROOT, english))] as const;

  test('the same blocks', () => {
    const [ours, theirs] = of((path) =>
      readPage(path).map(({ line: _, text, setup, ...marks }) => ({
        ...marks,
        setup: setup.map(withoutComments),
        // What is printed is printed in the language of the reader; where a page is run it is compared.
        text: marks.language === '' && marks.file === undefined ? '' : withoutComments(text),
      })),
    );
    expect(ours).toEqual(theirs);
  });

  test('the same headings and tables', () => {
    const [ours, theirs] = of((path) => shapeOf(proseOf(path)));
    expect(ours).toEqual(theirs);
  });

  test('every name in code', () => {
    const [ours, theirs] = of((path) => namesOf(proseOf(path)));
    expect([...theirs].filter((name) => !ours.has(name))).toEqual([]);
  });
});

describePages(
  pairs.map(([page]) => page),
  { LANG: 'zh_CN.UTF-8' },
);

/** Code as it runs: what stands behind `#` is for people, and in their language. */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/(?:^|\s+)#.*$/, ''))
    .join('\n');
}

/** Levels of headings, and rows of tables. */
function shapeOf(text: string): string[] {
  return [...text.matchAll(/^(#+) |^(\|)/gm)].map(([, level, row]) => (level ?? row)!);
}

function namesOf(text: string): Set<string> {
  return new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name!));
}
