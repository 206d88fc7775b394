import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fault, shippedScenario } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { CLI, collect, DEAF, events, folderOfPlugins, until, WORKFLOW, withCoze } from './listening.ts';
import { cleanEnvironment } from './support.ts';

const { plugin } = folderOfPlugins();

describe('a tool that does not listen to its signal does not keep the process', () => {
  /** Starts listen, and ends it by `signal` while its tool runs. */
  async function endWhileItRuns(
    cwd: string,
    args: string[],
    env: Record<string, string>,
    signal: NodeJS.Signals,
  ) {
    writeFileSync(join(cwd, 'read.mjs'), DEAF);
    const child = spawn(process.execPath, [CLI, 'listen', ...args, '--jsonl'], {
      cwd,
      env: cleanEnvironment(env),
    });
    try {
      const output = collect(child);
      const ended = once(child, 'close');
      await until(() => output().includes('"tool.started"'));
      child.kill(signal);
      const [code] = await ended;
      return { code, told: events(output()) };
    } finally {
      child.kill('SIGKILL');
    }
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('of a bot, %s', async (signal) => {
    const cwd = plugin(['editor']);
    await withCoze({ scenario: shippedScenario('b-one-tool') }, async (coze, env) => {
      const { code, told } = await endWhileItRuns(cwd, ['--say', 'read it'], env, signal);
      expect(code).not.toBe(0);
      expect(told.at(-1)).toMatchObject({ type: 'turn.failed', code: 'ABORTED' });
      // The action was answered, and nothing of the chat is left for the next start.
      const sent = coze
        .transcript()
        .filter(({ dir, route }) => dir === 'in' && route.startsWith('/v3/chat/submit_tool_outputs'));
      expect(sent.map(({ body }) => JSON.stringify(body))).toEqual([expect.stringContaining('CANCELLED')]);
      expect(readdirSync(join(cwd, 'store/calls'))).toEqual([]);
    });
  });

  test('of a workflow', async () => {
    const cwd = plugin(['editor']);
    const call = { name: 'read_file', arguments: {} };
    const script = { interrupt: { type: 'local_plugin' as const, call }, next: { output: 'done' } };
    await withCoze({ scenario: { turns: [], workflows: { [WORKFLOW]: script } } }, async (_, env) => {
      const { told } = await endWhileItRuns(cwd, ['--workflow', 'report', '--say', '{}'], env, 'SIGTERM');
      expect(told.at(-1)).toMatchObject({ type: 'run.failed', code: 'ABORTED' });
      expect(readdirSync(join(cwd, 'store/calls'))).toEqual([]);
    });
  });
});

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;
if (!hasPython) console.log('python3 is missing: listen at a terminal is not tested');

describe.skipIf(!hasPython)('at a terminal', () => {
  /** Starts listen at a terminal of its own. */
  function terminal(cwd: string, args: string[], env: Record<string, string>) {
    const child = spawn(
      'python3',
      [join(import.meta.dirname, 'terminal.py'), process.execPath, CLI, 'listen', ...args],
      {
        cwd,
        env: cleanEnvironment({ ...env, TERM: 'xterm', COLUMNS: '200' }),
        stdio: 'pipe',
      },
    );
    const written = collect(child);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what moves the cursor is not looked at
    const screen = () => written().replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
    return {
      screen,
      type: (text: string) => child.stdin!.write(text),
      ended: once(child, 'close').then(([code]) => code as number),
      kill: () => child.kill('SIGKILL'),
    };
  }

  test('prompt, streamed answer, one line with an arrow for each event; the end of input ends it', async () => {
    const cwd = plugin(['editor']);
    await withCoze({ scenario: shippedScenario('b-one-tool'), realTime: true }, async (_, env) => {
      const { screen, type, ended, kill } = terminal(cwd, [], env);
      try {
        await until(() => screen().includes('> '));
        expect(screen()).toContain('Ready. editor');
        type('read a.txt\r');
        await until(() => /It says: hello\./.test(screen()) && screen().trimEnd().endsWith('>'));
        expect(screen()).toMatch(/→ runs read_file[\s\S]*← done read_file[\s\S]*↑ answers sent/);
        type('\u0004');
        expect(await ended).toBe(0);
        expect(screen()).toContain('Recorded:');
      } finally {
        kill();
      }
    });
  });

  test('Ctrl-C cancels the turn; the conversation goes on; twice leaves', async () => {
    const cwd = plugin(['editor']);
    const slow = { answer: ['first', ' piece'] };
    await withCoze(
      { scenario: { turns: [slow, { answer: ['second answer'] }] }, realTime: true, interEventMs: 400 },
      async (coze, env) => {
        const { screen, type, ended, kill } = terminal(cwd, [], env);
        try {
          await until(() => screen().includes('> '));
          type('one\r');
          await until(() => screen().includes('first'));
          type('\u0003');
          await until(() => screen().includes('ABORTED') && screen().trimEnd().endsWith('>'));
          expect(
            coze.transcript().some(({ dir, route }) => dir === 'in' && route === '/v3/chat/cancel'),
          ).toBe(true);
          type('two\r');
          await until(() => screen().includes('second answer') && screen().trimEnd().endsWith('>'));
          const chats = coze
            .transcript()
            .filter(({ dir, route }) => dir === 'in' && /^\/v3\/chat(\?|$)/.test(route));
          expect(chats[1]!.route).toContain('conversation_id=');
          type('\u0003');
          await until(() => screen().includes('Ctrl-C again leaves'));
          type('\u0003');
          expect(await ended).toBe(130);
        } finally {
          kill();
        }
      },
    );
  });

  test('Ctrl-C twice leaves a tool that does not listen', async () => {
    const cwd = plugin(['editor']);
    writeFileSync(join(cwd, 'read.mjs'), DEAF);
    await withCoze({ scenario: shippedScenario('b-one-tool'), realTime: true }, async (_, env) => {
      const { screen, type, ended, kill } = terminal(cwd, [], env);
      try {
        await until(() => screen().includes('> '));
        type('read it\r');
        await until(() => screen().includes('runs read_file'));
        type('\u0003\u0003');
        expect(await ended).toBe(130);
      } finally {
        kill();
      }
    });
  });

  test('once more ends it at once, when Coze does not take the goodbye', async () => {
    const cwd = plugin(['editor']);
    writeFileSync(join(cwd, 'read.mjs'), DEAF);
    const faults: Fault[] = [{ id: 'F08', on: '/v3/chat/submit_tool_outputs', afterBytes: 0 }];
    const scenario = { ...shippedScenario('b-one-tool'), faults };
    await withCoze({ scenario, realTime: true }, async (_, env) => {
      const { screen, type, ended, kill } = terminal(cwd, [], env);
      try {
        await until(() => screen().includes('> '));
        type('read it\r');
        await until(() => screen().includes('runs read_file'));
        const again = setInterval(() => type('\u0003'), 200);
        // As a signal ends it; the goodbye alone would take until its time is over, and end with 130.
        expect(await ended.finally(() => clearInterval(again))).toBe(254);
      } finally {
        kill();
      }
    });
  });
});
