import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startEmulator } from '@cozecut/coze-emulator';
import { expect, test } from 'vitest';
import { cleanEnvironment, temporaryFolder } from './support.ts';

/** Processes that are killed; COZECUT_KILLS=300 for hundreds. */
const KILLS = Number(process.env.COZECUT_KILLS ?? 24);
const CLI = join(import.meta.dirname, '../bin/run.js');
const SUBMIT = '/v3/chat/submit_tool_outputs';
const folder = temporaryFolder();

/** Where a process is killed: while its tool runs, when its submit is on the way, or when Coze has taken that. */
const PLACES = ['in the tool', 'before the submit', 'after the submit'] as const;
type Place = (typeof PLACES)[number] | 'nowhere';

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
auth:
  coze: { type: pat, secret: "secret:COZE_API_TOKEN" }
deployments:
  local: { mode: local, store: ./store }
`;

test(`${KILLS} processes that are killed: no call runs twice, and every chat comes to an end`, {
  timeout: 60_000 + KILLS * 20_000,
}, async () => {
  const work = join(folder, 'killed');
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
  const turns = Array.from({ length: KILLS + 1 }, (_, n) => ({
    toolCalls: [{ name: 'mark', arguments: { n } }],
    next: { answer: [`marked ${n}`] },
  }));
  const coze = await startEmulator({ scenario: { turns }, realTime: true });
  const front = await startFront(coze.url);
  try {
    const events: { type: string; chatId?: string; text?: string; process: number }[] = [];
    for (let n = 0; n <= KILLS; n++) {
      const place: Place = n === KILLS ? 'nowhere' : PLACES[n % PLACES.length]!;
      const child = spawn(process.execPath, [CLI, 'listen', '--say', `mark ${n}`, '--jsonl'], {
        cwd: work,
        env: cleanEnvironment({ COZE_BASE_URL: front.url, COZE_API_TOKEN: coze.token }),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stderr = '';
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      const kill = () => child.kill('SIGKILL');
      // What is left of the process before is finished first; this turn begins with the text.
      let isOwnTurn = false;
      front.onSubmit(() =>
        isOwnTurn && place !== 'in the tool' && place !== 'nowhere' ? { kill, place } : undefined,
      );
      createInterface({ input: child.stdout }).on('line', (line) => {
        const event = JSON.parse(line);
        events.push({ ...event, process: n });
        isOwnTurn ||= event.type === 'turn.started';
        if (place === 'in the tool' && event.type === 'tool.started' && event.turn === 1) {
          void marked(marks, n).then(kill);
        }
      });
      const [code, signal] = await once(child, 'close');
      if (place === 'nowhere') expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      else expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
    }

    const ran = readFileSync(marks, 'utf8').trim().split('\n').map(Number);
    expect(ran.toSorted((a, b) => a - b)).toEqual(turns.map((_, n) => n));
    // Every chat that was begun has its end told, and the service waits for nothing.
    const started = events.filter(({ type }) => type === 'chat.started').map(({ chatId }) => chatId);
    const ended = events.filter(({ type }) => type === 'answer.completed');
    expect(started).toHaveLength(KILLS + 1);
    expect(ended.map(({ chatId }) => chatId)).toEqual(started);
    expect(ended.map(({ text }) => text)).toEqual(turns.map((_, n) => `marked ${n}`));
    const last = new Map(coze.transcript().flatMap(({ chat, state }) => (chat ? [[chat, state]] : [])));
    expect([...new Set(last.values())]).toEqual(['completed']);
    // What was interrupted is said to be; what was done is sent as it was.
    const outputs = coze
      .transcript()
      .filter(({ dir, route }) => dir === 'in' && route.startsWith(SUBMIT))
      .map(({ body }) => (body as { tool_outputs: { output: string }[] }).tool_outputs[0]!.output);
    expect(outputs).toHaveLength(KILLS + 1);
    for (const [n, output] of outputs.entries()) {
      const isInterrupted = n < KILLS && PLACES[n % PLACES.length] === 'in the tool';
      expect(JSON.parse(output)).toMatchObject(
        isInterrupted
          ? { error_code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('interrupted') }
          : { n },
      );
    }
  } finally {
    await front.close();
    await coze.close();
  }
});

async function marked(file: string, n: number): Promise<void> {
  while (!existsSync(file) || !readFileSync(file, 'utf8').split('\n').includes(String(n))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Stands before the emulator, and kills the client when its submit comes or when it was taken. */
async function startFront(target: string) {
  let decide: () => { kill(): void; place: Place } | undefined = () => undefined;
  const server = createServer((req, res) => {
    const trouble = req.url?.startsWith(SUBMIT) ? decide() : undefined;
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
