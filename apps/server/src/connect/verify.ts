import { isIP } from 'node:net';
import { COZE_PREFIX } from '@cozecut/manifest';
import type { EventStore } from '@cozecut/store';
import { createChallenge, fingerprintOf } from './proof.ts';
import { type RequestFailure, requestFailure } from './request-failure.ts';

/** One thing that a caller from outside needs. */
export interface ConnectionCheck {
  id: 'address' | 'connection' | 'identity' | 'document' | 'authorization' | 'tools';
  state: 'ok' | 'fail' | 'skip';
  /** Why it failed. */
  code?: string;
  message: string;
  hint?: string;
}

/** What a verification needs. */
export interface VerifyOptions {
  /** Address under which others reach the server. */
  publicUrl: string | undefined;
  events: EventStore;
  /** Whether callers have to show a token. */
  needsToken: boolean;
  /** Path of a tool as Coze calls it. */
  toolPath: string | undefined;
  /** Opens addresses of one host, private ones too, and no others. */
  fetchOwn(address: URL): typeof fetch;
}

/**
 * Calls the server at its public address and says what Coze would meet there. It is asked from the machine of the
 * server: a network that lets this machine in and others out is not noticed.
 */
export async function verifyConnection(options: VerifyOptions): Promise<ConnectionCheck[]> {
  const { publicUrl } = options;
  if (publicUrl === undefined) {
    return [
      {
        id: 'address',
        state: 'fail',
        code: 'PUBLIC_URL_MISSING',
        message: 'no public address is set',
        hint: 'set server.publicUrl of the deployment (COZECUT_SERVER_PUBLIC_URL), or start with --tunnel',
      },
    ];
  }
  const address = new URL(publicUrl);
  const ask = createAsk(options.fetchOwn(address), publicUrl);
  const checks = [checkAddress(address)];
  const { nonce, proof } = await createChallenge(options.events);
  const shown = `Bearer ${nonce}`;
  const reached = await ask(`/v1/connect/proof/${nonce}`, { headers: { authorization: shown } });
  const connection = checkConnection(reached, address);
  checks.push(connection);
  if (connection.state !== 'ok' || 'failure' in reached) return checks;

  const { proof: got, authorization } = objectOf(reached.body);
  if (got !== proof) {
    const message = `what answers at ${publicUrl} is not this server, nor one that shares its store`;
    const hint = 'look where the name, the proxy or the tunnel leads';
    return [...checks, { id: 'identity', state: 'fail', code: 'OTHER_SERVER', message, hint }];
  }
  checks.push({ id: 'identity', state: 'ok', message: 'it is this server that answers' });
  checks.push(checkDocument(await ask('/openapi.json?profile=coze'), publicUrl));
  checks.push(
    authorization === fingerprintOf(shown)
      ? { id: 'authorization', state: 'ok', message: 'the header Authorization arrives as it was sent' }
      : {
          id: 'authorization',
          state: options.needsToken ? 'fail' : 'skip',
          code: 'AUTHORIZATION_LOST',
          message: 'the header Authorization does not arrive as it was sent',
          hint: 'tell the proxy to pass it on',
        },
  );
  if (options.toolPath !== undefined && options.needsToken) {
    checks.push(checkStranger(await ask(COZE_PREFIX + options.toolPath, { method: 'POST' })));
  }
  return checks;
}

type Answer = { status: number; location: string | null; body: unknown } | { failure: RequestFailure };
type Ask = (path: string, init?: RequestInit) => Promise<Answer>;

function createAsk(fetchOwn: typeof fetch, publicUrl: string): Ask {
  return async (path, init = {}) => {
    try {
      const response = await fetchOwn(publicUrl + path, { ...init, redirect: 'manual' });
      const text = await response.text();
      return { status: response.status, location: response.headers.get('location'), body: parse(text) };
    } catch (error) {
      return { failure: requestFailure(error, new URL(publicUrl).host) };
    }
  };
}

/** What the importer of Coze wants of an address, before anybody is asked. */
function checkAddress(address: URL): ConnectionCheck {
  const name = address.hostname.replace(/^\[|\]$/g, '');
  const id = 'address';
  if (isIP(name) !== 0 || name === 'localhost' || !name.includes('.')) {
    const message = `Coze wants the name of a domain (got ${address.host})`;
    return {
      id,
      state: 'fail',
      code: 'NOT_A_DOMAIN',
      message,
      hint: 'give the server a name, or use --tunnel',
    };
  }
  if (address.protocol !== 'https:') {
    const message = `Coze wants an address that begins with https:// (got ${address.origin})`;
    return { id, state: 'fail', code: 'NOT_HTTPS', message, hint: 'put a proxy with a certificate in front' };
  }
  return { id, state: 'ok', message: address.origin };
}

function checkConnection(answer: Answer, address: URL): ConnectionCheck {
  const id = 'connection';
  if ('failure' in answer) return { id, state: 'fail', ...answer.failure };
  const { status, location } = answer;
  if (status >= 300 && status < 400) {
    const target = location === null ? undefined : (URL.parse(location, address.href)?.origin ?? undefined);
    return {
      id,
      state: 'fail',
      code: 'REDIRECTED',
      message: `${address.origin} sends callers on to ${target ?? 'another address'} (HTTP ${status})`,
      hint: 'a call with a body may get lost on the way: set the address at which it ends',
    };
  }
  if (status === 401 || status === 403 || status === 407) {
    return {
      id,
      state: 'fail',
      code: 'AUTH_REFUSED',
      message: `something in front of the server wants a sign-in of its own (HTTP ${status})`,
      hint: 'let callers of this server through without it: the server asks for its own token',
    };
  }
  if (status === 200 || status === 404) return { id, state: 'ok', message: `${address.host} answers` };
  const message = `${address.host} answers HTTP ${status}`;
  const hint = 'look whether the proxy or the tunnel reaches this server';
  return { id, state: 'fail', code: 'WRONG_ANSWER', message, hint };
}

function checkDocument(answer: Answer, publicUrl: string): ConnectionCheck {
  const id = 'document';
  const url = `${publicUrl}/openapi.json?profile=coze`;
  if ('failure' in answer) return { id, state: 'fail', ...answer.failure };
  const { openapi, servers } = objectOf(answer.body);
  if (answer.status !== 200 || typeof openapi !== 'string') {
    const message = `${url} is not the document (HTTP ${answer.status})`;
    return { id, state: 'fail', code: 'DOCUMENT_MISSING', message, hint: 'tell the proxy to pass it on' };
  }
  const [named] = Array.isArray(servers) ? servers.map((server) => objectOf(server).url) : [];
  if (typeof named === 'string' && named.startsWith(publicUrl)) return { id, state: 'ok', message: url };
  const message = `the document names another address than ${publicUrl}`;
  return {
    id,
    state: 'fail',
    code: 'DOCUMENT_ADDRESS',
    message,
    hint: 'restart the server with this address',
  };
}

/** Whether a call without a token is refused by us, and by nobody else. */
function checkStranger(answer: Answer): ConnectionCheck {
  const id = 'tools';
  if ('failure' in answer) return { id, state: 'fail', ...answer.failure };
  const { code } = objectOf(answer.body);
  if (answer.status === 401 && code === 'UNAUTHORIZED') {
    return { id, state: 'ok', message: 'tools are there, for callers with a token' };
  }
  const message = `a call of a tool without a token is answered with HTTP ${answer.status}, not by this server`;
  const hint = 'tell the proxy to pass calls on as they are';
  return { id, state: 'fail', code: 'TOOLS_NOT_REACHED', message, hint };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
