import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { cozecut, post, start, temporaryFolder } from './support.ts';

const home = temporaryFolder();
const running: ReturnType<typeof start>[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  }
});

type Event = { type: string; [key: string]: unknown };

/** Starts `dev` on a new plugin; `next` waits for the next event of a type. */
async function dev(name: string, breaksFirst = false) {
  expect(await cozecut(['init', name, '--quiet'], { cwd: home })).toMatchObject({ code: 0 });
  const folder = join(home, name);
  if (breaksFirst) appendFileSync(join(folder, 'plugin.yaml'), 'odd: 1\n');
  const child = start(['dev', '--port', '0', '--json'], { cwd: folder });
  running.push(child);
  const events: Event[] = [];
  let wake = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line));
    wake.resolve();
    wake = Promise.withResolvers();
  });
  async function next(type: string): Promise<Event> {
    for (;;) {
      const at = events.findIndex((event) => event.type === type);
      if (at >= 0) return events.splice(0, at + 1).at(-1)!;
      await wake.promise;
    }
  }
  const edit = (file: string, from: string | RegExp, to: string) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
  };
  return { child, next, edit };
}

const call = async (url: unknown) =>
  (await post(`${url}/v1/tools/count_words`, { text: 'one two', words_per_minute: 60 })).body;

test('a change is served, one with a mistake is told and not served', async () => {
  const { next, edit } = await dev('changing');
  const { url, changes } = await next('serving');
  expect(changes).toEqual({ added: ['count_words'], removed: [], changed: [] });
  expect(await call(url)).toEqual({ words: 2, seconds: 2 });

  edit('src/count-words.ts', 'seconds: (', 'seconds: 1 + (');
  expect(await next('changed')).toMatchObject({ files: ['src/count-words.ts'] });
  expect(await next('serving')).toMatchObject({ url, changes: { added: [], removed: [], changed: [] } });
  expect(await call(url)).toEqual({ words: 2, seconds: 3 });

  edit('plugin.yaml', 'summary: Count', 'sumary: Count');
  const failed = await next('failed');
  expect(failed).toMatchObject({ isServing: true, error: { code: 'MANIFEST_INVALID' } });
  expect(JSON.stringify(failed)).toContain('summary');
  expect(await call(url)).toEqual({ words: 2, seconds: 3 });

  edit('plugin.yaml', 'sumary: Count', 'summary: Tell and count');
  expect(await next('serving')).toMatchObject({ url, changes: { changed: ['count_words'] } });

  edit('src/count-words.ts', 'const segmenter', 'JSON.parse("");\nconst segmenter');
  expect(await next('failed')).toMatchObject({ isServing: true, error: { code: 'HANDLER_NOT_LOADED' } });
  expect(await call(url)).toEqual({ words: 2, seconds: 3 });
});

test('what cannot be served at first is waited for, and everything ends with the program', async () => {
  const { child, next, edit } = await dev('broken', true);
  expect(await next('failed')).toMatchObject({ isServing: false });
  edit('plugin.yaml', /odd: 1\n/, '');
  const { url } = await next('serving');
  expect(await call(url)).toEqual({ words: 2, seconds: 2 });
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
});
