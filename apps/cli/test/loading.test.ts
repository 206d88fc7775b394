import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanEnvironment, temporaryFolder } from './support.ts';

const root = join(import.meta.dirname, '../../..');
const folder = temporaryFolder();
const spy = join(folder, 'spy.cjs');

beforeAll(() => {
  execFileSync('npx', ['--no-install', 'nx', 'run', 'cozecut:build'], { cwd: root, stdio: 'pipe' });
  writeFileSync(
    spy,
    `process.on('exit', () => require('node:fs').writeSync(3, JSON.stringify(Object.keys(require.cache))));`,
  );
  writeFileSync(join(folder, 'one.srt'), '1\n00:00:00,000 --> 00:00:01,000\nOne\n');
}, 600_000);

/** The files of the bundle that a command loads, without the hash in their names. */
function loadedBy(...args: string[]): string[] {
  const program = join(root, 'node_modules/cozecut/bin/run.js');
  const given = ['--preserve-symlinks-main', '--require', spy, program, ...args];
  const { status, output } = spawnSync(process.execPath, given, {
    cwd: folder,
    env: cleanEnvironment({}),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  expect({ status, stderr: status === 0 ? '' : output[2] }).toEqual({ status: 0, stderr: '' });
  const files = JSON.parse(output[3]!) as string[];
  return files
    .filter((file) => file.includes('dist'))
    .map((file) => basename(file).replace(/(?:-[\w-]{8})?\.cjs$/, ''));
}

describe('a command that is no draft loads nothing of drafts, nor the checks and documents of manifests', () => {
  test.each([
    '--help',
    'draft --help',
    'draft lint --help',
    'lint --help',
    'config list',
    'catalog search fade',
    'completion bash',
  ])('%s', (line) => {
    const loaded = loadedBy(...line.split(' '));
    expect(loaded).toContain('framework');
    for (const other of ['draft', 'lint-input', 'yaml', 'ajv', 're2js', 'undici']) {
      expect(loaded).not.toContain(other);
    }
  });
});

test('what is called again and again loads no framework', () => {
  const created = loadedBy('draft', 'create', 'one.srt', '--out', 'one');
  expect(created).toContain('draft');
  for (const loaded of [created, loadedBy('tool', 'list')]) {
    expect(loaded).toContain('start');
    expect(loaded).not.toContain('framework');
  }
});

test('help loads the commands that it shows, and no others', () => {
  const loaded = loadedBy('--help');
  expect(loaded).toEqual(expect.arrayContaining(['completion', 'doctor', 'init']));
  expect(loaded).not.toContain('convert');
  expect(loadedBy('draft', '--help')).toContain('convert');
});
