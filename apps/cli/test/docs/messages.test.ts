import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './pages.ts';
import { proseOf } from './read-page.ts';

/** Everything that the program can say. */
const said = globSync('{apps,libs,plugins}/*/src/**/*.{ts,json}', { cwd: ROOT })
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');
/** What a person sees in Coze or in the editor, and no program of ours says. */
const ELSEWHERE = /^(?:the bot answers|a chat that|the app asks|the draft does not|智能体|别人|软件|草稿)/;

test.each(['docs/guides/troubleshooting.md', 'docs/guides/zh-CN/troubleshooting.md'])(
  'what %s says that one sees is what is said',
  (page) => {
    const rows = [...proseOf(join(ROOT, page)).matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell!);
    const messages = rows.filter((cell) => !/^(?:you see|看到|---)/.test(cell) && !ELSEWHERE.test(cell));
    expect(messages.length).toBeGreaterThan(10);
    const unknown = messages
      .flatMap((message) => message.split('…'))
      .map((part) => part.trim())
      .filter((part) => part.length > 3 && !said.includes(part));
    expect(unknown).toEqual([]);
  },
);
