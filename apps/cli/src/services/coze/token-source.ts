import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type CozeAuthMethod,
  createTokenSource,
  type SignInMethod,
  type TokenSource,
  tokenKey,
} from '@cozecut/coze-transport';
import type { Plugin } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import { createLog } from '../../log.ts';
import type { Environment } from '../../settings.ts';
import { secretsOf } from '../secrets.ts';
import { signIns, waysOf } from './ways.ts';

/** How long before its end a token is renewed. */
const MARGIN_MS = 60_000;
/** A process that renews is given up on after this time; the call of the endpoint ends before that. */
const PATIENCE_MS = 45_000;

/**
 * The tokens of the first way to call Coze that is possible here.
 *
 * @throws UserError SIGN_IN_REQUIRED, SECRET_MISSING when none is.
 */
export function cozeTokens(plugin: Plugin, baseUrl: string, env: Environment): TokenSource {
  const ways = waysOf(plugin, baseUrl, env);
  const ready = ways.find(({ isReady }) => isReady);
  if (ready !== undefined) return sourceOf(ready.method, plugin, baseUrl, env);
  throw (
    ways[0]?.missing ??
    new UserError('SECRET_MISSING', `${plugin.file} names no way to call Coze`, {
      hint: 'write auth.coze: { type: pat, secret: "secret:COZE_API_TOKEN" } and set COZE_API_TOKEN',
    })
  );
}

/** The tokens of one way. */
function sourceOf(method: CozeAuthMethod, plugin: Plugin, baseUrl: string, env: Environment): TokenSource {
  const store = signIns(env);
  const source = createTokenSource(method, {
    baseUrl,
    store,
    resolveSecret: secretsOf(plugin, env),
    expiryMarginMs: MARGIN_MS,
    log: createLog('warn', (line) => process.stderr.write(line)),
  });
  if (method.type === 'pat' || method.type === 'oauth-jwt') return source;
  const key = tokenKey(baseUrl, method as SignInMethod);
  const lock = `${store.fileOf(key)}.lock`;
  return async (request) => {
    const { expiresAtMs = 0 } = store.read(key) ?? {};
    if (!request.refresh && expiresAtMs - MARGIN_MS > Date.now()) return source(request);
    // A refresh token works once. Whoever waited finds the new tokens in the file.
    return whileAlone(lock, () => source(request));
  };
}

async function whileAlone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const { withLock } = await import('@cozecut/draft-core/node');
  mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
  return withLock(lock, PATIENCE_MS, work).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 'DRAFT_BUSY') throw error;
    throw new UserError('SIGN_IN_BUSY', 'another process is renewing the sign-in to Coze', {
      hint: `try again; if there is no such process, remove ${lock}`,
      cause: error,
    });
  });
}
