import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { hostOf, manifestOf, manifestOfGuide, outcome, temporaryFolder } from './support/plugin.ts';

const folder = temporaryFolder();
const services = { programEnv: { PATH: dirname(process.execPath), HOME: '/home/somebody' } };
const write = (name: string, code: string) => writeFileSync(join(folder, name), code);

/** A tool that runs `node FILE ARGUMENTS…`. */
const host = (args: string[], more: object = {}) =>
  hostOf(
    folder,
    manifestOf(
      Object.entries({
        modes: ['manual', 'local', 'relay'],
        handler: { exec: { argv: [process.execPath, ...args] } },
        input: { type: 'object' },
        output: { type: 'object' },
        ...more,
      })
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join('\n'),
    ),
    services,
  );

/** Prints what it was given as an object. */
const SHOW = `
let stdin = '';
for await (const chunk of process.stdin) stdin += chunk;
console.log(JSON.stringify({ args: process.argv.slice(2), stdin, cwd: process.cwd(), env: process.env }));
`;
beforeEach(() => write('show.mjs', SHOW));

test('the guide: input on stdin and in arguments, an object on stdout', async () => {
  write(
    'count.mjs',
    `let text = '';
    for await (const chunk of process.stdin) text += chunk;
    const [language, , word] = process.argv.slice(2);
    if (language !== '--language=en') throw new Error('which language?');
    console.log(JSON.stringify({ count: JSON.parse(text).text.split(' ').filter((one) => one === word).length }));`,
  );
  const words = hostOf(folder, manifestOfGuide('words'), services);
  expect(await outcome(words, { text: 'a -b a', word: 'a' })).toEqual({ count: 2 });
  // After "--" a text may begin with a minus.
  expect(await outcome(words, { text: 'a -b a', word: '-b' }, 'local')).toEqual({ count: 1 });
});

test('a program runs in the folder of the plugin, with the environment that it is given and no other', async () => {
  const output = await outcome(host(['show.mjs', 'x={a.0}', '{b}', '{n}']), {
    a: ['é "1"'],
    b: '$HOME;`ls`',
    n: -5,
  });
  expect(output).toEqual({
    args: ['x=é "1"', '$HOME;`ls`', '-5'],
    stdin: JSON.stringify({ a: ['é "1"'], b: '$HOME;`ls`', n: -5 }),
    cwd: folder,
    env: services.programEnv,
  });
});

test.each([
  ['text', `process.stdout.write('two\\nlines\\r\\n\\n')`, { text: 'two\nlines\r\n' }],
  ['nothing', '', { text: '' }],
  ['a list', `console.log('[1]')`, { text: '[1]' }],
  ['no final line end', `process.stdout.write('x')`, { text: 'x' }],
])('%s on stdout becomes text', async (_name, code, output) => {
  write('say.mjs', code);
  expect(await outcome(host(['say.mjs']), {})).toEqual(output);
});

describe('hostile input', () => {
  test.each(['-rf', '--', '-', '--exec=sh'])('the argument %j would be an option', async (a) => {
    expect(await outcome(host(['show.mjs', '{a}']), { a })).toMatchObject({
      error: { code: 'INPUT_INVALID', message: expect.stringContaining('"-"') },
    });
    expect(await outcome(host(['show.mjs', '{b}{a}']), { a, b: '' })).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    expect(await outcome(host(['show.mjs', '--', '{a}', 'file={a}']), { a })).toMatchObject({
      args: ['--', a, `file=${a}`],
    });
  });

  test('a number may be negative, but nothing follows it', async () => {
    expect(await outcome(host(['show.mjs', '{n}']), { n: -1 })).toMatchObject({ args: ['-1'] });
    expect(await outcome(host(['show.mjs', '{n}{a}']), { n: -1, a: 'rf' })).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
  });

  test('a "--" of the caller opens nothing', async () => {
    const result = await outcome(host(['show.mjs', '{a}', '{b}']), { a: '--', b: '-rf' });
    expect(result).toMatchObject({ error: { code: 'INPUT_INVALID' } });
  });

  test('an argument has no NUL, and a missing one is named', async () => {
    expect(await outcome(host(['show.mjs', '{a}']), { a: 'x\0y' })).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    expect(await outcome(host(['show.mjs', '{a}']), {})).toMatchObject({
      error: { code: 'INPUT_INVALID', message: expect.stringContaining('"a"') },
    });
  });
});

