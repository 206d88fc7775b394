import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { checkInvariants, shippedScenario } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { CLI, collect, events, folderOfPlugins, until, WORKFLOW, withCoze } from './listening.ts';
import { cleanEnvironment, cozecut, temporaryFolder } from './support.ts';

const DEVICE = join(import.meta.dirname, '../../../plugins/device/plugin.yaml');
const { folder, plugin } = folderOfPlugins();

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
  writeFileSync(
    join(cwd, 'half.jsonl'),
    '{"type":"later","x":1}\n{"type":"tool.progress"}\n{"type":"later"}\n',
  );
  const half = await cozecut(['listen', '--replay', 'half.jsonl'], { cwd });
  expect(half).toMatchObject({ code: 2, stderr: expect.stringContaining('line 2 of half.jsonl') });
  writeFileSync(join(cwd, 'torn.jsonl'), '{"type":"notice","code":"x","message":"m"}\n{"type":"ans');
  expect((await cozecut(['listen', '--replay', 'torn.jsonl', '--jsonl'], { cwd })).code).toBe(0);
  expect((await cozecut(['listen', '--replay', 'missing.jsonl'], { cwd })).stderr).toContain('missing.jsonl');
});

test('a transcript with odd values is refused with the line, whatever they are', async () => {
  const cwd = plugin(['editor']);
  const types = ['notice', 'answer.delta', 'node.message', 'question.asked', 'tool.finished', 'turn.failed'];
  const odd = ['{"toString":false}', 'null', '[1]', '7'];
  for (const type of types) {
    const value = odd[types.indexOf(type) % odd.length];
    const keys = ['text', 'message', 'code', 'tool', 'node', 'question'].map((key) => `"${key}":${value}`);
    writeFileSync(join(cwd, 'odd.jsonl'), `{"type":"later","x":${value}}\n{"type":"${type}",${keys}}\n`);
    const run = await cozecut(['listen', '--replay', 'odd.jsonl'], { cwd });
    expect({ type, ...run }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('line 2 of odd.jsonl'),
    });
  }
});

test('a plugin that names no bot is told what to write', async () => {
  const cwd = temporaryFolder();
  await cozecut(['init', 'texts'], { cwd });
  const { code, stderr } = await cozecut(['listen', '--say', 'hello'], { cwd: join(cwd, 'texts') });
  expect(code).toBe(2);
  const [hint] = /\{ bots: .* \}/.exec(stderr) ?? [];
  expect(stderr).toContain(`has no bindings.bots\nHint: write one: bindings: ${hint}\n`);
  // What is said to be written is right when it is.
  const bots = hint!.replace('ID', '"7400000000000000001"').replace('TOOL', 'count_words');
  appendFileSync(join(cwd, 'texts/plugin.yaml'), `\nbindings: ${bots}\n`);
  await withCoze({ bot: ({ text }) => ({ answer: [`You said ${text}`] }) }, async (_, env) => {
    const run = await cozecut(['listen', '--say', 'hello'], { cwd: join(cwd, 'texts'), env });
    expect(run).toMatchObject({ code: 0, stdout: 'You said hello\n' });
  });
});

test('a character that comes in two pieces is shown whole, live and replayed', async () => {
  const cwd = plugin(['editor']);
  const answer = ['a\ud83c', '\udfac', ' 汉\ud83d', '\ude00\n'];
  await withCoze({ scenario: { turns: [{ answer }] }, faults: [{ id: 'F04' }] }, async (_, env) => {
    expect((await cozecut(['listen', '--say', 'hi'], { cwd, env })).stdout).toBe('a🎬 汉😀\n\n');
  });
  const [session] = readdirSync(join(cwd, 'store/sessions'));
  const again = await cozecut(['listen', '--replay', join(cwd, 'store/sessions', session!)], { cwd });
  expect(again.stdout).toBe('a🎬 汉😀\n\n');
});

