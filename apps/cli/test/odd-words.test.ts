import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();
const SRT = '1\n00:00:00,000 --> 00:00:01,000\nOne\n';
writeFileSync(join(cwd, 'one.srt'), SRT);
mkdirSync(join(cwd, 'folder'));

test.each([
  ['manifest', 'schema', '--out', 'folder'],
  ['draft', 'schema', '--out', 'folder'],
  ['draft', 'convert', 'one.srt', '--to', 'vtt', '--out', 'folder'],
  ['openapi', 'export', '--out', 'folder', '--check'],
])('a folder is no file to write: %s %s', async (...args) => {
  const run = await cozecut(args, { cwd });
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain(
    `Error: a folder is where a file is needed: ${join(cwd, 'folder')}\nHint: name a file in it\n`,
  );
});

test('what is converted is not written over, by whichever name', async () => {
  linkSync(join(cwd, 'one.srt'), join(cwd, 'other-name.srt'));
  for (const out of ['one.srt', './other-name.srt']) {
    const run = await cozecut(['draft', 'convert', 'one.srt', '--to', 'vtt', '--out', out], { cwd });
    expect(run).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${out} is the file that is read`),
    });
  }
  expect(readFileSync(join(cwd, 'one.srt'), 'utf8')).toBe(SRT);
});

test.each([
  ['help', 'daft'],
  ['-h', 'daft'],
  ['daft', '--help'],
])('help of a command that is not there names one that is: %s %s', async (...args) => {
  const run = await cozecut([...args, '--lang', 'zh'], { cwd });
  expect(run).toMatchObject({ code: 2, stderr: '错误： 没有命令 "daft"\n提示： 是否指 "draft"？\n' });
});

test('dev for a pipe fails where nothing was served', async () => {
  const run = await cozecut(['dev', '--manifest', 'missing.yaml', '--once', '--port', '0'], {
    cwd,
    input: 'hi\n',
  });
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no manifest') });
});
