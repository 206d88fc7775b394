import { globSync } from 'node:fs';
import { describePages, ROOT } from './pages.ts';

// All but the Chinese pages and those of the packages, which have tests of their own.
describePages([
  'README.md',
  ...globSync(['CON*.md', 'docs/*.md', 'docs/{adr,examples,guides,reference}/*.md', 'tools/bench/*.md'], {
    cwd: ROOT,
  }).sort(),
]);
