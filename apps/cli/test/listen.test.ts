import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import {
  type Emulator,
  type EmulatorOptions,
  type Fault,
  shippedScenario,
  startEmulator,
} from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { cleanEnvironment, cozecut, temporaryFolder } from './support.ts';

const CLI = join(import.meta.dirname, '../bin/run.js');
const DEVICE = join(import.meta.dirname, '../../../plugins/device/plugin.yaml');
const WORKFLOW = '7400000000000000042';
const folder = temporaryFolder();
let count = 0;

/** A tool that never ends. */
const DEAF = 'export const read = () => new Promise(() => setInterval(() => {}, 1_000));\n';

/** An empty folder with a plugin whose tools are those of `tools`. */
function plugin(bots: readonly string[], tools = ''): string {
  const work = join(folder, String(++count));
  mkdirSync(work);
  writeFileSync(
    join(work, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: tester, version: 1.0.0 }
tools:
  - name: read_file
    summary: Read
    handler: ./read.mjs#read
    modes: [local]
    input: { type: object, properties: { path: { type: string } } }
    output: { type: object, properties: { content: { type: string } } }
${tools}bindings:
  bots:
${bots.map((name, index) => `    - { name: ${name}, region: cn, botId: "${index + 1}", tools: [read_file] }`).join('\n')}
  workflows:
    - { name: report, region: cn, workflowId: "${WORKFLOW}" }
auth:
  coze: { type: pat, secret: "secret:COZE_API_TOKEN" }
deployments:
  local: { mode: local, store: ./store }
`,
  );
  writeFileSync(join(work, 'read.mjs'), 'export const read = ({ path }) => ({ content: `of ${path}` });\n');
  return work;
}

async function withCoze<T>(
  options: EmulatorOptions,
  use: (coze: Emulator, env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const coze = await startEmulator(options);
  try {
    return await use(coze, { COZE_BASE_URL: coze.url, COZE_API_TOKEN: coze.token });
  } finally {
    await coze.close();
  }
}

const events = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; bot?: string; text?: string; folder?: string });

test('a session is recorded, and replayed without a network, a manifest or a token', async () => {
  const cwd = plugin(['editor']);
  const live = await withCoze({ scenario: shippedScenario('b-one-tool') }, (_, env) =>
    cozecut(['listen', '--say', 'read it', '--jsonl'], { cwd, env }),
  );
  expect(live).toMatchObject({ code: 0, stderr: '' });
  const [session] = readdirSync(join(cwd, 'store/sessions'));
  const file = join(cwd, 'store/sessions', session!);
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const again = await cozecut(['listen', '--replay', file, '--jsonl'], { cwd: empty });
  expect(again).toEqual({ code: 0, stdout: live.stdout, stderr: '' });
  const shown = await cozecut(['listen', '--replay', file], { cwd: empty });
  expect(shown.stdout).toBe('It says: hello.\n');
  expect(shown.stderr).toMatch(/→ runs read_file\n← done read_file \(\d+ ms\)\n↑ answers sent\n/);
  expect(readFileSync(file, 'utf8')).not.toContain('emulator-token');
});

test('an answer whose stream breaks off is shown whole, once, wherever it breaks', async () => {
  const cwd = plugin(['editor']);
  const scenario = { turns: [{ answer: ['one ', 'two ', 'three ', 'four ', 'five'] }] };
  for (const afterBytes of [700, 1_500]) {
    await withCoze({ scenario, faults: [{ id: 'F01', on: '/v3/chat', afterBytes }] }, async (_, env) => {
      const run = await cozecut(['listen', '--say', 'count'], { cwd, env });
      expect(run).toMatchObject({ code: 0, stdout: 'one two three four five\n' });
      expect(run.stderr).toContain('STREAM_RECOVERED');
    });
  }
});

test('a file that is no transcript is refused with the line; a torn last line is not shown', async () => {
  const cwd = plugin(['editor']);
  writeFileSync(join(cwd, 'bad.jsonl'), '{"type":"notice","code":"x","message":"m"}\n{"no":1}\n');
  const bad = await cozecut(['listen', '--replay', 'bad.jsonl'], { cwd });
  expect(bad.code).toBe(2);
  expect(bad.stderr).toContain('line 2 of bad.jsonl');
  writeFileSync(join(cwd, 'torn.jsonl'), '{"type":"notice","code":"x","message":"m"}\n{"type":"ans');
  expect((await cozecut(['listen', '--replay', 'torn.jsonl', '--jsonl'], { cwd })).code).toBe(0);
  expect((await cozecut(['listen', '--replay', 'missing.jsonl'], { cwd })).stderr).toContain('missing.jsonl');
});

test('several bots at once: every line goes to the bot that it names, and events carry the name', async () => {
  const cwd = plugin(['anna', 'ben']);
  await withCoze({ scenario: shippedScenario('a-answer') }, async (coze, env) => {
    const run = await cozecut(['listen', '--bot', 'anna', '--bot', 'ben', '--jsonl'], {
      cwd,
      env,
      input: 'to anna\n@ben to ben\nagain to ben\n\n@anna back to anna\n',
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const said = events(run.stdout)
      .filter(({ type }) => type === 'turn.started')
      .map(({ bot, text }) => `${bot}: ${text}`);
    expect(said.toSorted()).toEqual([
      'anna: back to anna',
      'anna: to anna',
      'ben: again to ben',
      'ben: to ben',
    ]);
    const ids = coze
      .transcript()
      .filter(({ dir, route }) => dir === 'in' && route.startsWith('/v3/chat'))
      .map(({ body }) => (body as { bot_id: string }).bot_id);
    expect(ids.toSorted()).toEqual(['1', '1', '2', '2']);
  });
});

describe('workflows', () => {
  test('--say has the parameters, lines answer the questions', async () => {
    const cwd = plugin(['editor']);
    const scenario = {
      turns: [],
      workflows: {
        [WORKFLOW]: {
          interrupt: { type: 2, data: 'Which city?' },
          next: {
            interrupt: {
              type: 'local_plugin' as const,
              call: { name: 'read_file', arguments: { path: 'a.txt' } },
            },
            next: { output: { city: 'Bern' } },
          },
        },
      },
    };
    await withCoze({ scenario }, async (coze, env) => {
      const args = ['listen', '--workflow', 'report', '--say', '{"topic":"weather"}'];
      const run = await cozecut([...args, '--jsonl'], { cwd, env, input: 'Bern\n' });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(events(run.stdout).map(({ type }) => type)).toEqual([
        'run.started',
        'question.asked',
        'run.resumed',
        'tool.started',
        'tool.finished',
        'run.resumed',
        'node.message',
        'run.completed',
      ]);
      const bodies = coze.transcript().flatMap(({ dir, body }) => (dir === 'in' ? [body] : []));
      expect(bodies).toMatchObject([
        { workflow_id: WORKFLOW, parameters: { topic: 'weather' } },
        { resume_data: 'Bern' },
        { resume_data: '{"content":"of a.txt"}' },
      ]);
      const sync = await cozecut([...args, '--via', 'sync', '--json'], { cwd, env, input: 'Bern\n' });
      expect(JSON.parse(sync.stdout)).toMatchObject({ answered: 1, failed: 0, output: { city: 'Bern' } });
      const plain = await cozecut(args, { cwd, env, input: 'Bern\n' });
      expect(JSON.parse(plain.stdout)).toEqual({ city: 'Bern' });
    });
  });

  test('a file that the person names is sent, wherever it lies; ids are exact on the way there and back', async () => {
    const cwd = plugin(['editor']);
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'cat.png'), 'picture');
    const form = { type: 5, requiredParameters: { picture: { type: 'image', required: true } } };
    const workflows = { [WORKFLOW]: { interrupt: form, next: { output: '{"id":7400000000000000043}' } } };
    await withCoze({ scenario: { turns: [], workflows } }, async (coze, env) => {
      const args = ['listen', '--workflow', 'report', '--say', '{"id":7400000000000000041}'];
      for (const name of [join(elsewhere, 'cat.png'), join('..', 'elsewhere', 'cat.png')]) {
        const run = await cozecut([...args, '--json'], { cwd, env, input: `${name}\n` });
        expect(JSON.parse(run.stdout)).toMatchObject({ output: { id: '7400000000000000043' } });
      }
      const input = ['--input', '{"id":7400000000000000041}'];
      await cozecut(['workflow', 'run', 'report', ...input], { cwd, env });
      const sent = coze.transcript().flatMap(({ dir, body }) => (dir === 'in' ? [body] : []));
      const begun = { parameters: { id: '7400000000000000041' } };
      const file = { files: [{ field: 'file', name: 'cat.png', bytes: 7 }] };
      const resumed = { resume_data: expect.stringMatching(/^\{"picture":"\{\\"file_id/) };
      expect(sent).toMatchObject([begun, file, resumed, begun, file, resumed, begun]);
    });
  });

  test('a question that nobody answers', async () => {
    const cwd = plugin(['editor']);
    await withCoze({ scenario: shippedScenario('k5-input') }, async (_, env) => {
      const run = await cozecut(['listen', '--workflow', 'report', '--say', 'x'], { cwd, env });
      expect(run.code).toBe(2);
      expect(run.stderr).toContain('ANSWER_NEEDED');
    });
  });

  test('a chatflow', async () => {
    const cwd = plugin(['editor']);
    await withCoze({ scenario: shippedScenario('l-chatflow') }, async (_, env) => {
      const args = ['listen', '--workflow', 'report', '--bot', 'editor', '--via', 'chat'];
      const run = await cozecut(args, { cwd, env, input: 'weather\nBern\n' });
      expect(run).toMatchObject({ code: 0, stdout: 'Which city?\nIt is sunny.\n' });
    });
  });

  test('one that is not in the manifest', async () => {
    const run = await cozecut(['listen', '--workflow', 'raport', '--say', 'x'], { cwd: plugin(['editor']) });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('did you mean "report"?');
  });
});

test('the tools of the device plugin answer a bot, inside of the folders that are allowed', async () => {
  const cwd = plugin(['editor']);
  writeFileSync(join(cwd, 'notes.txt'), 'buy milk');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const call = (path: string) => ({ name: 'read_file', arguments: { path } });
  const scenario = {
    turns: [{ toolCalls: [call('notes.txt'), call('../secret.txt')], next: { answer: ['ok'] } }],
  };
  await withCoze({ scenario }, async (coze, env) => {
    const run = await cozecut(['listen', '--manifest', DEVICE, '--root', '.', '--say', 'read', '--once'], {
      cwd,
      env: { ...env, COZE_BOT_ID: '1', COZECUT_STORE: join(cwd, 'store') },
    });
    expect(run.code).toBe(0);
    const submit = coze.transcript().find(({ dir, route }) => dir === 'in' && route.includes('submit'));
    const outputs = (submit!.body as { tool_outputs: { output: string }[] }).tool_outputs;
    expect(outputs.map(({ output }) => JSON.parse(output))).toMatchObject([
      { content: 'buy milk' },
      { error_code: 'FILE_FORBIDDEN' },
    ]);
    expect(JSON.stringify(outputs)).not.toContain('"secret"');
  });
});

test('a draft that a bot asks for lies in the draft folder of the editor and in its list', async () => {
  const cwd = join(folder, 'drafts');
  const root = join(cwd, 'com.lveditor.draft');
  mkdirSync(root, { recursive: true });
  const content = JSON.stringify({
    drafts: [
      {
        project: { name: '早安' },
        tracks: [
          {
            track_type: 'text',
            segments: [{ type: 'text', content: 'a', time_range: { start: 0, end: 1.5 } }],
          },
        ],
      },
    ],
  });
  const scenario = {
    turns: [{ toolCalls: [{ name: 'generate_draft', arguments: { content } }], next: { answer: ['ok'] } }],
  };
  // A desktop that only writes down what it is told.
  const programs = join(cwd, 'programs');
  const shown = join(cwd, 'shown.txt');
  mkdirSync(programs);
  writeFileSync(join(programs, 'notify-send'), `#!/bin/sh\necho "$@" > ${shown}\n`, { mode: 0o755 });
  await withCoze({ scenario }, async (_, env) => {
    const run = await cozecut(['listen', '--bot', 'editor', '--say', 'make it', '--jsonl'], {
      cwd,
      env: {
        ...env,
        COZE_BOT_ID: '1',
        COZECUT_STORE: join(cwd, 'store'),
        DRAFT_ROOT: root,
        DISPLAY: ':0',
        PATH: `${programs}${delimiter}${process.env.PATH}`,
      },
    });
    if (process.platform === 'linux') {
      await until(() => existsSync(shown));
      expect(readFileSync(shown, 'utf8')).toContain('早安');
    }
    expect(run.code).toBe(0);
    const installed = events(run.stdout).find(({ type }) => type === 'draft.installed');
    expect(installed).toMatchObject({ name: '早安', folder: join(root, '早安'), app: 'jianying' });
    const list = JSON.parse(readFileSync(join(root, 'root_meta_info.json'), 'utf8'));
    expect(list.all_draft_store).toMatchObject([{ draft_name: '早安' }]);
    expect(
      existsSync(join(root, '早安', 'draft_info.json')) ||
        existsSync(join(root, '早安', 'draft_content.json')),
    ).toBe(true);
  });
});

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

