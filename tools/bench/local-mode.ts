/**
 * How long the runner takes between an action of Coze and its submit, beyond the tool itself: from the moment that the
 * bytes of `requires_action` reach this process to the moment that the submit is handed to the socket.
 * Usage: `npm run bench -w tools -- local-mode [TURNS]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { openJournal, runBot } from '@cozecut/runner';

const turns = Number(process.argv[2] ?? 300);
const BOT = {
  name: 'bench',
  region: 'cn' as const,
  botId: '7400000000000000777',
  tools: ['echo'],
  onRequiresAction: { submitTimeoutMs: 100_000, onUnknownTool: 'report' as const, maxRounds: 10 },
};
const ACTION = 'event:conversation.chat.requires_action\n';
const SUBMIT = '/v3/chat/submit_tool_outputs';

/** Runs chats side by side; the times of all their actions, in milliseconds. */
async function measure(chats: number, isDurable: boolean): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-bench-'));
  const emulator = await startEmulator({
    interEventMs: 0,
    scenario: {
      turns: [{ toolCalls: [{ name: 'echo', arguments: { n: 1 } }], next: { answer: ['ok'] } }],
    },
  });
  const journal = isDurable ? await openJournal(folder) : undefined;
  const times: number[] = [];
  const chat = async () => {
    let arrivedMs = 0;
    let toolMs = 0;
    const watched: typeof fetch = async (input, init) => {
      if (String(input).includes(SUBMIT)) times.push(performance.now() - arrivedMs - toolMs);
      const response = await fetch(input, init);
      const decoder = new TextDecoder();
      const noted = response.body?.pipeThrough(
        new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(bytes, controller) {
            if (decoder.decode(bytes, { stream: true }).includes(ACTION)) arrivedMs = performance.now();
            controller.enqueue(bytes);
          },
        }),
      );
      return new Response(noted ?? null, response);
    };
    await runBot({
      client: createCozeClient({ baseUrl: emulator.url, token: emulator.token, fetch: watched }),
      bot: BOT,
      userId: 'bench',
      say: (async function* () {
        for (let turn = 0; turn < turns / chats; turn++) yield 'go';
      })(),
      signal: new AbortController().signal,
      onEvent: () => {},
      ...(journal ? { journal } : {}),
      host: {
        tools: [{ name: 'echo' }],
        async call(_, input) {
          const startedMs = performance.now();
          const result = { ok: true as const, output: input };
          toolMs = performance.now() - startedMs;
          return result;
        },
      },
    });
  };
  await Promise.all(Array.from({ length: chats }, chat));
  await journal?.close();
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
  // The first ones load and compile.
  return times.slice(Math.ceil(times.length / 10));
}

function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(2);
}

console.log('| chats at once | journal | actions | p50 ms | p99 ms |');
console.log('|--:|---|--:|--:|--:|');
for (const isDurable of [true, false]) {
  for (const chats of [1, 16]) {
    const times = await measure(chats, isDurable);
    const name = isDurable ? 'on disk, synced' : 'in memory';
    console.log(
      `| ${chats} | ${name} | ${times.length} | ${percentile(times, 0.5)} | ${percentile(times, 0.99)} |`,
    );
  }
}
