import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { installPacked } from './packed.ts';
import { cleanEnvironment, temporaryFolder } from './support.ts';

const app = temporaryFolder();
const home = temporaryFolder();
const made = join(home, 'my-plugin');
const env = { ...cleanEnvironment({}), PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
let program: string;

beforeAll(() => {
  program = installPacked(app);
}, 600_000);

/** Runs a command line in the plugin as a person would. */
function shell(command: string): string {
  const { status, stdout, stderr } = spawnSync(command, { cwd: made, env, encoding: 'utf8', shell: true });
  expect({ command, status, stdout, stderr }).toMatchObject({ command, status: 0 });
  return stdout;
}

/** What `npm install` does with a network: the packages out of the tarballs, and their commands. */
function install(): void {
  const modules = join(app, 'node_modules');
  const bin = join(made, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  for (const entry of readdirSync(modules))
    symlinkSync(join(modules, entry), join(made, 'node_modules', entry));
  symlinkSync(program, join(bin, 'cozecut'));
  symlinkSync(join(modules, 'typescript/bin/tsc'), join(bin, 'tsc'));
}

type Event = { type: string; [key: string]: unknown };

/** Starts `dev` and gives its events as they come. */
function dev() {
  const child = spawn(process.execPath, [program, 'dev', '--port', '0', '--json'], {
    cwd: made,
    env,
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill());
  const events: Event[] = [];
  let wake = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line));
    wake.resolve();
    wake = Promise.withResolvers();
  });
  return {
    child,
    say: (text: string) => void child.stdin.write(`${text}\n`),
    async next(type: string): Promise<Event> {
      for (;;) {
        const at = events.findIndex((event) => event.type === type);
        if (at >= 0) return events.splice(0, at + 1).at(-1)!;
        await wake.promise;
      }
    },
  };
}

test('from an empty folder to a plugin that Coze calls, and to a draft', { timeout: 120_000 }, async () => {
  expect(spawnSync(process.execPath, [program, 'init', made], { cwd: home, env })).toMatchObject({
    status: 0,
  });
  install();
  const readme = readFileSync(join(made, 'README.md'), 'utf8');
  const [first, ...commands] = /```sh\n(.*?)```/s.exec(readme)![1]!.trim().split('\n');
  expect(first).toBe('npm install');
  for (const command of commands) shell(command);

  // The tool gets another output while it is served.
  const { child, next, say } = dev();
  await next('serving');
  const edit = (file: string, from: string, to: string) => {
    const path = join(made, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  };
  edit(
    'plugin.yaml',
    'words: { type: integer, description: Number of words }',
    'words: { type: integer, description: Number of words }\n        letters: { type: integer, description: Number of letters }',
  );
  expect(await next('serving')).toMatchObject({ changes: { changed: ['count_words'] } });
  edit('src/count-words.ts', 'return { words,', 'return { words, letters: text.length,');
  await next('serving');

  // Coze calls it as a cloud plugin, with the document that the manifest gives now.
  say('count_words {"text": "one two", "words_per_minute": "60"}');
  expect(await next('tool.finished')).toMatchObject({
    way: 'cloud',
    ok: true,
    output: { success: true, words: 2, letters: 7, seconds: 2 },
  });
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);

  shell('npm run generate');
  shell('npm run check');
  shell('npm run typecheck');
  shell('npm run lint');
  expect(readFileSync(join(made, 'openapi/coze.yaml'), 'utf8')).toContain('letters');
  shell('npx --no-install cozecut plugin export --profile coze --deployment cloud --out coze');
  shell('npx --no-install cozecut lint coze/ai_plugin.json coze/openapi.yaml');

  writeFileSync(join(made, 'talk.srt'), '1\n00:00:01,000 --> 00:00:02,000\n你好\n');
  shell('npx --no-install cozecut draft create talk.srt --out talk --zip');
  expect(readFileSync(join(made, 'talk.zip')).subarray(0, 2).toString()).toBe('PK');
  expect(shell('npx --no-install cozecut draft show talk.zip')).toContain('你好');
});
