import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import type { Emulator, EmulatorOptions } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import {
  beginBrowserSignIn,
  type Clock,
  type CozeAuthMethod,
  type CozeAuthOptions,
  createCozeClient,
  createTokenSource,
  type DevicePrompt,
  memoryTokenStore,
  signInWithDevice,
  signOut,
  type TokenStore,
} from '../src/index.ts';
import { CHAT, collect, SCENARIO_A, withEmulator } from './support.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const WEB_SECRET = 'web-secret-0123456789';
const BACK = 'http://127.0.0.1/back';
const SECRETS: Record<string, string> = {
  'secret:PAT': 'pat_0123456789abcdef',
  'secret:KEY': privateKey,
  'secret:WEB': WEB_SECRET,
};
const resolveSecret = (reference: string) => SECRETS[reference]!;
const OPTIONS: EmulatorOptions = {
  scenario: SCENARIO_A,
  oauthApps: [
    { id: 'jwt-app', publicKeys: { 'key-1': publicKey } },
    { id: 'web-app', secret: WEB_SECRET, redirectUris: [BACK] },
    { id: 'pkce-app' },
  ],
};
const JWT = { type: 'oauth-jwt', appId: 'jwt-app', keyId: 'key-1', privateKey: 'secret:KEY' } as const;
const DEVICE = { type: 'oauth-device', clientId: 'pkce-app' } as const;
const PKCE = { type: 'oauth-pkce', clientId: 'pkce-app', redirectUrl: BACK } as const;
const WEB = {
  type: 'oauth-web',
  clientId: 'web-app',
  clientSecret: 'secret:WEB',
  redirectUrl: BACK,
} as const;
const TOKEN_PATH = '/api/permission/oauth2/token';

/** The clock of the emulator as a client sees it that is `aheadMs` before it. Waits move the emulator. */
function clockOf(emulator: Emulator, aheadMs = 0): Clock & { waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    nowMs: () => emulator.nowMs() + aheadMs,
    after(delayMs, run) {
      if (delayMs >= 20_000) return () => {};
      let isLive = true;
      setImmediate(async () => {
        if (!isLive) return;
        waits.push(delayMs);
        await emulator.advance(delayMs);
        run();
      });
      return () => {
        isLive = false;
      };
    },
  };
}

function optionsFor(emulator: Emulator, more: Partial<CozeAuthOptions> = {}) {
  const store = memoryTokenStore();
  return { baseUrl: emulator.url, resolveSecret, store, clock: clockOf(emulator), ...more };
}

function clientFor(emulator: Emulator, method: CozeAuthMethod, options: CozeAuthOptions) {
  return createCozeClient({
    baseUrl: emulator.url,
    token: createTokenSource(method, options),
    clock: options.clock!,
  });
}

const tokenRequests = (emulator: Emulator) =>
  emulator.transcript().filter(({ dir, route }) => dir === 'in' && route.startsWith(TOKEN_PATH));

/** Goes through the page of the emulator, where the person agrees at once. */
async function visit(url: string): Promise<string> {
  return (await fetch(url, { redirect: 'manual' })).headers.get('location')!;
}

describe('a personal token', () => {
  test('is looked up for every request, so that it can be replaced', async () => {
    let value = 'expired-token';
    const asked: string[] = [];
    await withEmulator({ scenario: SCENARIO_A }, async (emulator) => {
      const source = createTokenSource(
        { type: 'pat', secret: 'secret:PAT' },
        {
          baseUrl: emulator.url,
          resolveSecret(reference) {
            asked.push(reference);
            return value;
          },
        },
      );
      const client = createCozeClient({ baseUrl: emulator.url, token: source });
      await expect(client.conversations.create()).rejects.toMatchObject({ code: 'COZE_UNAUTHENTICATED' });
      value = emulator.token;
      expect((await client.conversations.create()).id).toMatch(/^\d+$/);
      expect(new Set(asked)).toEqual(new Set(['secret:PAT']));
    });
  });
});

