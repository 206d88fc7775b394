import { isCozeError, localError } from '../errors.ts';
import { networkError } from '../network-error.ts';
import { wait } from '../wait.ts';
import type { OAuthEndpoint } from './endpoint.ts';
import type { TokenSet } from './tokens.ts';

/** By how much a service that says `slow_down` wants to be asked less often, in milliseconds. */
const SLOWER_MS = 5_000;
const OPERATION = 'sign in';

/**
 * Asks until the person has agreed. The helper of the SDK that asks by itself waits on the time of the machine, reads
 * one spelling of the code only, and never gives up; it is called for one question at a time.
 *
 * @throws CozeError COZE_SIGN_IN_REFUSED, COZE_SIGN_IN_EXPIRED, ABORTED, …
 */
export async function pollDevice(
  endpoint: OAuthEndpoint,
  device: { clientId: string; deviceCode: string; intervalMs: number; expiresAtMs: number },
  signal: AbortSignal | undefined,
): Promise<TokenSet> {
  const { getDeviceToken } = await import('@coze/api');
  const { clientId, deviceCode, expiresAtMs } = device;
  let { intervalMs } = device;
  const config = { baseURL: endpoint.baseUrl, clientId, deviceCode, poll: false };
  const call = { secrets: [deviceCode], ...(signal ? { signal } : {}) };
  while (endpoint.clock.nowMs() < expiresAtMs) {
    await wait(endpoint.clock, intervalMs, signal).catch((cause: unknown) => {
      throw networkError(cause, OPERATION, signal);
    });
    try {
      return await endpoint.tokens(call, (options) => getDeviceToken(config, options));
    } catch (error) {
      if (!isCozeError(error)) throw error;
      if (error.remoteCode === 'slow_down') intervalMs += SLOWER_MS;
      // A question that failed on its way is asked again.
      else if (error.retry !== 'wait' && error.retry !== 'backoff') throw error;
    }
  }
  throw localError('SIGN_IN_REQUIRED', 'the person did not agree in time', { operation: OPERATION });
}
