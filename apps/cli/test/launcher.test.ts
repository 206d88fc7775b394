import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { cleanEnvironment, temporaryFolder } from './support.ts';

const checkout = temporaryFolder();
const app = join(checkout, 'apps/cli');
const launcher = join(app, 'bin/run.js');
const source = join(app, 'src/main.ts');
const list = join(app, 'dist/sources.json');

beforeEach(() => {
  for (const folder of ['bin', 'src', 'dist']) mkdirSync(join(app, folder), { recursive: true });
  mkdirSync(join(checkout, 'libs/catalog/data'), { recursive: true });
  for (const file of ['run.js', 'package.json'])
    copyFileSync(join(import.meta.dirname, '../bin', file), join(app, 'bin', file));
  writeFileSync(join(app, 'package.json'), '{ "type": "module", "version": "1.2.3" }');
  writeFileSync(source, "export const main = async (): Promise<void> => console.log('the sources');");
  writeFileSync(join(app, 'dist/main.cjs'), "exports.main = async () => console.log('the bundle');");
  writeFileSync(list, '["apps/cli/src/main.ts"]');
  setTimes(source, 1000);
  setTimes(list, 2000);
});

function setTimes(file: string, seconds: number): void {
  utimesSync(file, seconds, seconds);
}

function started(...args: string[]): string {
  const options = { encoding: 'utf8', env: cleanEnvironment({}) } as const;
  return execFileSync(process.execPath, [launcher, ...args], options).trim();
}

test('a checkout runs the bundle when it is newer than its sources', () => {
  expect(started()).toBe('the bundle');
});

test('a checkout runs its sources once one has changed', () => {
  setTimes(source, 3000);
  expect(started()).toBe('the sources');
});

test('a checkout runs its sources once one of the bundle is gone', () => {
  writeFileSync(list, '["apps/cli/src/main.ts", "libs/a/src/gone.ts"]');
  expect(started()).toBe('the sources');
});

test('a checkout runs its sources when there is no bundle, and while one is written', () => {
  rmSync(list);
  expect(started()).toBe('the sources');
  rmSync(join(app, 'dist'), { recursive: true });
  expect(started()).toBe('the sources');
});

test('an installed package runs its bundle', () => {
  rmSync(join(app, 'src'), { recursive: true });
  rmSync(list);
  expect(started()).toBe('the bundle');
});

test('the version is told without either of them', () => {
  rmSync(join(app, 'dist'), { recursive: true });
  rmSync(join(app, 'src'), { recursive: true });
  expect(started('--version')).toMatch(/^cozecut\/1\.2\.3 \S+ node-v\d/);
});