describe('a JWT', () => {
  test('gives a token that is used until shortly before its end, then another one', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const options = optionsFor(emulator);
      const client = clientFor(emulator, JWT, options);
      await client.conversations.create();
      await emulator.advance(839_000);
      await client.conversations.create();
      expect(tokenRequests(emulator)).toHaveLength(1);
      await emulator.advance(2_000);
      await client.conversations.create();
      expect(tokenRequests(emulator)).toHaveLength(2);
      // An expired token was never sent.
      expect(emulator.transcript().filter(({ status }) => status === 401)).toEqual([]);
    });
  });

  test('separates conversations by session name', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const as = (sessionName: string) => clientFor(emulator, { ...JWT, sessionName }, optionsFor(emulator));
      const { id } = await as('ann').conversations.create({ botId: 'b' });
      expect((await as('ann').conversations.retrieve(id)).id).toBe(id);
      await expect(as('bob').conversations.retrieve(id)).rejects.toMatchObject({ remoteCode: '4002' });
    });
  });

  test.each([-7_200_000, 7_200_000, 30 * 24 * 3_600_000])(
    'is signed with the time of the service when our clock is %i ms off',
    async (aheadMs) => {
      await withEmulator(OPTIONS, async (emulator) => {
        const options = optionsFor(emulator, { clock: clockOf(emulator, aheadMs) });
        const client = clientFor(emulator, JWT, options);
        await client.conversations.create();
        await client.conversations.create();
        // What is signed with a time long ago is refused, and signed again.
        const first = aheadMs < 0 ? 2 : 1;
        expect(tokenRequests(emulator)).toHaveLength(first);
        await emulator.advance(901_000);
        await client.conversations.create();
        expect(tokenRequests(emulator)).toHaveLength(first + 1);
        expect(emulator.transcript().filter(({ status }) => status === 401)).toEqual([]);
      });
    },
  );

  test('F30: a refusal for the time is tried once more; a token that expires in mid-stream is renewed', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      emulator.setFaults([{ id: 'F30', nth: 1, on: TOKEN_PATH }]);
      const client = clientFor(emulator, JWT, optionsFor(emulator));
      await client.conversations.create();
      expect(tokenRequests(emulator)).toHaveLength(2);
      emulator.setFaults([{ id: 'F30', variant: 'mid-stream', nth: 1, on: '/v3/chat' }]);
      expect((await collect(client.chat.stream(CHAT))).error).toBeUndefined();
      expect((await client.conversations.create()).id).toMatch(/^\d+$/);
      expect(tokenRequests(emulator)).toHaveLength(3);
    });
  });

  test('with a key that Coze does not know is refused once', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const client = clientFor(emulator, { ...JWT, keyId: 'key-2' }, optionsFor(emulator));
      await expect(client.conversations.create()).rejects.toMatchObject({
        code: 'COZE_OAUTH_CLIENT',
        retry: 'auth',
      });
      expect(tokenRequests(emulator)).toHaveLength(1);
    });
  });

  test('takes a key whose line ends are written out, and says which secret is no key', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const flat = () => privateKey.replaceAll('\n', '\\n');
      await clientFor(emulator, JWT, optionsFor(emulator, { resolveSecret: flat })).conversations.create();
      const broken = privateKey.replace('BEGIN', 'BEGUN');
      const options = optionsFor(emulator, { resolveSecret: () => broken });
      const error = await clientFor(emulator, JWT, options)
        .conversations.create()
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: 'COZE_KEY_INVALID',
        message: expect.stringContaining('secret:KEY'),
      });
      expect(inspect(error, { depth: 9 })).not.toContain(privateKey.slice(100, 140));
    });
  });
});

describe('however many calls need a token', () => {
  test('one is asked for; after a refusal, too', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const client = clientFor(emulator, JWT, optionsFor(emulator));
      await Promise.all(Array.from({ length: 20 }, () => client.conversations.create()));
      expect(tokenRequests(emulator)).toHaveLength(1);
      // The service forgets every token it gave.
      const answers = Array.from({ length: 20 }, (_, index) => ({
        id: 'F09' as const,
        on: '/v1/conversation/create',
        nth: index + 1,
      }));
      emulator.setFaults(answers);
      await Promise.all(Array.from({ length: 20 }, () => client.conversations.create()));
      expect(tokenRequests(emulator)).toHaveLength(2);
    });
  });

  test('a refusal of an old token does not cost another one', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const source = createTokenSource(JWT, optionsFor(emulator));
      const first = await source({ refresh: false });
      const second = await source({ refresh: true, refused: first });
      expect(second).not.toBe(first);
      expect(await source({ refresh: true, refused: first })).toBe(second);
      expect(await source({ refresh: false })).toBe(second);
      expect(tokenRequests(emulator)).toHaveLength(2);
    });
  });

  test('one failure is told to all, and the next call tries again', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      emulator.setFaults([{ id: 'F11', on: TOKEN_PATH, nth: 1 }]);
      const source = createTokenSource(JWT, optionsFor(emulator));
      const asked = await Promise.allSettled([source({ refresh: false }), source({ refresh: false })]);
      expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(await source({ refresh: false })).toEqual(expect.any(String));
      expect(tokenRequests(emulator)).toHaveLength(2);
    });
  });
});

