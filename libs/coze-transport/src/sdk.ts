import type { CozeAPI } from '@coze/api';
import { type CozeError, localError, remoteError, tryParseJson } from './errors.ts';
import type { HttpOptions } from './http.ts';
import { withToken } from './http.ts';
import { asObject, asText } from './json.ts';

/**
 * Runs one call of the official SDK, which is loaded on first use, through our `fetch` and with our errors.
 * Only for calls with one JSON answer: its streams end silently when they break.
 *
 * @throws CozeError
 */
export async function callSdk<T>(
  options: HttpOptions,
  operation: string,
  signal: AbortSignal | undefined,
  use: (sdk: CozeAPI) => Promise<T>,
): Promise<T> {
  const { APIError, CozeAPI } = await import('@coze/api');
  return withToken(options.token, async (token) => {
    const sdk = new CozeAPI({
      baseURL: options.baseUrl,
      token,
      allowPersonalAccessTokenInBrowser: true,
      axiosOptions: {
        adapter: 'fetch',
        env: { fetch: options.fetch },
        transformResponse: [readBody],
        ...(signal ? { signal } : {}),
      },
    });
    try {
      return await use(sdk);
    } catch (error) {
      throw translate(error);
    }
  });

  function translate(error: unknown): CozeError {
    if (signal?.aborted) return localError('ABORTED', 'aborted by the caller', { operation, cause: error });
    if (!(error instanceof APIError) || !(error.status && error.rawError)) {
      const message = error instanceof Error ? error.message : String(error);
      return localError('NETWORK', `no answer: ${message}`, { operation, cause: error });
    }
    const failure = { remoteCode: asText(error.code), message: error.msg ?? '', logId: error.logid ?? '' };
    return remoteError(failure, { operation, status: error.status });
  }
}

/** Keeps long ids exact, and success a number: the SDK takes `"0"` for a failure. */
function readBody(text: unknown): unknown {
  const value = typeof text === 'string' ? (tryParseJson(text) ?? text) : text;
  const envelope = asObject(value);
  return envelope && asText(envelope.code) === '0' ? { ...envelope, code: 0 } : value;
}