describe('failures', () => {
  test('an exit code is told, with the end of stderr', async () => {
    write(
      'fail.mjs',
      `console.error('first line ' + 'x'.repeat(20_000) + '\\nlast line'); process.exitCode = 3;`,
    );
    const result = await outcome(host(['fail.mjs']), {});
    expect(result).toEqual({
      error: {
        code: 'EXEC_FAILED',
        message: `${process.execPath} ended with exit code 3: last line`,
        problems: [],
      },
    });
  });

  test('a signal is told', async () => {
    write('die.mjs', `process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`);
    expect(await outcome(host(['die.mjs']), {})).toMatchObject({
      error: { code: 'EXEC_FAILED', message: expect.stringContaining('SIGKILL') },
    });
  });

  test.each(['no-such-program', './no-such-program', '../no-such-program'])(
    '%s is not there',
    async (name) => {
      const handler = { exec: { argv: [name] } };
      expect(await outcome(host([], { handler }), {})).toMatchObject({
        error: { code: 'EXEC_NOT_FOUND', message: expect.stringContaining(name) },
      });
    },
  );

  test('a file that is no program cannot be started', async () => {
    write('notes.txt', 'hello');
    const handler = { exec: { argv: ['./notes.txt'] } };
    expect(await outcome(host([], { handler }), {})).toMatchObject({ error: { code: 'EXEC_FAILED' } });
  });

  test('a program that ignores a large input still answers', async () => {
    write('deaf.mjs', `process.stdin.destroy(); console.log('{"ok":true}');`);
    const input = { text: 'x'.repeat(2_000_000) };
    expect(await outcome(host(['deaf.mjs'], { maxInputBytes: 3_000_000 }), input)).toEqual({ ok: true });
  });

  test('too much output ends the program', async () => {
    write(
      'flood.mjs',
      `import { writeFileSync } from 'node:fs';
      writeFileSync('flood.pid', String(process.pid));
      const line = 'x'.repeat(1 << 20);
      const more = () => { while (process.stdout.write(line)); process.stdout.once('drain', more); };
      more();`,
    );
    expect(await outcome(host(['flood.mjs']), {})).toMatchObject({
      error: { code: 'EXEC_OUTPUT_TOO_LARGE' },
    });
    await ended(Number(readFileSync(join(folder, 'flood.pid'), 'utf8')));
  });

  test('the deadline ends a program, also one that will not, and what it started', async () => {
    write(
      'stay.mjs',
      `import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      process.on('SIGTERM', () => {});
      setInterval(() => {}, 1000);
      if (process.argv[2] !== 'inner') {
        const inner = spawn(process.execPath, ['stay.mjs', 'inner'], { stdio: 'inherit' });
        writeFileSync('stay.pids', process.pid + ' ' + inner.pid);
      }`,
    );
    const result = await outcome(host(['stay.mjs'], { timeout: '1500ms' }), {});
    expect(result).toMatchObject({ error: { code: 'DEADLINE_EXCEEDED' } });
    expect(existsSync(join(folder, 'stay.pids'))).toBe(true);
    for (const pid of readFileSync(join(folder, 'stay.pids'), 'utf8').split(' ')) await ended(Number(pid));
  });

  test('a caller that goes away ends the program', async () => {
    write(
      'wait.mjs',
      `import { writeFileSync } from 'node:fs';
      writeFileSync('wait.pid', String(process.pid));
      setInterval(() => {}, 1000);`,
    );
    const leaving = new AbortController();
    const call = host(['wait.mjs']).call('demo', {}, { mode: 'local', signal: leaving.signal });
    while (!existsSync(join(folder, 'wait.pid'))) await sleep(10);
    leaving.abort();
    expect(await call).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    await ended(Number(readFileSync(join(folder, 'wait.pid'), 'utf8')));
  });
});

test.each(['cloud', 'mcp'] as const)('no program runs in %s mode', async (mode) => {
  const onDevice = host(['show.mjs'], { runsOn: 'device', modes: ['local', mode] });
  expect(await outcome(onDevice, {}, mode)).toMatchObject({ error: { code: 'MODE_NOT_ALLOWED' } });
  expect(await outcome(onDevice, {}, 'local')).toMatchObject({ stdin: '{}' });
});

test.each(['cloud', 'mcp'])('the manifest says so where the tool could be called in %s', (mode) => {
  expect(() => host(['show.mjs'], { modes: ['local', mode] })).toThrow(`not done in mode ${mode}`);
});

/** Waits until there is no such process; the test times out when it stays. */
async function ended(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1);
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    // A zombie that nobody waits for has ended too.
    if (existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    await sleep(20);
  }
}
