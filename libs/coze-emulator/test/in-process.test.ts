import { expect, test } from 'vitest';
import { createInProcessEmulator, shippedScenario, startEmulator } from '../src/index.ts';

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
