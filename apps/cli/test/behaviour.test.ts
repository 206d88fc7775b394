import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { cleanEnvironment, cozecut, temporaryFolder, writeEchoes } from './support.ts';

const folder = temporaryFolder();
const CLI = join(import.meta.dirname, '../bin/run.js');

function workFolder(name: string): string {
  const work = join(folder, name);
  mkdirSync(work);
  return work;
}

const exportOf = (segment: object, track_type = 'text') =>
  JSON.stringify({ drafts: [{ project: { name: 'a' }, tracks: [{ track_type, segments: [segment] }] }] });
const caption = exportOf({ type: 'text', content: 'a', time_range: { start: 0, end: 1.5 } });

test('a server that is stopped has said nothing but where it listens', async () => {
  const cwd = workFolder('stopped');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const env = { ...process.env, COZECUT_STORE: join(cwd, 'store'), DRAFT_ROOT: join(cwd, 'drafts') };
    const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--json'], { cwd, env });
    const said: string[] = [];
    const lines = createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
    await once(lines, 'line');
    child.kill(signal);
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(said.map((line) => Object.keys(JSON.parse(line)))).toEqual([['url']]);
  }
});

test('the address of a server with many tools is not pushed out of sight', async () => {
  const cwd = workFolder('many tools');
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0'], { cwd, env: cleanEnvironment({}) });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    if (line === 'Ctrl-C stops.') child.kill('SIGTERM');
    if (line.startsWith('Listening'))
      expect(said).toEqual([
        expect.stringMatching(/^Reading .*plugin\.yaml$/),
        expect.stringMatching(/http:\/\/127\.0\.0\.1:\d+$/),
      ]);
  }
  expect(said.length).toBeLessThan(10);
  expect(said.join('\n')).toMatch(/\d{2,} tools: http\S+\/docs/);
});

test('a command that is interrupted leaves nothing behind', async () => {
  const slow = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': 1_000_000 }).write('ftyp');
  }).listen(0, '127.0.0.1');
  await once(slow, 'listening');
  const address = `127.0.0.1:${(slow.address() as AddressInfo).port}`;
  const work = workFolder('interrupted');
  const temp = workFolder('interrupted temp');
  const segment = {
    type: 'video',
    material_url: `http://${address}/a.mp4`,
    time_range: { start: 0, end: 1 },
  };
  writeFileSync(join(work, 'export.json'), exportOf(segment, 'video'));
  try {
    for (const args of [
      ['draft', 'create', 'export.json', '--out', 'draft'],
      ['tool', 'run', 'generate_draft', '--input', '@input.json'],
    ]) {
      writeFileSync(
        join(work, 'input.json'),
        JSON.stringify({ content: JSON.parse(exportOf(segment, 'video')) }),
      );
      const env = {
        ...process.env,
        TMPDIR: temp,
        COZECUT_EGRESS_ALLOW: address,
        COZECUT_STORE: join(folder, 'interrupted store'),
        DRAFT_ROOT: join(folder, 'interrupted drafts'),
      };
      const child = spawn(process.execPath, [CLI, ...args, '--json'], { cwd: work, env, stdio: 'pipe' });
      let stdout = '';
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      await once(slow, 'request');
      child.kill('SIGTERM');
      const [code] = await once(child, 'close');
      expect(code, args.join(' ')).toBe(130);
      expect(JSON.parse(stdout).error.code).toBe('CANCELLED');
    }
    expect(readdirSync(work).toSorted()).toEqual(['export.json', 'input.json']);
    expect(readdirSync(temp).filter((name) => name.startsWith('cozecut-'))).toEqual([]);
    const root = join(folder, 'interrupted drafts');
    expect(existsSync(root) ? readdirSync(root) : []).toEqual([]);
  } finally {
    slow.closeAllConnections();
    slow.close();
  }
});

test('a command that is not there is told like any mistake', async () => {
  const json = await cozecut(['nosuch', '--json'], { cwd: folder });
  expect(json.code).toBe(2);
  expect(JSON.parse(json.stdout).error.code).toBe('COMMAND_UNKNOWN');
  const near = await cozecut(['draft', 'creat', 'x.json', '--lang=zh'], { cwd: folder });
  expect(near).toMatchObject({ code: 2, stdout: '' });
  expect(near.stderr).toMatch(/^错误： .*"draft creat"\n提示： .*"draft create"/);
});

