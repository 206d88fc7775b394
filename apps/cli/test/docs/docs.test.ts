import { globSync } from 'node:fs';
import { describePages, ROOT } from './pages.ts';

const pages = ['CON*.md', 'docs/*.md', 'docs/{adr,examples,guides,reference}/*.md', 'tools/bench/*.md'];
// These have tests of their own, as the Chinese pages and those of the packages have.
const elsewhere = ['docs/README.zh-CN.md', 'docs/reference/cli.md'];

describePages([
  'README.md',
  ...globSync(pages, { cwd: ROOT })
    .filter((page) => !elsewhere.includes(page))
    .sort(),
]);
