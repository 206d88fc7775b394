import { expect, test } from 'vitest';
import { createInProcessEmulator, type Fault, shippedScenario, startEmulator } from '../src/index.ts';

const CHAT = JSON.stringify({ bot_id: 'b1', user_id: 'u1', stream: true });
const post = (token: string, signal?: AbortSignal): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: CHAT,
  ...(signal ? { signal } : {}),
});

test('says the same as over a socket, byte for byte', async () => {
  const scenario = shippedScenario('b-one-tool');
  const near = createInProcessEmulator({ scenario });
  const far = await startEmulator({ scenario });
  try {
    const answers = await Promise.all([
      near.fetch(`${near.url}/v3/chat`, post(near.token)),
      fetch(`${far.url}/v3/chat`, post(far.token)),
    ]);
    const [a, b] = await Promise.all(
      answers.map(async (answer) => ({
        status: answer.status,
        type: answer.headers.get('content-type'),
        text: await answer.text(),
      })),
    );
    expect(a).toEqual(b);
    const bodies = (entries: readonly { frame?: object; closed?: string }[]) =>
      entries.map(({ frame, closed }) => ({ frame, closed }));
    expect(bodies(near.transcript())).toEqual(bodies(far.transcript()));
  } finally {
    await far.close();
  }
});

test('two faults at once do not spoil each other, here and over a socket', async () => {
  const scenario = shippedScenario('a-answer');
  const near = createInProcessEmulator({ scenario });
  const far = await startEmulator({ scenario });
  const texts = (faults: Fault[]) => {
    near.setFaults(faults);
    far.setFaults(faults);
    return Promise.all([
      near.fetch(`${near.url}/v3/chat`, post(near.token)).then((answer) => answer.text()),
      fetch(`${far.url}/v3/chat`, post(far.token)).then((answer) => answer.text()),
    ]);
  };
  try {
    // A compressed refusal, and compressed bytes in chunks that end anywhere.
    for (const text of await texts([{ id: 'F29' }, { id: 'F10' }])) {
      expect(JSON.parse(text)).toMatchObject({ code: 4020 });
    }
    for (const text of await texts([{ id: 'F29' }, { id: 'F04', chunkBytes: 5 }])) {
      expect(text).toContain('conversation.chat.completed');
    }
    for (const text of await texts([{ id: 'F26' }, { id: 'F06' }])) {
      // As a number of JavaScript it would end with zeros.
      expect(text).toMatch(/\ndata: "conversation_id":740000000000100000[1-9],\n/);
    }
  } finally {
    await far.close();
  }
});

test('a request with a form, and one that is refused', async () => {
  const { fetch, url, token } = createInProcessEmulator();
  const body = new FormData();
  body.set('file', new Blob(['picture']), 'a.png');
  const headers = { authorization: `Bearer ${token}` };
  const upload = await fetch(`${url}/v1/files/upload`, { method: 'POST', headers, body });
  expect(await upload.json()).toMatchObject({ code: 0, data: { file_name: 'a.png', bytes: 7 } });
  const refused = await fetch(`${url}/v3/chat`, post('wrong'));
  expect(refused.status).toBe(401);
  await expect(fetch('http://example.com/')).rejects.toThrow('fetch failed');
});

test('a client that goes away, and a connection that breaks', async () => {
  const { fetch, url, token, transcript, setFaults } = createInProcessEmulator({ clock: 'manual' });
  const control = new AbortController();
  const answer = await fetch(`${url}/v3/chat`, post(token, control.signal));
  control.abort();
  await expect(answer.text()).rejects.toThrow();
  expect(transcript().map(({ closed }) => closed)).toContain('client');
  setFaults([{ id: 'F33' }]);
  await expect(fetch(`${url}/v3/chat`, post(token))).rejects.toThrow('fetch failed');
  setFaults([{ id: 'F01', afterBytes: 20 }]);
  const broken = await fetch(`${url}/v3/chat`, post(token));
  await expect(broken.text()).rejects.toThrow();
});

test('F04 cuts into chunks that arrive before anything else happens: a time that is shared cannot overtake them', async () => {
  const scenario = shippedScenario('a-answer');
  const near = createInProcessEmulator({ scenario, faults: [{ id: 'F04' }] });
  const { body } = await near.fetch(`${near.url}/v3/chat`, post(near.token));
  let isLater = false;
  setImmediate(() => {
    isLater = true;
  });
  const sizes: number[] = [];
  for await (const chunk of body!) sizes.push(chunk.length);
  expect(new Set(sizes)).toEqual(new Set([1]));
  expect(sizes.length).toBeGreaterThan(1_000);
  expect(isLater).toBe(false);
});