describe('a device', () => {
  test('signs in when the person agrees, and asks at the pace of the service', async () => {
    await withEmulator({ ...OPTIONS, devicePolls: 3 }, async (emulator) => {
      const clock = clockOf(emulator);
      const options = optionsFor(emulator, { clock });
      const prompts: DevicePrompt[] = [];
      await signInWithDevice(DEVICE, options, { onPrompt: (prompt) => prompts.push(prompt) });
      expect(prompts).toEqual([
        {
          userCode: expect.stringMatching(/^EMU-/),
          verificationUrl: expect.stringContaining('user_code=EMU-'),
          expiresAtMs: expect.any(Number),
        },
      ]);
      expect(clock.waits).toEqual([5000, 5000, 5000, 5000]);
      const client = clientFor(emulator, DEVICE, options);
      await client.conversations.create();
    });
  });

  test('asks less often when it is told to', async () => {
    const slow = { status: 400, body: '{"error":"slow_down"}' };
    await withEmulator({ ...OPTIONS, devicePolls: 0 }, async (emulator) => {
      emulator.setFaults([{ id: 'F11', on: TOKEN_PATH, nth: 1, reply: slow }]);
      const clock = clockOf(emulator);
      await signInWithDevice(DEVICE, optionsFor(emulator, { clock }), { onPrompt() {} });
      expect(clock.waits).toEqual([5000, 10_000]);
    });
  });

  test('goes on after a question that failed on its way', async () => {
    await withEmulator({ ...OPTIONS, devicePolls: 0 }, async (emulator) => {
      emulator.setFaults([
        { id: 'F33', on: TOKEN_PATH, nth: 1 },
        { id: 'F11', on: TOKEN_PATH, nth: 2 },
      ]);
      await signInWithDevice(DEVICE, optionsFor(emulator), { onPrompt() {} });
      expect(tokenRequests(emulator)).toHaveLength(3);
    });
  });

  test('is refused, too late, or given up', async () => {
    await withEmulator({ ...OPTIONS, devicePolls: 'manual' }, async (emulator) => {
      const refuse = ({ userCode }: DevicePrompt) => void emulator.decideDevice(userCode, false);
      await expect(
        signInWithDevice(DEVICE, optionsFor(emulator), { onPrompt: refuse }),
      ).rejects.toMatchObject({
        code: 'COZE_SIGN_IN_REFUSED',
        retry: 'auth',
      });
      await expect(signInWithDevice(DEVICE, optionsFor(emulator), { onPrompt() {} })).rejects.toMatchObject({
        retry: 'auth',
      });
      const control = new AbortController();
      const leaving = signInWithDevice(DEVICE, optionsFor(emulator), {
        onPrompt: () => control.abort(),
        signal: control.signal,
      });
      await expect(leaving).rejects.toMatchObject({ code: 'ABORTED' });
    });
  });
});

describe('a browser', () => {
  test.each<[string, typeof PKCE | typeof WEB]>([
    ['PKCE', PKCE],
    ['a web app', WEB],
  ])('%s: the code it comes back with gives tokens, which are renewed', async (_, method) => {
    await withEmulator(OPTIONS, async (emulator) => {
      const options = optionsFor(emulator);
      const { url, finish } = await beginBrowserSignIn(method, options);
      expect(url).toContain(method.clientId);
      expect(url).not.toContain(WEB_SECRET);
      const back = await visit(url);
      await finish(back);
      const client = clientFor(emulator, method, options);
      await client.conversations.create();
      await emulator.advance(900_000);
      await client.conversations.create();
      await emulator.advance(900_000);
      await client.conversations.create();
      expect(tokenRequests(emulator)).toHaveLength(3);
      // The code worked once.
      await expect(finish(back)).rejects.toMatchObject({ code: 'COZE_OAUTH_INVALID' });
    });
  });

  test('that somebody else sent, or that brings no code, is refused', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const { url, finish } = await beginBrowserSignIn(PKCE, optionsFor(emulator));
      const state = new URL(url).searchParams.get('state');
      await expect(finish(`${BACK}?code=x&state=other`)).rejects.toMatchObject({
        message: expect.stringContaining('another state'),
      });
      await expect(finish('nonsense')).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
      await expect(finish(`${BACK}?error=access_denied&state=${state}`)).rejects.toMatchObject({
        code: 'SIGN_IN_REQUIRED',
        message: expect.stringContaining('access_denied'),
      });
      expect(tokenRequests(emulator)).toEqual([]);
    });
  });
});