test('a bot that waits for an answer without a word says so', async () => {
  const cwd = plugin(['editor']);
  await withCoze({ scenario: shippedScenario('g-reply-message') }, async (_, env) => {
    const run = await cozecut(['listen', '--say', 'hi'], { cwd, env });
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toContain('? the bot waits for an answer\n');
  });
});

test('a promise that a tool left alone ends neither its call nor others', async () => {
  const cwd = plugin(['editor']);
  const code =
    'export const read = ({ path }) => (void Promise.reject(new Error("stray")), { content: path });\n';
  writeFileSync(join(cwd, 'read.mjs'), code);
  const call = (path: string) => ({ name: 'read_file', arguments: { path } });
  const scenario = { turns: [{ toolCalls: [call('a'), call('b')], next: { answer: ['fine'] } }] };
  await withCoze({ scenario }, async (coze, env) => {
    const run = await cozecut(['listen', '--say', 'hi'], { cwd, env });
    expect(run).toMatchObject({ code: 0, stdout: 'fine\n', stderr: expect.stringContaining('Error: stray') });
    expect(checkInvariants(coze.transcript())).toEqual([]);
  });
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

test('of several bots one that ended says so to who talks to it; the others go on', async () => {
  const cwd = plugin(['anna', 'ben']);
  await withCoze({ scenario: shippedScenario('a-answer') }, async (refusing, { COZE_BASE_URL: url }) => {
    await withCoze({ scenario: shippedScenario('a-answer'), token: 'other' }, async (other, env) => {
      const file = join(cwd, 'plugin.yaml');
      const manifest = readFileSync(file, 'utf8')
        .replace('botId: "1"', `botId: "1", baseUrl: "${url}"`)
        .replace('botId: "2"', `botId: "2", baseUrl: "${other.url}"`);
      writeFileSync(file, manifest);
      const { COZE_BASE_URL: _, ...token } = env;
      const child = spawn(process.execPath, [CLI, 'listen', '--bot', 'anna', '--bot', 'ben', '--jsonl'], {
        cwd,
        env: cleanEnvironment(token),
      });
      try {
        const output = collect(child);
        child.stdin.write('to anna\n');
        await until(() => output().includes('"turn.failed"'));
        child.stdin.write('still there?\n@ben to ben\n');
        await until(() => output().includes('"answer.completed"') && output().includes('@anna has ended'));
        child.stdin.end();
        const [code] = await once(child, 'close');
        expect(code).toBe(4);
        expect(refusing.transcript().filter(({ dir }) => dir === 'in')).toHaveLength(1);
      } finally {
        child.kill('SIGKILL');
      }
    });
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

  test('a question that its node says is asked in the words of the node', async () => {
    const cwd = plugin(['editor']);
    await withCoze({ scenario: shippedScenario('k2-question') }, async (_, env) => {
      const args = ['listen', '--workflow', 'report'];
      const run = await cozecut(args, { cwd, env, input: 'Bern\nBonn\nBrno\n' });
      expect(run.stderr).toContain('? Question asks: Which city?\n');
      expect(run.stderr).toContain('it asks: Which city? [TOO_MANY_ANSWERS]');
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

  test('one that asks is stopped while it waits for the answer', async () => {
    const cwd = plugin(['editor']);
    const script = { interrupt: { type: 2, data: 'Which city?' }, next: { output: 'x' } };
    await withCoze({ scenario: { turns: [], workflows: { [WORKFLOW]: script } } }, async (_, env) => {
      const args = ['listen', '--workflow', 'report', '--say', '{}', '--jsonl'];
      const child = spawn(process.execPath, [CLI, ...args], { cwd, env: cleanEnvironment(env) });
      try {
        const output = collect(child);
        const ended = once(child, 'close');
        await until(() => output().includes('"question.asked"'));
        child.kill('SIGTERM');
        expect(await ended).toEqual([130, null]);
        expect(events(output()).at(-1)).toMatchObject({ type: 'run.failed', code: 'ABORTED' });
      } finally {
        child.kill('SIGKILL');
      }
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
