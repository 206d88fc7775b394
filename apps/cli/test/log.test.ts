import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const LOG = join(import.meta.dirname, '../src/log.ts');

/** Runs a program that logs the words it is given in one turn, and then does something. */
function logged(then: string): { status: number | null; messages: string[] } {
  const program = `
    import { createLog, turnByTurn } from ${JSON.stringify(LOG)};
    const log = createLog('info', turnByTurn((lines) => process.stderr.write(lines)));
    log.info('one');
    log.error('two');
    ${then}`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '--eval', program],
    {
      encoding: 'utf8',
    },
  );
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
  return { status, messages: lines.map((line) => (JSON.parse(line) as { message: string }).message) };
}

describe('lines of a log are written in their order, however the program ends', () => {
  test.each([
    ['by itself, after later turns', `setTimeout(() => log.info('three'), 1);`, 0, ['one', 'two', 'three']],
    ['at once', 'process.exit(3);', 3, ['one', 'two']],
    ['by a failure that nobody catches', `throw new Error('no');`, 1, ['one', 'two']],
    [
      'while a write waits',
      `setImmediate(() => { log.info('three'); process.exit(4); });`,
      4,
      ['one', 'two', 'three'],
    ],
  ])('%s', (_how, then, status, messages) => {
    expect(logged(then)).toEqual({ status, messages });
  });
});
