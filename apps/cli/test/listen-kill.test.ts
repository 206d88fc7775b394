import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Emulator, type Scenario, startEmulator } from '@cozecut/coze-emulator';
import { expect, test } from 'vitest';
import { cleanEnvironment, temporaryFolder } from './support.ts';

/** Processes that are killed; COZECUT_KILLS=300 for hundreds. */
const KILLS = Number(process.env.COZECUT_KILLS ?? 24);
const CLI = join(import.meta.dirname, '../bin/run.js');
const WORKFLOW = '7400000000000000042';
const folder = temporaryFolder();

/** Where a process is killed: while its tool runs, when its output is on the way, or when Coze has taken that. */
const PLACES = ['in the tool', 'before the submit', 'after the submit'] as const;
type Place = (typeof PLACES)[number] | 'nowhere';
const placeOf = (n: number, kills: number): Place => (n === kills ? 'nowhere' : PLACES[n % PLACES.length]!);

const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: killed, version: 1.0.0 }
tools:
  - name: mark
    summary: Leave a mark
    handler: ./mark.mjs#mark
    modes: [local]
    input: { type: object, required: [n], properties: { n: { type: integer } } }
    output: { type: object, properties: { n: { type: integer } } }
bindings:
  bots: [{ name: marker, region: cn, botId: "7400000000000000777", tools: [mark] }]
  workflows: [{ name: report, region: cn, workflowId: "${WORKFLOW}" }]
auth:
  coze: { type: pat, secret: "secret:COZE_API_TOKEN" }
deployments:
  local: { mode: local, store: ./store }
`;

interface Killing {
  name: string;
  kills: number;
  scenario: Scenario;
  /** Arguments of the process with this number. */
  args(n: number): string[];
  /** Where outputs are sent to. */
  submitPath: string;
  /** With which event a process begins what is its own, after what was left to it. */
  begins: string;
}

interface Killed {
  coze: Emulator;
  events: { type: string; chatId?: string; text?: string; process: number }[];
  /** What the runs of the tool have written, oldest first. */
  ran: number[];
  /** Bodies of the requests with outputs. */
  // biome-ignore lint/suspicious/noExplicitAny: looked into by the tests
  submitted: any[];
}

/** Starts one process after the other and kills all but the last. */
async function killAll(killing: Killing, check: (killed: Killed) => void): Promise<void> {
  const { name, kills, scenario, submitPath, begins } = killing;
  const work = join(folder, name);
  mkdirSync(work);
  const marks = join(work, 'marks.txt');
  writeFileSync(join(work, 'plugin.yaml'), MANIFEST);
  writeFileSync(
    join(work, 'mark.mjs'),
    `import { appendFileSync } from 'node:fs';
