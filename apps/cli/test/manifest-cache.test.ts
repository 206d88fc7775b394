import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cleanEnvironment, temporaryFolder } from './support.ts';

const root = join(import.meta.dirname, '../../..');
/** As an installed one starts, from its bundle. */
const PROGRAM = ['--preserve-symlinks-main', join(root, 'node_modules/cozecut/bin/run.js')];

const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: kept, version: 1.0.0 }
include: [tools/*.yaml]
openapi:
  overlays: [overlay.yaml]
`;
const TOOL = `apiVersion: cozecut/v1
kind: Tool
name: echo
summary: Says a word again
handler: ../echo.js#echo
input: { $ref: ../input.yaml }
output: { type: object, properties: { word: { type: string, description: What was said } } }
`;
const INPUT = `type: object
required: [word]
properties: { word: { type: string, description: What is said } }
`;
const overlay = (title: string) =>
  `overlay: 1.0.0\ninfo: { title: Ours, version: 1.0.0 }\nactions: [{ target: $.info, update: { title: ${title} } }]\n`;

const base = temporaryFolder();
let plugin: string;
let home: string;

beforeAll(() => {
  execFileSync('npx', ['--no-install', 'nx', 'run', 'cozecut:build'], { cwd: root, stdio: 'pipe' });
}, 600_000);

beforeEach(() => {
  plugin = mkdtempSync(join(base, 'plugin-'));
  home = mkdtempSync(join(base, 'home-'));
  mkdirSync(join(plugin, 'tools'));
  write('plugin.yaml', MANIFEST);
  write('tools/echo.yaml', TOOL);
  write('input.yaml', INPUT);
  write('overlay.yaml', overlay('Kept'));
  write('package.json', '{ "type": "module" }');
  write('echo.js', 'export const echo = ({ word }) => ({ word });');
});

function write(file: string, text: string): void {
  writeFileSync(join(plugin, file), text);
}

const ECHO = ['tool', 'run', 'echo', '--word', 'hi'];

function run(args: readonly string[] = ECHO, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...PROGRAM, ...args], {
    cwd: plugin,
    env: cleanEnvironment({ HOME: home, XDG_CACHE_HOME: '', LOCALAPPDATA: home, ...env }),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What comes out where nothing can be kept. */
function runWithout(args: readonly string[] = ECHO) {
  const nowhere = join(plugin, 'input.yaml');
  return run(args, { XDG_CACHE_HOME: nowhere, LOCALAPPDATA: nowhere });
}

function cacheFolder(): string {
  return join(home, process.platform === 'win32' ? '.' : '.cache', 'cozecut/manifests');
}

/** The one file that is kept. */
function kept(): string {
  const names = readdirSync(cacheFolder());
  expect(names).toHaveLength(1);
  return join(cacheFolder(), names[0]!);
}

/** Whether a run wrote the kept file anew, which it does when there was none that it could use. */
function isWrittenBy(work: () => unknown): boolean {
  const before = statSync(kept()).ino;
  // Held, because the number of a file that is gone would be given to the next one.
  linkSync(kept(), join(mkdtempSync(join(home, 'held-')), 'file'));
  work();
  return statSync(kept()).ino !== before;
}

test('a manifest is kept for its owner alone, and read back from there', () => {
  const expected = runWithout();
  expect(expected).toEqual({ status: 0, stdout: '{\n  "word": "hi"\n}\n', stderr: '' });
  expect(run()).toEqual(expected);
  expect(isWrittenBy(() => expect(run()).toEqual(expected))).toBe(false);
  const modes = [cacheFolder(), kept()].map((path) => statSync(path).mode & 0o777);
  if (process.platform !== 'win32') expect(modes).toEqual([0o700, 0o600]);
  // Which version wrote it; another build is another one.
  expect(readFileSync(kept(), 'utf8')).toMatch(/^cozecut \d+\.\d+\.\d+\S* \w+-[\w-]{8}\.cjs [0-9a-f]{16}\n/);
});

describe('what is kept is not read, but written anew, when it is', () => {
  const changed = (change: (text: string) => string) => () =>
    writeFileSync(kept(), change(readFileSync(kept(), 'utf8')));
  const damages: Record<string, () => void> = {
    empty: changed(() => ''),
    'cut off': changed((text) => text.slice(0, -100)),
    longer: changed((text) => `${text} `),
    'something else': changed(() => 'null\n'),
    'damaged in one place': changed((text) =>
      text.replace(String.raw`value\":\"echo`, String.raw`value\":\"ecco`),
    ),
    'of another version': changed((text) => text.replace(/\d+\.\d+\.\d+/, '9.9.9')),
    'of another build': changed((text) => text.replace('.cjs', 'x.cjs')),
    'open to others': () => chmodSync(kept(), 0o666),
    'a link': () => {
      const file = kept();
      renameSync(file, join(home, 'elsewhere'));
      symlinkSync(join(home, 'elsewhere'), file);
    },
  };
  test.skipIf(process.platform === 'win32').each(Object.entries(damages))('%s', (_, damage) => {
    const expected = run();
    damage();
    expect(isWrittenBy(() => expect(run()).toEqual(expected))).toBe(true);
    expect(isWrittenBy(() => expect(run()).toEqual(expected))).toBe(false);
  });

  test.runIf(process.getuid?.() === 0)("somebody else's", () => {
    const expected = run();
    chownSync(kept(), 4321, 4321);
    expect(isWrittenBy(() => expect(run()).toEqual(expected))).toBe(true);
  });
});

describe('nothing is read or written in a folder that is', () => {
  const changes: Record<string, () => void> = {
    'open to others': () => chmodSync(cacheFolder(), 0o777),
    "somebody else's": () => chownSync(cacheFolder(), 4321, 4321),
    'a link': () => {
      renameSync(cacheFolder(), join(home, 'elsewhere'));
      symlinkSync(join(home, 'elsewhere'), cacheFolder());
    },
  };
  test.runIf(process.getuid?.() === 0).each(Object.entries(changes))('%s', (_, change) => {
    const expected = run();
    writeFileSync(kept(), 'damaged');
    change();
    expect(isWrittenBy(() => expect(run()).toEqual(expected))).toBe(false);
    expect(readFileSync(kept(), 'utf8')).toBe('damaged');
  });
});

test('a change of any file of a manifest counts at once', () => {
  const list = ['tool', 'list'];
  const check = (args: readonly string[], text: string) => {
    const { stdout, stderr, ...rest } = run(args);
    expect(stderr + stdout).toContain(text);
    expect({ ...rest, stdout, stderr }).toEqual(runWithout(args));
  };
  const changes: [file: string, from: string, to: string, args: readonly string[]][] = [
    ['plugin.yaml', 'version: 1.0.0', 'version: 1.0.1', list],
    ['tools/echo.yaml', 'Says a word again', 'Says it once more', list],
    ['input.yaml', 'What is said', 'The very word', [...ECHO.slice(0, 3), '--help']],
    ['overlay.yaml', 'Kept', 'Another title', ['openapi', 'export']],
  ];
  run();
  for (const [file, from, to, args] of changes) {
    check(args, from.split(': ').at(-1)!);
    write(file, readFileSync(join(plugin, file), 'utf8').replace(from, to));
    check(args, to.split(': ').at(-1)!);
  }
  write('tools/more.yaml', TOOL.replace('name: echo', 'name: another_one'));
  check(list, 'another_one');
  rmSync(join(plugin, 'tools/more.yaml'));
  expect(run(list).stdout).not.toContain('another_one');
});

test('mistakes are told with their places, before and after', () => {
  run();
  for (const [file, from, to] of [
    ['echo.js', 'const echo', 'const ecco'],
    ['tools/echo.yaml', 'handler:', 'handle:'],
    ['input.yaml', 'type: string', 'type: strung'],
  ] as const) {
    const text = readFileSync(join(plugin, file), 'utf8');
    write(file, text.replace(from, to));
    const told = run(['tool', 'list']);
    expect(told).toMatchObject({ status: 2 });
    expect(told).toEqual(runWithout(['tool', 'list']));
    write(file, text);
    expect(run()).toMatchObject({ status: 0 });
  }
});

test('only so many are kept, and what a process left behind goes, too', () => {
  run();
  const own = kept();
  for (let number = 0; number < 70; number += 1) {
    const file = join(cacheFolder(), `${number}.json${number % 2 === 0 ? '' : '.12-abc'}`);
    writeFileSync(file, '');
    utimesSync(file, number, number);
  }
  write('plugin.yaml', `${MANIFEST}# changed\n`);
  run();
  const names = readdirSync(cacheFolder());
  expect(names).toHaveLength(50);
  expect(names.map((name) => join(cacheFolder(), name))).toContain(own);
});

test('nothing is needed: no place, none that can be written to, none of the plugin', () => {
  const expected = runWithout();
  expect(run(ECHO, { HOME: '', LOCALAPPDATA: '' })).toEqual(expected);
  expect(run(ECHO, { XDG_CACHE_HOME: 'relative', LOCALAPPDATA: 'relative' })).toEqual(expected);
  write('.env', 'XDG_CACHE_HOME=/nowhere\nLOCALAPPDATA=/nowhere\n');
  expect(run()).toEqual(expected);
  kept();
  expect(readdirSync(plugin).sort()).toEqual(
    ['.env', 'echo.js', 'input.yaml', 'overlay.yaml', 'package.json', 'plugin.yaml', 'tools'].sort(),
  );
});

test('no value of a variable is kept', () => {
  write('plugin.yaml', MANIFEST.replace('version: 1.0.0', 'version: "${env:VERSION}"'));
  write('.env', 'VERSION=7.7.7\n');
  expect(run(['tool', 'list']).stderr).toContain('7.7.7');
  expect(readFileSync(kept(), 'utf8')).not.toContain('7.7.7');
});