test('an error is told once, in words', async () => {
  const work = workFolder('words');
  writeFileSync(join(work, 'a.json'), caption);
  writeFileSync(join(work, 'file'), '');
  const create = (...args: string[]) => cozecut(['draft', 'create', ...args], { cwd: work });
  expect((await create('none.json', '--out', 'x')).stderr).toBe(
    'Error: cannot read none.json: there is no such file\n',
  );
  const inFile = await create('a.json', '--out', 'file/x');
  expect(inFile.code).toBe(2);
  expect(inFile.stderr).not.toContain('    at ');
  expect((await create('a.json', '--out', '/')).code).toBe(2);
  writeFileSync(join(work, 'bad.json'), exportOf({ type: 'text', time_range: { start: 5, end: 5 } }));
  const { stderr } = await create('bad.json', '--out', 'x');
  expect(stderr).toMatch(/Error: drafts\[0\]/);
  const segments = Array.from({ length: 30 }, () => ({ type: 'text', time_range: { start: 5, end: 5 } }));
  const many = { drafts: [{ tracks: [{ track_type: 'text', segments }] }] };
  writeFileSync(join(work, 'many.json'), JSON.stringify(many));
  expect((await create('many.json', '--out', 'x', '--time-unit', 'ms')).stderr).toMatch(/19\].*\n… 10 more/);
  const input = await cozecut(['tool', 'run', 'create_draft', '--input', '@none.json'], { cwd: work });
  expect(input).toMatchObject({ code: 2, stderr: expect.stringContaining('none.json') });
});

test('--json tells where a manifest is wrong without repeating the manifest', async () => {
  const work = workFolder('manifest');
  writeFileSync(join(work, 'plugin.yaml'), 'apiVersion: cozecut/v1\nkind: Plugin\nmetdata: {}\n');
  const run = await cozecut(['tool', 'list', '--json'], { cwd: work });
  expect(run.code).toBe(2);
  const { problems } = JSON.parse(run.stdout).error;
  expect(problems[0].location.start).toMatchObject({ line: expect.any(Number) });
  expect(run.stdout).not.toContain('"source"');
});

test('settings: the process is above .env in both spellings, and a blank one is none', async () => {
  const work = workFolder('settings');
  writeFileSync(join(work, 'root.txt'), join(work, 'from-file'));
  writeFileSync(join(work, '.env'), `DRAFT_ROOT=${join(work, 'from-env')}\n`);
  writeFileSync(join(work, 'a.json'), caption);
  const env = { COZECUT_STORE: join(work, 'store') };
  const generate = (more: Record<string, string>) =>
    cozecut(['tool', 'run', 'generate_draft', '--json', '--input', JSON.stringify({ content: caption })], {
      cwd: work,
      env: { ...env, ...more },
    });
  const placeOf = (run: { stdout: string }) => JSON.parse(run.stdout).drafts[0].folder_path;
  expect(placeOf(await generate({}))).toBe(join(work, 'from-env', 'a'));
  const file = join(work, 'root.txt');
  expect(placeOf(await generate({ DRAFT_ROOT_FILE: file }))).toBe(join(work, 'from-file', 'a'));
  writeFileSync(join(work, 'root.txt'), join(work, 'blank'));
  expect(placeOf(await generate({ DRAFT_ROOT: '', DRAFT_ROOT_FILE: file }))).toBe(join(work, 'blank', 'a'));
  const unreadable = await generate({ DRAFT_ROOT_FILE: join(work, 'none') });
  expect(unreadable.code).toBe(2);
  expect(JSON.parse(unreadable.stdout).error.code).toBe('SETTING_UNREADABLE');
});

test('the built-in plugin keeps its store in the current folder', async () => {
  const work = workFolder('store');
  expect((await cozecut(['tool', 'run', 'create_draft', '--name', 'a'], { cwd: work })).code).toBe(0);
  expect(readdirSync(work)).toEqual(['.cozecut']);
});

test('a tool that keeps nothing makes no folder, and runs where it may make none', async () => {
  const work = workFolder('nothing kept');
  writeEchoes(work);
  const run = (store: string) =>
    cozecut(['tool', 'run', 'echo', '--word', 'hi'], { cwd: work, env: { COZECUT_STORE: store } });
  const said = { code: 0, stdout: '{\n  "word": "hi"\n}\n', stderr: '' };
  expect(await run('store')).toEqual(said);
  // A folder cannot be below a file, whoever asks.
  expect(await run('echo.js/store')).toEqual(said);
  expect(readdirSync(work).sort()).toEqual(['echo.js', 'plugin.yaml']);
});

test('of many warnings the first are told, and how many more there are', async () => {
  const folder = temporaryFolder();
  const clips = Array.from({ length: 50 }, (_, index) => ({
    text: 'a caption',
    start: index * 2000,
    duration: 2000,
    transform: { y: -0.99 },
  }));
  const timeline = {
    schema: 'draft-timeline/1',
    name: 'Many',
    timeUnit: 'ms',
    canvas: { width: 1080, height: 1920, fps: 30 },
    tracks: [{ type: 'text', captions: true, clips }],
  };
  writeFileSync(join(folder, 'timeline.json'), JSON.stringify(timeline));
  const told = await cozecut(['draft', 'create', 'timeline.json', '--out', 'a'], { cwd: folder });
  expect(told.stderr.match(/DR118/g)).toHaveLength(20);
  expect(told.stderr).toContain('… 30 more; --json has them all');
  const all = await cozecut(['draft', 'create', 'timeline.json', '--out', 'b', '--json'], { cwd: folder });
  expect(JSON.parse(all.stdout).problems).toHaveLength(50);
});

