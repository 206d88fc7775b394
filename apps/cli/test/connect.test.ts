import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SELF_SIGNED } from './self-signed.ts';
import { cozecut, post, temporaryFolder, withServer } from './support.ts';

const folder = temporaryFolder();
const env = { COZECUT_STORE: `${folder}/store`, ENABLE_AUTH: 'true', PLUGIN_TOKEN: 'service-token' };

/** Behind a public address only whoever may do everything may have the server open addresses. */
let token: string;
beforeAll(async () => {
  const words = ['auth', 'token', 'create', '--name', 'me', '--scope', 'tools:call', '--scope', 'admin'];
  const { stdout } = await cozecut([...words, '--json'], { cwd: folder, env });
  ({ token } = JSON.parse(stdout));
});

interface Check {
  id: string;
  state: string;
  code?: string;
  message: string;
  hint?: string;
}

/** A proxy in front of a server, such as people have it. */
async function startFront() {
  let target = '';
  let behave: (incoming: IncomingMessage, answer: ServerResponse) => boolean = () => false;
  const server = createServer((incoming, answer) => {
    if (behave(incoming, answer)) return;
    const { method, url, headers } = incoming;
    const forward = request(target + url, { method: method!, headers }, (got) => {
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    incoming.pipe(forward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(url: string) {
      target = url;
    },
    /** @param next - Answers by itself where it gives true. */
    behaves(next: typeof behave) {
      behave = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A server whose public address is `publicUrl`, and what it says about that. */
async function withPublic(
  publicUrl: string | undefined,
  use: (url: string, verify: () => Promise<Check[]>) => Promise<void>,
): Promise<void> {
  const own = publicUrl === undefined ? {} : { COZECUT_SERVER_PUBLIC_URL: publicUrl };
  await withServer([], { cwd: folder, env: { ...env, ...own } }, (url) =>
    use(url, async () => {
      const answer = await post(`${url}/v1/connect/verify`, {}, { authorization: `Bearer ${token}` });
      expect(answer.status).toBe(200);
      const checks = answer.body.checks as Check[];
      expect(answer.body.is_reachable).toBe(checks.every(({ state }) => state !== 'fail'));
      return checks;
    }),
  );
}

const short = (checks: readonly Check[]) =>
  checks.map(({ id, state, code }) => [id, code ?? state].join(' '));
/** Not what Coze takes, and all that a test can have. */
const ADDRESS = 'address NOT_A_DOMAIN';

describe('a public address that leads through a proxy', () => {
  let front: Awaited<ReturnType<typeof startFront>>;
  beforeAll(async () => {
    front = await startFront();
  });
  afterAll(() => front.close());

  test('everything arrives; what the proxy does to calls is told', async () => {
    await withPublic(front.url, async (url, verify) => {
      front.leadTo(url);
      expect(short(await verify())).toEqual([
        ADDRESS,
        'connection ok',
        'identity ok',
        'document ok',
        'authorization ok',
        'tools ok',
      ]);

      front.behaves((incoming) => {
        delete incoming.headers.authorization;
        return false;
      });
      expect(short(await verify())).toContain('authorization AUTHORIZATION_LOST');

      front.behaves((incoming, answer) => {
        if (!incoming.url!.startsWith('/openapi.json')) return false;
        answer.end('<html>welcome</html>');
        return true;
      });
      expect(short(await verify())).toContain('document DOCUMENT_MISSING');

      front.behaves((incoming, answer) => {
        if (incoming.method !== 'POST') return false;
        answer.writeHead(405).end();
        return true;
      });
      expect(short(await verify())).toContain('tools TOOLS_NOT_REACHED');

      const answers: [number, Record<string, string>, string][] = [
        [308, { location: 'https://other.example.com/x' }, 'REDIRECTED'],
        [302, { location: 'http://[broken' }, 'REDIRECTED'],
        [401, { 'www-authenticate': 'Basic' }, 'AUTH_REFUSED'],
        [403, {}, 'AUTH_REFUSED'],
        [502, {}, 'WRONG_ANSWER'],
      ];
      for (const [status, headers, code] of answers) {
        front.behaves((_, answer) => {
          answer.writeHead(status, headers).end('no');
          return true;
        });
        const checks = await verify();
        expect(short(checks)).toEqual([ADDRESS, `connection ${code}`]);
        expect(checks[1]!.hint).toBeTypeOf('string');
      }
      const proof = { proof: 'x', authorization: 'y' };
      front.behaves((_, answer) => {
        answer.end(JSON.stringify(proof));
        return true;
      });
      expect(short(await verify())).toEqual([ADDRESS, 'connection ok', 'identity OTHER_SERVER']);
      front.behaves((_, answer) => {
        answer.socket?.destroy();
        return true;
      });
      expect(short(await verify())).toEqual([ADDRESS, 'connection UNREACHABLE']);
    });
  });

  test('another server of ours is not this one', async () => {
    const other = { ...env, COZECUT_STORE: `${folder}/other` };
    await withServer([], { cwd: folder, env: other }, async (otherUrl) => {
      front.behaves(() => false);
      front.leadTo(otherUrl);
      await withPublic(front.url, async (_, verify) => {
        expect(short(await verify())).toEqual([ADDRESS, 'connection ok', 'identity OTHER_SERVER']);
      });
    });
  });
});

test('a certificate that nobody has signed', async () => {
  const secure = createSecureServer(SELF_SIGNED, (_, answer) => answer.end('{}'));
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  const { port } = secure.address() as AddressInfo;
  try {
    await withPublic(`https://localhost:${port}`, async (_, verify) => {
      const checks = await verify();
      expect(short(checks)).toEqual([ADDRESS, 'connection CERTIFICATE_INVALID']);
      expect(checks[1]!.message).toContain('localhost');
    });
  } finally {
    secure.closeAllConnections();
    secure.close();
  }
});

test('a name that nobody knows, and no address at all', async () => {
  await withPublic('https://nowhere.invalid', async (url, verify) => {
    expect(short(await verify())).toEqual(['address ok', 'connection NAME_UNKNOWN']);
    // Whoever is a stranger may not have the server do that.
    expect((await post(`${url}/v1/connect/verify`, {})).status).toBe(401);
    expect((await fetch(`${url}/v1/connect/proof/${'0'.repeat(32)}`)).status).toBe(404);
  });
  await withPublic(undefined, async (url, verify) => {
    expect(short(await verify())).toEqual(['address PUBLIC_URL_MISSING']);
    const headers = { authorization: `Bearer ${token}` };
    const facts = await (await fetch(`${url}/v1/connect`, { headers })).json();
    expect(facts).toMatchObject({
      openapi_url: `${url}/openapi.json?profile=coze`,
      ai_plugin_url: `${url}/.well-known/ai-plugin.json`,
      needs_token: true,
    });
    expect(facts).not.toHaveProperty('public_url');
  });
});