describe('services', () => {
  test('systemd: quoting and specifiers', async () => {
    const cwd = plugin(['editor']);
    const run = await cozecut(['listen', '--bot', 'editor', '--service', 'systemd'], { cwd });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      /^ExecStart=\/bin\/sh -c ".*listen --bot editor --jsonl <> %t\/cozecut-editor\.in"$/m,
    );
    expect(run.stdout).toContain(`WorkingDirectory=${cwd}\n`);
    expect(run.stdout).toContain('Restart=always');
  });

  test('launchd: a property list that is XML', async () => {
    const run = await cozecut(['listen', '--bot', 'a & b', '--service', 'launchd'], {
      cwd: plugin(['editor']),
    });
    expect(run.stdout).toMatch(/^<\?xml/);
    expect(run.stdout).toContain('&apos;a &amp; b&apos;'.replaceAll('&apos;', "'"));
    expect(run.stdout).not.toMatch(/&(?!amp;|lt;|gt;)/);
  });

  test('only what does not end by itself can be one, and it is called as it was asked for', async () => {
    const cwd = plugin(['editor']);
    const service = (...args: string[]) => cozecut(['listen', '--service', 'systemd', ...args], { cwd });
    const refused = await service('--workflow', 'report');
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('runs once') });
    expect(await service('--say', 'hello')).toMatchObject({ code: 2, stdout: '' });
    expect((await service('--via', 'sync')).stdout).toContain(' listen --via sync --jsonl <> ');
    const chatflow = await service('--bot', 'editor', '--workflow', 'report', '--via', 'chat');
    expect(chatflow.stdout).toContain(' listen --bot editor --workflow report --via chat --jsonl <> ');
  });

  const hasVerify = spawnSync('systemd-analyze', ['--version']).status === 0;
  if (!hasVerify) console.log('systemd-analyze is missing: the unit is not verified');
  test.skipIf(!hasVerify)('systemd takes the unit, whatever the names are', async () => {
    const cwd = join(plugin(['editor']), `100% $HOME 'of' "目录"`);
    mkdirSync(cwd);
    const args = ['--bot', 'it\'s "50%" $x', '--root', '/tmp/a b%c', '--manifest', '../plugin.yaml'];
    const { stdout } = await cozecut(['listen', '--service', 'systemd', ...args], { cwd });
    const unit = join(folder, 'cozecut-test.service');
    writeFileSync(unit, stdout);
    const verified = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    // What it says about other units of this machine is not about this one.
    expect(verified.stderr).not.toContain('cozecut-test');
    expect(verified.status).toBe(0);
  });

  const hasShell = process.platform !== 'win32';
  test.skipIf(!hasShell)('what the service runs reads what is written into its pipe', async () => {
    const cwd = plugin(['editor']);
    const { stdout } = await cozecut(['listen', '--bot', 'editor', '--service', 'systemd'], { cwd });
    const line = /^ExecStart=\/bin\/sh -c "(.*)"$/m.exec(stdout)![1]!.replaceAll('%t', cwd);
    await withCoze({ scenario: shippedScenario('a-answer') }, async (_, env) => {
      const child = spawn('/bin/sh', ['-c', line], { cwd, env: cleanEnvironment(env), stdio: 'pipe' });
      try {
        const output = collect(child);
        await until(() => existsSync(join(cwd, 'cozecut-editor.in')));
        const say = (text: string) =>
          spawnSync('/bin/sh', ['-c', `echo "${text}" > cozecut-editor.in`], { cwd });
        say('one');
        await until(() => output().split('"answer.completed"').length === 2);
        // Who wrote has gone, and the service goes on.
        say('two');
        await until(() => output().split('"answer.completed"').length === 3);
      } finally {
        child.kill('SIGINT');
        await once(child, 'close');
      }
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

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
