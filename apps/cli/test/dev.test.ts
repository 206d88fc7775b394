import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { cozecut, post, start, temporaryFolder } from './support.ts';
import { hasTerminal, inTerminal } from './terminal.ts';

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
async function dev(name: string, { breaksFirst = false, args = [] as string[], env = {} } = {}) {
  expect(await cozecut(['init', name, '--quiet'], { cwd: home })).toMatchObject({ code: 0 });
  const folder = join(home, name);
  if (breaksFirst) appendFileSync(join(folder, 'plugin.yaml'), 'odd: 1\n');
  const child = start(['dev', '--port', '0', '--json', ...args], { cwd: folder, env });
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
  return { child, next, edit, folder };
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
  const { child, next, edit } = await dev('broken', { breaksFirst: true });
  expect(await next('failed')).toMatchObject({ isServing: false });
  edit('plugin.yaml', /odd: 1\n/, '');
  const { url } = await next('serving');
  expect(await call(url)).toEqual({ words: 2, seconds: 2 });
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
});

test('what a handler prints is shown; a timer of it that throws ends the server until the next change', async () => {
  const { next, edit } = await dev('crashing');
  await next('serving');
  const throwing = 'setTimeout(() => { throw new Error("late"); }, 1);';
  edit('src/count-words.ts', '  const words', `  console.log('said by it');\n  ${throwing}\n  const words`);
  const { url } = await next('serving');
  await call(url).catch(() => {});
  const lines: unknown[] = [];
  while (!lines.some((line) => String(line).includes('"tool":"count_words","error":"Error: late')))
    lines.push((await next('log')).line);
  expect(lines).toContain('said by it');
  expect(await next('failed')).toMatchObject({ isServing: false, error: { code: 'SERVER_ENDED' } });
  edit('src/count-words.ts', throwing, '');
  const again = await next('serving');
  expect(await call(again.url)).toEqual({ words: 2, seconds: 2 });
});

test('only files of the plugin start a new version: not its store, nor what its tools write', async () => {
  const env = { COZECUT_STORE: 'data/store', DRAFT_ROOT: 'drafts' };
  const { child, next, edit, folder } = await dev('writing', { env });
  await next('serving');
  const handler = 'src/count-words.ts';
  // What a handler imports and what it reads beside itself are parts of the plugin, too.
  mkdirSync(join(folder, 'words'));
  writeFileSync(
    join(folder, 'src/more.ts'),
    "export const more = new URL('../words/few.txt', import.meta.url);\n",
  );
  writeFileSync(join(folder, 'words/few.txt'), 'one');
  edit(handler, /^/, "import { readFileSync } from 'node:fs';\nimport { more } from './more.ts';\n");
  edit(handler, 'seconds: (', "seconds: readFileSync(more, 'utf8').length - 3 + (");
  await next('changed');
  const { url } = await next('serving');
  expect(await call(url)).toEqual({ words: 2, seconds: 2 });

  // The call was recorded in the store. What tools and people leave behind lies beside the plugin.
  mkdirSync(join(folder, 'drafts/one'), { recursive: true });
  writeFileSync(join(folder, 'drafts/one/draft_content.json'), '{}');
  writeFileSync(join(folder, 'data/notes.ts'), 'export {};');
  writeFileSync(join(folder, 'plugin.yaml~'), '');
  writeFileSync(join(folder, 'words/few.txt'), 'three');
  expect(await next('changed')).toEqual({ type: 'changed', files: ['words/few.txt'] });
  await next('serving');
  expect(await call(url)).toEqual({ words: 2, seconds: 4 });

  // The settings beside the manifest are read anew, too.
  edit('plugin.yaml', 'summary: Count the words', 'summary: ${env:SAY:-Count} the words');
  await next('serving');
  writeFileSync(join(folder, '.env'), 'SAY=Tell\n');
  expect(await next('changed')).toEqual({ type: 'changed', files: ['.env'] });
  expect(await next('serving')).toMatchObject({ changes: { changed: ['count_words'] } });
  expect(child.exitCode).toBe(null);
});