test('who looks into a store makes none, and a store that is not there has no backup', async () => {
  const cwd = workFolder('no store');
  const told = async (...args: string[]) => {
    const { code, stdout } = await cozecut([...args, '--json'], { cwd });
    return { code, output: JSON.parse(stdout) };
  };
  expect(await told('job', 'list')).toEqual({ code: 0, output: { jobs: [], total: 0 } });
  expect(await told('auth', 'token', 'list')).toEqual({ code: 0, output: { tokens: [] } });
  for (const args of [
    ['job', 'show', 'x'],
    ['auth', 'token', 'revoke', 'x'],
    ['store', 'backup', 'copy'],
  ]) {
    expect(await told(...args)).toMatchObject({ code: 2, output: { error: { code: 'STORE_NOT_FOUND' } } });
  }
  expect(readdirSync(cwd)).toEqual([]);
});

test('a plugin folder is as open as any that is made, and one that is there stays the same', async () => {
  const cwd = workFolder('folders');
  mkdirSync(join(cwd, 'any'));
  mkdirSync(join(cwd, 'there'));
  const before = statSync(join(cwd, 'there')).ino;
  expect((await cozecut(['init', 'made'], { cwd })).code).toBe(0);
  expect((await cozecut(['init', '.'], { cwd: join(cwd, 'there') })).code).toBe(0);
  expect(statSync(join(cwd, 'made')).mode).toBe(statSync(join(cwd, 'any')).mode);
  expect(statSync(join(cwd, 'there')).ino).toBe(before);
  expect(readdirSync(join(cwd, 'there')).sort()).toEqual(readdirSync(join(cwd, 'made')).sort());
  expect(readdirSync(cwd).sort()).toEqual(['any', 'made', 'there']);
  // The document that it came with is the one that is checked.
  const check = ['openapi', 'export', '--profile', 'coze', '--check'];
  expect(await cozecut(check, { cwd: join(cwd, 'made') })).toMatchObject({ code: 0 });
  writeFileSync(join(cwd, 'made/openapi/coze.yaml'), 'openapi: 3.0.1\n');
  expect(await cozecut(check, { cwd: join(cwd, 'made') })).toMatchObject({ code: 3 });
  const local = ['openapi', 'export', '--profile', 'local', '--check'];
  expect(await cozecut(local, { cwd: join(cwd, 'made') })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--check needs --out: there is no '),
  });
});

test.skipIf(process.platform === 'win32')(
  'an output goes through a link, and into what is no file',
  async () => {
    const cwd = workFolder('outputs');
    writeFileSync(join(cwd, 'real.json'), '');
    symlinkSync('real.json', join(cwd, 'link.json'));
    expect((await cozecut(['draft', 'schema'], { cwd })).code).toBe(0);
    const schema = ['manifest', 'schema', '--out'];
    expect((await cozecut([...schema, 'link.json'], { cwd })).code).toBe(0);
    expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true);
    const text = readFileSync(join(cwd, 'real.json'), 'utf8');
    expect(JSON.parse(text)).toHaveProperty('$schema');
    const command = `'${process.execPath}' '${CLI}' ${schema.join(' ')} /dev/stdout | cat`;
    expect(spawnSync('/bin/sh', ['-c', command], { cwd, encoding: 'utf8' }).stdout).toBe(text);
    writeFileSync(join(cwd, 'file'), '');
    const blocked = await cozecut(['plugin', 'export', '--profile', 'local', '--out', 'file'], { cwd });
    expect(blocked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a file is where a folder is needed'),
    });
  },
);

test.skipIf(!existsSync('/dev/full'))('an output that cannot be written is told without a stack', () => {
  for (const args of [
    ['tool', 'list'],
    ['manifest', 'schema'],
    ['manifest', 'schema', '--json'],
  ]) {
    const full = openSync('/dev/full', 'w');
    const run = spawnSync(process.execPath, [CLI, ...args], {
      cwd: folder,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/Error: the output could not be written: ENOSPC\n$/);
  }
});

const isRoot = process.getuid?.() === 0;

test.skipIf(process.platform === 'win32' || (isRoot && process.platform !== 'linux'))(
  'where nothing may be written it says so, whoever writes',
  async () => {
    const cwd = workFolder('read only');
    // Permissions do not bind root; the files of the kernel do.
    const closed = isRoot ? '/sys' : join(cwd, 'closed');
    if (!isRoot) mkdirSync(closed, { mode: 0o500 });
    for (const args of [
      ['init', join(closed, 'my-plugin')],
      ['openapi', 'export', '--out', join(closed, 'api.yaml')],
    ]) {
      const { code, stdout, stderr } = await cozecut(args, { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`Error: not allowed to write ${closed}`);
      expect(stderr).toContain('Hint: choose another folder, or change its permissions');
      expect(stderr).not.toMatch(/XXXXXX|\.tmp|EACCES/);
    }
  },
);
