import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';
import { hasTerminal, inTerminal } from './terminal.ts';

const cwd = temporaryFolder();
let coze: Emulator;
let env: Record<string, string>;

beforeAll(async () => {
  coze = await startEmulator({
    bot: ({ text }) =>
      text === 'wait'
        ? { toolCalls: [{ name: 'slow' }], next: { answer: ['late'] } }
        : { answer: [`You said ${text}`] },
  });
  env = { COZE_BASE_URL: coze.url, COZE_API_TOKEN: coze.token, COZE_BOT_ID: '7400000000000000001' };
  writeFileSync(
    join(cwd, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: slow, version: 1.0.0 }
tools:
  - name: slow
    summary: Takes its time
    handler: ./slow.ts#slow
    modes: [local, manual]
    progress: true
    input: { type: object, properties: {} }
    output: { type: object, properties: { done: { type: boolean, description: Done } } }
  - name: steps
    summary: Goes step by step
    handler: ./slow.ts#steps
    modes: [local, manual]
    progress: true
    input: { type: object, properties: {} }
    output: { type: object, properties: { done: { type: boolean, description: Done } } }
bindings:
  bots: [{ name: friend, region: cn, botId: "7400000000000000001", tools: [slow] }]
  workflows: [{ name: plan, region: cn, workflowId: "7400000000000000003" }]
deployments:
  local: { modes: [local, manual] }
`,
  );
  writeFileSync(
    join(cwd, 'slow.ts'),
    `export const slow = (_: object, { signal }: { signal: AbortSignal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
export const steps = async (_: object, { progress }: { progress(state: object): void }) => {
  progress({ phase: 'first', fraction: 0.25, message: 'step one' });
  progress({ phase: 'first', fraction: 0.5, message: 'step one goes on' });
  progress({ phase: 'second', fraction: 0.75, message: 'step two' });
  return { done: true };
};
`,
  );
});
afterAll(() => coze?.close());

test('elsewhere a line is said for each phase, and stdout has the result alone', async () => {
  const run = await cozecut(['tool', 'run', 'steps'], { cwd });
  expect(run).toEqual({ code: 0, stdout: '{\n  "done": true\n}\n', stderr: 'step one\nstep two\n' });
  expect(await cozecut(['tool', 'run', 'steps', '--quiet'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  const json = await cozecut(['tool', 'run', 'steps', '--json'], { cwd });
  expect(json).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(json.stdout)).toEqual({ done: true });
});

test('nobody is asked where no terminal is', async () => {
  const listening = await cozecut(['listen', '--bot', 'friend'], { cwd, env, input: 'hello\n' });
  expect(listening).toMatchObject({ code: 0, stdout: 'You said hello\n' });
  expect(listening.stderr).not.toContain('> ');
});

describe.skipIf(!hasTerminal)('at a terminal', () => {
  test('a bar shows how far a tool is, and goes away', async () => {
    const { code, screen } = await inTerminal(['tool', 'run', 'steps'], { cwd }, []);
    expect(code).toBe(0);
    expect(screen).toContain('██████░░░░░░░░░░░░░░░░░░  25 % step one');
    const [, after] = screen.split('75 % step two');
    expect(after).toContain('\r\u001b[K{');
  });

  test('a person talks with a bot; Ctrl-C cancels the turn, a second one leaves', async () => {
    const { code, screen } = await inTerminal(['listen', '--bot', 'friend'], { cwd, env }, [
      ['> ', 'hello\r'],
      ['You said hello', 'wait\r'],
      ['runs slow', '\u0003'],
      ['Cancelled. Ctrl-C again leaves.', '\u0003'],
    ]);
    expect(screen).toContain('Type a message and press Enter.');
    expect(code).toBe(130);
  });

  test('a required answer is asked for again; notices of Coze stay, ours are Chinese', async () => {
    const asks = {
      interrupt: { type: 5, requiredParameters: { days: { type: 'integer', required: true } } },
      next: { output: { text: 'planned' } },
    };
    coze.setScenario({ turns: [], workflows: { '7400000000000000003': asks } });
    const args = ['listen', '--workflow', 'plan', '--say', '{}', '--lang', 'zh'];
    const { code, screen } = await inTerminal(args, { cwd, env }, [
      ['days (integer): ', '\r'],
      ['days (integer): ', '3\r'],
    ]);
    expect(code).toBe(0);
    expect(screen).toContain('? 提问： days');
    expect(screen).toContain('planned');
  });

  test('a terminal that cannot move its cursor gets lines', async () => {
    const { screen } = await inTerminal(['tool', 'run', 'steps'], { cwd, env: { TERM: 'dumb' } }, []);
    expect(screen.replaceAll('\r', '')).toBe('step one\nstep two\n{\n  "done": true\n}\n');
  });

  test('the end of the input leaves as well, in Chinese', async () => {
    const { code, screen } = await inTerminal(['listen', '--bot', 'friend', '--lang', 'zh'], { cwd, env }, [
      ['> ', '\u0004'],
    ]);
    expect(code).toBe(0);
    expect(screen).toContain('输入内容并按回车');
  });
});

describe('a sign that the program has begun', () => {
  test.skipIf(!hasTerminal)('comes at once at a terminal and is gone before anything else', async () => {
    const told = await inTerminal(['tool', 'list'], { cwd }, []);
    expect(told.code).toBe(0);
    expect(told.screen.split('\r  \r')).toEqual(['…', expect.stringMatching(/^Tools of slow 1\.0\.0\r\n/)]);
    const failed = await inTerminal(['serv'], { cwd }, []);
    expect(failed.screen.split('\r  \r')).toEqual(['…', expect.stringMatching(/^Error: /)]);
  });

  test.skipIf(!hasTerminal)('is not for those who want quiet or JSON', async () => {
    const runs = await Promise.all([
      inTerminal(['tool', 'list', '--quiet'], { cwd }, []),
      inTerminal(['tool', 'list', '--json'], { cwd }, []),
    ]);
    for (const { screen } of runs) {
      expect(screen).not.toContain('…');
      expect(screen).not.toContain('\u001b');
    }
  });

  test('is not for pipes', async () => {
    const { stdout, stderr } = await cozecut(['tool', 'list'], { cwd });
    expect({ stdout, stderr }).toEqual({
      stdout: expect.stringMatching(/^slow {3}Takes its time\n/),
      stderr: 'Tools of slow 1.0.0\n',
    });
  });
});