test('a bot calls the tools of the version that serves, as a cloud plugin and as a local one', async () => {
  const { child, next, edit } = await dev('talking');
  const say = async (text: string) => {
    child.stdin.write(`${text}\n`);
    return String((await next('answer')).text);
  };
  expect(await next('emulator')).toMatchObject({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/) });
  await next('serving');
  child.stdin.write('count_words {"text": "one two", "words_per_minute": "60"}\n');
  expect(await next('tool.started')).toMatchObject({ tool: 'count_words', way: 'cloud' });
  expect(await next('tool.finished')).toMatchObject({
    ok: true,
    output: { success: true, words: 2, seconds: 2 },
  });
  expect(String((await next('answer')).text)).toContain('"seconds": 2');
  expect(await say('count_words one two three')).toContain('"words": 3');
  expect(await say('count_words chinese')).toContain('"seconds": 0.9');
  expect(await say('count_words')).toContain('"seconds": 4');
  expect(await say('count_words {"text"')).toMatch(/count_words: .*JSON/);
  expect(await say('count_wrds')).toContain('count_words ?');
  expect(await say('{"toString": false}')).toContain('count_words {"text"');

  edit('plugin.yaml', 'modes: [cloud, manual]', 'modes: [cloud, local, manual]');
  await next('serving');
  child.stdin.write('count_words here\n');
  expect(await next('tool.finished')).toMatchObject({ way: 'local', ok: true, output: { words: 1 } });
  expect(String((await next('answer')).text)).not.toContain('success');

  // A document that Coze would refuse is told; the plugin serves all the same.
  edit('plugin.yaml', 'summary: Count the words of a text', 'summary: ""');
  const event = await Promise.race([next('refused'), next('failed')]);
  expect(JSON.stringify(event)).toContain('summary');
});

test('the chat of the page and other programs reach the same bot', async () => {
  const { next, folder } = await dev('shared');
  const { url: base, token, bot_id } = await next('emulator');
  const apart = Date.parse((await fetch(String(base))).headers.get('date') ?? '') - Date.now();
  expect(Math.abs(apart)).toBeLessThan(3_600_000);
  const { url } = await next('serving');
  const { body } = await post(`${url}/coze/sessions`, {});
  const id = /"session_id":"([^"]+)"/.exec(JSON.stringify(body))![1];
  const answer = await post(`${url}/coze/sessions/${id}/messages`, { message: 'count_words a b' });
  expect(JSON.stringify(answer.body)).toContain('words');
  const env = { COZE_BASE_URL: String(base), COZE_API_TOKEN: String(token) };
  const chat = await cozecut(['bot', 'chat', String(bot_id), '--say', 'count_words a b c'], {
    cwd: folder,
    env,
  });
  expect(chat).toMatchObject({ code: 0, stdout: expect.stringContaining('"words": 3') });
});

test('lines of a pipe are answered, and --once ends with them; --scenario plays a script', async () => {
  const folder = join(home, 'scripted');
  expect(await cozecut(['init', folder, '--quiet'], { cwd: home })).toMatchObject({ code: 0 });
  const args = ['dev', '--port', '0', '--once', '--quiet'];
  const run = await cozecut(args, { cwd: folder, input: 'count_words one two\n\ncount_words one\n' });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout.match(/"words": \d/g)).toEqual(['"words": 2', '"words": 1']);
  writeFileSync(join(folder, 'scenario.json'), '{"turns":[{"answer":["Good ","morning"]}]}');
  const scripted = await cozecut([...args, '--scenario', 'scenario.json'], { cwd: folder, input: 'hi\n' });
  expect(scripted).toMatchObject({ code: 0, stdout: 'Good morning\n' });
  const wrong = await cozecut([...args, '--scenario', 'none.json'], { cwd: folder, input: 'hi\n' });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('none.json') });
});

test('without the emulator the server has the settings of the person', async () => {
  const folder = join(home, 'alone');
  expect(await cozecut(['init', folder, '--quiet'], { cwd: home })).toMatchObject({ code: 0 });
  const args = ['dev', '--port', '0', '--once', '--no-emulator', '--json'];
  const { code, stdout } = await cozecut(args, { cwd: folder, input: 'hi\n' });
  // Whoever pipes into it learns that it was not answered.
  expect(code).toBe(2);
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  expect(events.map(({ type }) => type)).not.toContain('emulator');
  expect(events.find(({ type }) => type === 'chat.failed')).toMatchObject({
    error: { code: 'ROUTE_NOT_FOUND', message: expect.any(String) },
  });
});

test.skipIf(!hasTerminal)('at a terminal keys do what ? says, and one line tells what changed', async () => {
  const folder = join(home, 'keyed');
  expect(await cozecut(['init', folder, '--quiet'], { cwd: home })).toMatchObject({ code: 0 });
  const { code, screen } = await inTerminal(['dev', '--port', '0'], { cwd: folder }, [
    ['? for the keys', '?'],
    ['q  quit', 'c'],
    ['> ', 'count_words one two three\r'],
    ['"seconds"', 'e'],
    ['1-2: ', '2\r'],
    ['"seconds": 0.9', 'c'],
    // Ctrl-C leaves the question, not the program.
    ['> ', '\u0003'],
    ['^C', 'l'],
    ['no problems', 't'],
    ['2 passed', 'r'],
    ['Listening on', 'q'],
  ]);
  expect({ code, screen }).toMatchObject({ code: 0 });
  expect(screen).toContain('e  let the bot call a tool with one of its examples');
  expect(screen).toMatch(/← done count_words \(\d+ ms\)/);
});
