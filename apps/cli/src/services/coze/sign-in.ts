import { createServer, type Server } from 'node:http';
import { isIP } from 'node:net';
import {
  beginBrowserSignIn,
  type DevicePrompt,
  type SignInMethod,
  signInWithDevice,
  signOut,
  tokenKey,
} from '@cozecut/coze-transport';
import type { Region } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { Environment } from '../../settings.ts';
import { interruptible } from '../interrupt.ts';
import { type ManifestChoice, readManifest } from '../manifest.ts';
import { secretsOf } from '../secrets.ts';
import { placeOf } from './place.ts';
import { addressOf, signIns, type Way, waysOf } from './ways.ts';

/** Whose sign-in is meant. */
export interface SignInRequest extends ManifestChoice {
  /** Default: that of the first bot or workflow of the manifest, else `cn`. */
  region?: Region | undefined;
  env: Environment;
  folder: string;
}

/** One way to call Coze, as it stands; never with a token. */
export interface WayState {
  type: Way['method']['type'];
  /** Whether Coze is called this way: it is the first one that is possible. */
  used: boolean;
  /** `expired`: it ended and cannot be renewed. */
  state: 'ready' | 'missing' | 'expired';
  /** When the person signed in. */
  since?: string;
  /** When the token ends. */
  until?: string;
  /** Whether it is then renewed without a person. */
  renewed?: boolean;
  /** Why it is missing. */
  reason?: string;
}

/** What a person has to be told on the way. */
export interface SignInPrompts {
  /** The address is asked for a code. */
  onAsk(address: string): void;
  onDevice(prompt: DevicePrompt): void;
  onPage(url: string): void;
}

/** Signs a person in, in the first way of the manifest that has a person. */
export async function signIn(
  request: SignInRequest,
  prompts: SignInPrompts,
): Promise<{ type: string; baseUrl: string; file: string; until: string }> {
  const { plugin, baseUrl, ways } = read(request);
  const method = ways.map((way) => way.method).find(isSignIn);
  if (method === undefined) throw noSignIn(plugin.file);
  const store = signIns(request.env, true);
  const options = { baseUrl, store, resolveSecret: secretsOf(plugin, request.env) };
  await interruptible(async (signal) => {
    if (method.type === 'oauth-device') {
      prompts.onAsk(baseUrl);
      await signInWithDevice(method, options, { onPrompt: prompts.onDevice, signal });
      return;
    }
    const { url, finish } = await beginBrowserSignIn(method, options);
    const callback = await receiveCallback(method.redirectUrl, signal, () => prompts.onPage(url));
    await finish(callback, { signal });
  });
  const key = tokenKey(baseUrl, method);
  const { expiresAtMs } = store.read(key)!;
  return { type: method.type, baseUrl, file: store.fileOf(key), until: iso(expiresAtMs) };
}

/** Forgets the sign-ins of the manifest; says which there were. */
export async function forgetSignIn(request: SignInRequest): Promise<{ baseUrl: string; removed: string[] }> {
  const { baseUrl, ways } = read(request);
  const store = signIns(request.env);
  const removed: string[] = [];
  for (const { method, kept } of ways) {
    if (kept === undefined || !isSignIn(method)) continue;
    await signOut(method, { baseUrl, store });
    removed.push(method.type);
  }
  return { baseUrl, removed };
}

/** How Coze is called from here. Nothing is contacted. */
export function signInStatus(request: SignInRequest): { baseUrl: string; ways: WayState[] } {
  const { baseUrl, ways } = read(request);
  const first = ways.find(({ isReady }) => isReady);
  return { baseUrl, ways: ways.map((way) => ({ ...stateOf(way), used: way === first })) };
}

function stateOf({ method, isReady, kept, missing }: Way): Omit<WayState, 'used'> {
  const { type } = method;
  if (!isReady) return { type, state: 'missing', ...(missing ? { reason: missing.message } : {}) };
  if (kept === undefined) return { type, state: 'ready' };
  const { signedInAtMs, expiresAtMs, refreshToken } = kept;
  const renewed = refreshToken !== undefined;
  const state = renewed || expiresAtMs > Date.now() ? 'ready' : 'expired';
  return { type, state, since: iso(signedInAtMs), until: iso(expiresAtMs), renewed };
}

function read({ region, env, folder, ...choice }: SignInRequest) {
  const plugin = readManifest({ ...choice, needs: 'nothing' }, env, folder);
  const baseUrl = addressOf(placeOf(plugin, region), env);
  return { plugin, baseUrl, ways: waysOf(plugin, baseUrl, env) };
}

function isSignIn(
  method: Way['method'],
): method is Extract<SignInMethod, { type: `oauth-${'device' | 'pkce'}` }> {
  return method.type === 'oauth-device' || method.type === 'oauth-pkce';
}

function noSignIn(file: string): UserError {
  return new UserError('SIGN_IN_UNKNOWN', `${file} has no way to call Coze in which a person signs in`, {
    hint: 'write auth.coze: { type: oauth-device, clientId: "…" } with the id of your OAuth app; a personal token needs no sign-in, only COZE_API_TOKEN',
  });
}

/** Waits on this machine for the browser to come back. @returns The address that it came to. */
function receiveCallback(redirectUrl: string, signal: AbortSignal, onReady: () => void): Promise<string> {
  const target = new URL(redirectUrl);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const isHere = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  if (target.protocol !== 'http:' || !isHere) {
    throw new UserError(
      'REDIRECT_INVALID',
      `redirectUrl must be an http address of this machine (got ${redirectUrl})`,
      {
        hint: 'register http://127.0.0.1:8901/callback with the OAuth app, or use oauth-device',
      },
    );
  }
  return new Promise((resolve, reject) => {
    const server: Server = createServer((request, response) => {
      const address = new URL(request.url ?? '/', target);
      if (request.method !== 'GET' || address.pathname !== target.pathname || address.search === '') {
        response.writeHead(404, { connection: 'close' }).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      response.end('cozecut: you can close this page. 可以关闭此页面。\n', () =>
        end(() => resolve(address.href)),
      );
    });
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort);
      server.close();
      server.closeAllConnections();
      settle();
    };
    const onAbort = () => end(() => reject(new UserError('CANCELLED', 'the sign-in was left')));
    signal.addEventListener('abort', onAbort, { once: true });
    server.once('error', (cause) =>
      end(() =>
        reject(
          new UserError('PORT_BUSY', `cannot listen on ${target.host} for the browser to come back`, {
            hint: 'end the program that uses the port, or give auth.coze another redirectUrl',
            cause,
          }),
        ),
      ),
    );
    server.listen(Number(target.port || 80), host, onReady);
  });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
