import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { publishedPackages } from '@cozecut/tools/release';
import { describe, expect, test } from 'vitest';
import { describePages, ROOT } from './pages.ts';
import { proseOf, readPage } from './read-page.ts';

const packages = publishedPackages(ROOT).map(({ name, folder }) => ({
  name,
  page: join(relative(ROOT, folder), 'README.md'),
}));

describe.each(packages)('$name', ({ name, page }) => {
  test('has a page of its own, with something to run', () => {
    expect(existsSync(join(ROOT, page))).toBe(true);
    expect(proseOf(join(ROOT, page)).startsWith(`# ${name}\n`)).toBe(true);
    const run = readPage(join(ROOT, page)).filter(
      ({ language, skips }) =>
        /^(?:sh|ts)$/.test(language) && !skips.some(({ words }) => words === undefined),
    );
    expect(run.length).toBeGreaterThan(0);
  });
});

describePages(packages.map(({ page }) => page));
