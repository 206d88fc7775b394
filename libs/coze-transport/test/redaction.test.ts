import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createCozeClient } from '../src/index.ts';
import { CHAT, collect, SUBMIT } from './support.ts';

const TOKEN = 'pat_0123456789abcdefghij';
const REF = { conversationId: '1', chatId: '2' };
const RUN = { workflowId: '1', parameters: {} };

/** Everything that can be seen of a value, with what hangs below it. */
function seen(value: unknown): string {
  const { message, stack } = value as Error;
  return [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value), message, stack].join('\n');
}

test.each([
  ['a refusal that repeats the token', () => Response.json({ code: 4100, msg: `token ${TOKEN} is invalid` })],
  ['a page that repeats it', () => new Response(`<p>${TOKEN}</p>`, { status: 502 })],
  ['an answer that is none', () => new Response(TOKEN)],
  ['an answer that is no object', () => Response.json([TOKEN])],
  ['an event that repeats it', () => new Response(`event:error\ndata:{"code":1,"msg":"${TOKEN}"}\n\n`)],
  ['an event that is none', () => new Response(`event:conversation.chat.created\ndata:${TOKEN}\n\n`)],
  [
    'a chat that failed with it',
    () => new Response(`event:conversation.chat.failed\ndata:{"code":1,"msg":"${TOKEN}"}\n\n`),
  ],
  [
    'no connection',
    () => {
      throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') });
    },
  ],
])('%s: no error and no log line has the token', async (_, answer) => {
  const logged: unknown[] = [];
  const log = {
    debug: (...line: unknown[]) => logged.push(line),
    warn: (...line: unknown[]) => logged.push(line),
  };
  const client = createCozeClient({
    token: TOKEN,
    log,
    retry: { maxAttempts: 2, baseMs: 0 },
    fetch: async (...[url, init]) => {
      const sent = new Request(url, init);
      expect(sent.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
      expect(sent.url).not.toContain(TOKEN);
      return answer();
    },
  });
  const errors: unknown[] = [];
  for (const stream of [
    client.chat.stream(CHAT),
    client.chat.submitToolOutputs(SUBMIT),
    client.workflows.stream(RUN),
  ]) {
    const { events, error } = await collect<{ type: string }>(stream);
    errors.push(
      error,
      ...events.filter(({ type }) => type === 'chat.failed').map((event) => 'error' in event && event.error),
    );
  }
  for (const call of [
    () => client.chat.retrieve(REF),
    () => client.chat.cancel(REF),
    () => client.conversations.create(),
    () => client.workflows.run(RUN),
    () => client.files.upload({ name: 'a', content: new Blob(['a']) }),
  ]) {
    errors.push(await call().catch((error: unknown) => error));
  }
  expect(errors.filter((error) => error instanceof Error).length).toBeGreaterThan(4);
  for (const error of errors) if (error) expect(seen(error)).not.toContain(TOKEN);
  expect(seen(logged)).not.toContain(TOKEN);
});