describe('kept tokens', () => {
  const signIn = async (options: ReturnType<typeof optionsFor>) => {
    const { url, finish } = await beginBrowserSignIn(PKCE, options);
    await finish(await visit(url));
  };

  test('of nobody, or that were given up, ask for a person', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const options = optionsFor(emulator);
      const required = { code: 'SIGN_IN_REQUIRED', retry: 'auth', hint: expect.any(String) };
      await expect(clientFor(emulator, PKCE, options).conversations.create()).rejects.toMatchObject(required);
      await signIn(options);
      await clientFor(emulator, PKCE, options).conversations.create();
      await signOut(PKCE, options);
      await expect(clientFor(emulator, PKCE, options).conversations.create()).rejects.toMatchObject(required);
    });
  });

  test('whose refresh token is refused ask for a person; on a lost connection they are kept', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const options = optionsFor(emulator);
      await signIn(options);
      await emulator.advance(900_000);
      emulator.setFaults([
        { id: 'F33', on: TOKEN_PATH, nth: 1 },
        { id: 'F11', on: TOKEN_PATH, nth: 3, reply: { status: 400, body: '{"error":"invalid_request"}' } },
      ]);
      const client = clientFor(emulator, PKCE, options);
      await expect(client.conversations.create({}, {})).rejects.toMatchObject({ code: 'NETWORK' });
      await client.conversations.create();
      await emulator.advance(900_000);
      await expect(client.conversations.create()).rejects.toMatchObject({
        code: 'SIGN_IN_REQUIRED',
        cause: { code: 'COZE_OAUTH_INVALID' },
      });
    });
  });

  test('that another process renewed are taken from the store', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const options = optionsFor(emulator);
      await signIn(options);
      const [first, second] = [clientFor(emulator, PKCE, options), clientFor(emulator, PKCE, options)];
      await Promise.all([first.conversations.create(), second.conversations.create()]);
      await emulator.advance(900_000);
      await first.conversations.create();
      const before = tokenRequests(emulator).length;
      await second.conversations.create();
      expect(tokenRequests(emulator)).toHaveLength(before);
      // Both at once: the refresh token works once, so one of them is refused and looks again.
      await emulator.advance(900_000);
      await Promise.all([first.conversations.create(), second.conversations.create()]);
    });
  });

  test('that cannot be kept work in this run, and the log says so without them', async () => {
    await withEmulator(OPTIONS, async (emulator) => {
      const kept = memoryTokenStore();
      let isFull = false;
      const store: TokenStore = {
        ...kept,
        save: (key, tokens) => (isFull ? Promise.reject(new Error('disk full')) : kept.save(key, tokens)),
      };
      const logged: unknown[] = [];
      const log = { debug() {}, warn: (...line: unknown[]) => logged.push(line) };
      const options = optionsFor(emulator, { store, log });
      await signIn(options as ReturnType<typeof optionsFor>);
      isFull = true;
      await emulator.advance(900_000);
      await clientFor(emulator, PKCE, options).conversations.create();
      expect(logged).toMatchObject([[expect.any(String), { reason: 'disk full' }]]);
    });
  });
});

test('no error and no log line has a secret', async () => {
  const echo = async (...[input, init]: Parameters<typeof fetch>) => {
    const request = new Request(input, init);
    const sent = `${request.headers.get('authorization')} ${await request.text()}`;
    return Response.json({ error_code: 'invalid_request', error_message: sent }, { status: 400 });
  };
  await withEmulator(OPTIONS, async (emulator) => {
    const store = memoryTokenStore();
    const tokens = { accessToken: 'access-0123456789', refreshToken: 'refresh-0123456789', expiresAtMs: 0 };
    await store.save(`${emulator.url} oauth-web web-app`, tokens);
    const options = optionsFor(emulator, { fetch: echo, store });
    const { url, finish } = await beginBrowserSignIn(PKCE, { ...options, store });
    const state = new URL(url).searchParams.get('state');
    const errors = [
      await createTokenSource(JWT, options)({ refresh: false }).catch((error: unknown) => error),
      await createTokenSource(WEB, options)({ refresh: false }).catch((error: unknown) => error),
      await finish(`${BACK}?code=code-0123456789&state=${state}`).catch((error: unknown) => error),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      const seen = `${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)}`;
      for (const secret of [
        'eyJ',
        'refresh-0123456789',
        'access-0123456789',
        WEB_SECRET,
        'code-0123456789',
      ]) {
        expect(seen).not.toContain(secret);
      }
    }
  });
});