export async function mark({ n }) {
  appendFileSync(${JSON.stringify(marks)}, n + '\\n');
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { n };
}
`,
  );
  const coze = await startEmulator({ scenario, realTime: true });
  const front = await startFront(coze.url, submitPath);
  try {
    const events: Killed['events'] = [];
    for (let n = 0; n <= kills; n++) {
      const place = placeOf(n, kills);
      const child = spawn(process.execPath, [CLI, 'listen', ...killing.args(n), '--jsonl'], {
        cwd: work,
        env: cleanEnvironment({ COZE_BASE_URL: front.url, COZE_API_TOKEN: coze.token }),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stderr = '';
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      const kill = () => child.kill('SIGKILL');
      // What is left of the process before is finished first; then its own begins.
      let isOwn = false;
      front.onSubmit(() =>
        isOwn && place !== 'in the tool' && place !== 'nowhere' ? { kill, place } : undefined,
      );
      createInterface({ input: child.stdout }).on('line', (line) => {
        const event = JSON.parse(line);
        events.push({ ...event, process: n });
        isOwn ||= event.type === begins;
        if (place === 'in the tool' && isOwn && event.type === 'tool.started') {
          void marked(marks, n + 1).then(kill);
        }
      });
      const [code, signal] = await once(child, 'close');
      if (place === 'nowhere') expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      else expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
    }
    const submitted = coze
      .transcript()
      .filter(({ dir, route }) => dir === 'in' && route.startsWith(submitPath))
      .map(({ body }) => body);
    check({ coze, events, ran: readFileSync(marks, 'utf8').trim().split('\n').map(Number), submitted });
  } finally {
    await front.close();
    await coze.close();
  }
}

/** What was interrupted is said to be; what was done is sent as it was. */
function expectOutput(output: string, place: Place, n: number): void {
  expect(JSON.parse(output)).toMatchObject(
    place === 'in the tool'
      ? { error_code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('interrupted') }
      : { n },
  );
}

test(`${KILLS} processes that are killed: no call runs twice, and every chat comes to an end`, {
  timeout: 60_000 + KILLS * 20_000,
}, async () => {
  const turns = Array.from({ length: KILLS + 1 }, (_, n) => ({
    toolCalls: [{ name: 'mark', arguments: { n } }],
    next: { answer: [`marked ${n}`] },
  }));
  const killing: Killing = {
    name: 'bot',
    kills: KILLS,
    scenario: { turns },
    args: (n) => ['--say', `mark ${n}`],
    submitPath: '/v3/chat/submit_tool_outputs',
    begins: 'turn.started',
  };
  await killAll(killing, ({ coze, events, ran, submitted }) => {
    expect(ran.toSorted((a, b) => a - b)).toEqual(turns.map((_, n) => n));
    // Every chat that was begun has its end told, and the service waits for nothing.
    const started = events.filter(({ type }) => type === 'chat.started').map(({ chatId }) => chatId);
    const ended = events.filter(({ type }) => type === 'answer.completed');
    expect(started).toHaveLength(KILLS + 1);
    expect(ended.map(({ chatId }) => chatId)).toEqual(started);
    expect(ended.map(({ text }) => text)).toEqual(turns.map((_, n) => `marked ${n}`));
    const last = new Map(coze.transcript().flatMap(({ chat, state }) => (chat ? [[chat, state]] : [])));
    expect([...new Set(last.values())]).toEqual(['completed']);
    expect(submitted).toHaveLength(KILLS + 1);
    for (const [n, body] of submitted.entries()) {
      expectOutput(body.tool_outputs[0].output, placeOf(n, KILLS), n);
    }
  });
});

/** A third of them in each place. */
const RUN_KILLS = Math.ceil(KILLS / 8) * 3;
test(`${RUN_KILLS} processes that are killed in a workflow: no call runs twice, and every run comes to an end`, {
  timeout: 60_000 + RUN_KILLS * 20_000,
}, async () => {
  const call = { name: 'mark', arguments: { n: 0 } };
  const script = { interrupt: { type: 'local_plugin' as const, call }, next: { output: { is: 'done' } } };
  const killing: Killing = {
    name: 'workflow',
    kills: RUN_KILLS,
    scenario: { turns: [], workflows: { [WORKFLOW]: script } },
    args: () => ['--workflow', 'report', '--say', '{}'],
    submitPath: '/v1/workflow/stream_resume',
    begins: 'run.started',
  };
  await killAll(killing, ({ events, ran, submitted }) => {
    expect(ran).toHaveLength(RUN_KILLS + 1);
    const count = (wanted: string) => events.filter(({ type }) => type === wanted).length;
    expect([count('run.started'), count('run.continued')]).toEqual([RUN_KILLS + 1, RUN_KILLS]);
    expect([count('run.completed'), count('run.failed')]).toEqual([RUN_KILLS + 1, 0]);
    // An answer that was taken, and nobody told, is sent once more, the same, and refused.
    const answers = new Map<string, Set<string>>();
    for (const { event_id: id, resume_data: data } of submitted) {
      answers.set(id, (answers.get(id) ?? new Set()).add(data));
    }
    expect(answers.size).toBe(RUN_KILLS + 1);
    for (const [n, said] of [...answers.values()].entries()) {
      expect(said.size).toBe(1);
      expectOutput([...said][0]!, placeOf(n, RUN_KILLS), 0);
    }
  });
});

/** Waits until the tool has run this often. */
async function marked(file: string, times: number): Promise<void> {
  while (!existsSync(file) || readFileSync(file, 'utf8').trim().split('\n').length < times) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Stands before the emulator, and kills the client when its submit comes or when it was taken. */
async function startFront(target: string, submitPath: string) {
  let decide: () => { kill(): void; place: Place } | undefined = () => undefined;
  const server = createServer((req, res) => {
    const trouble = req.url?.startsWith(submitPath) ? decide() : undefined;
    if (trouble?.place === 'before the submit') {
      trouble.kill();
      return void res.destroy();
    }
    const forward = httpRequest(target + req.url, { method: req.method, headers: req.headers }, (answer) => {
      if (trouble) {
        // Taken, and told to nobody.
        answer.resume();
        trouble.kill();
        return;
      }
      res.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(res);
    });
    forward.on('error', () => res.destroy());
    res.on('error', () => {});
    req.pipe(forward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onSubmit(next: typeof decide) {
      decide = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
