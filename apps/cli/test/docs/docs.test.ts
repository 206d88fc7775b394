import { globSync } from 'node:fs';
import { describePages, ROOT } from './pages.ts';

describePages(['README.md', ...globSync('docs/guides/*.md', { cwd: ROOT }).sort()]);
