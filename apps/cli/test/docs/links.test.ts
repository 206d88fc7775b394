import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './pages.ts';
import { proseOf } from './read-page.ts';

const pages = globSync(
  ['*.md', '.changeset/*.md', 'docs/**/*.md', '{apps,libs,plugins}/*/README.md', 'tools/**/README.md'],
  { cwd: ROOT, exclude: (name) => ['node_modules', 'dist'].includes(name) },
).sort();

describe.each(pages)('%s', (page) => {
  test('links to files and headings that are there', () => {
    const missing = linksOf(page).filter(({ file, place }) => {
      if (!existsSync(file)) return true;
      return place !== undefined && file.endsWith('.md') && !placesIn(file).has(place);
    });
    expect(missing).toEqual([]);
  });
});

test('every guide ends with the next step', () => {
  const guides = pages.filter((page) => page.startsWith('docs/guides/'));
  const last = (page: string) => readFileSync(join(ROOT, page), 'utf8').trimEnd().split('\n\n').at(-1)!;
  expect(guides.filter((page) => !/^(?:Next: |下一步：)/.test(last(page)))).toEqual(
    guides.filter((page) => page.endsWith('troubleshooting.md')),
  );
});

test('paths of the repository that are named in code are there', () => {
  const named = pages.flatMap((page) =>
    [...proseOf(join(ROOT, page)).matchAll(/`((?:apps|libs|plugins|tools|docs)\/[\w./-]+)`/g)].map(
      ([, path]) => path!,
    ),
  );
  expect(named.length).toBeGreaterThan(30);
  // `docs/dist` is made by a build.
  expect(named.filter((path) => !/NNN|^docs\/dist/.test(path) && !existsSync(join(ROOT, path)))).toEqual([]);
});

test('the architecture names every project', () => {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const projects = globSync('{apps,libs,plugins}/*/package.json', { cwd: ROOT }).map((file) =>
    basename(dirname(file)),
  );
  expect(projects.filter((name) => !new RegExp(`^(?:\\w+/)? +${name} `, 'm').test(text))).toEqual([]);
});

test('every page of the documentation is reached from the README, and every guide from the index of its language', () => {
  const reached = new Set<string>();
  const queue = ['README.md'];
  for (let page = queue.pop(); page !== undefined; page = queue.pop()) {
    if (reached.has(page)) continue;
    reached.add(page);
    for (const { file } of linksOf(page)) {
      if (existsSync(file) && statSync(file).isFile() && file.endsWith('.md'))
        queue.push(relative(ROOT, file));
    }
  }
  expect(pages.filter((page) => /^docs\//.test(page) && !reached.has(page))).toEqual([]);
  for (const [index, guides] of [
    ['docs/README.md', 'docs/guides/*.md'],
    ['docs/README.zh-CN.md', 'docs/guides/zh-CN/*.md'],
  ] as const) {
    const listed = new Set(linksOf(index).map(({ file }) => relative(ROOT, file)));
    const pages = globSync([guides, 'docs/*/README.md', 'docs/reference/*.md'], { cwd: ROOT });
    expect(pages.filter((page) => !listed.has(page))).toEqual([]);
  }
  const records = new Set(linksOf('docs/adr/README.md').map(({ file }) => relative(ROOT, file)));
  expect(pages.filter((page) => /adr\/\d/.test(page) && !records.has(page))).toEqual([]);
});

/** Where the links and pictures of a page lead inside of the repository: a file, and a heading in it. */
function linksOf(page: string): { file: string; place: string | undefined }[] {
  const text = proseOf(join(ROOT, page)).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map(([, target, attribute]) => (target ?? attribute)!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path, place] = target.split('#') as [string, string | undefined];
      return { file: path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path), place };
    });
}

/** The names that the hosts of repositories give to the headings of a page. */
function placesIn(file: string): Set<string> {
  const headings = [...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, words]) => words!);
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
