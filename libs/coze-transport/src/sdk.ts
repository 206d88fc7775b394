import type { CozeAPI } from '@coze/api';
import { withDeadline } from './deadline.ts';
import { bodyError, type CozeError, isCozeError, localError, tryParseJson } from './errors.ts';
import { errorText, type HttpOptions, readEnvelope, repeated, textOf } from './http.ts';
import { asObject, asText } from './json.ts';
import { networkError } from './network-error.ts';
import type { CallOptions } from './ports.ts';
import { type ApiRequest, contextOf, hiding, operationOf } from './request.ts';
import { withToken } from './token.ts';

/**
 * Runs one call of the official SDK, which is loaded on first use: it writes the request, and the answer is judged by
 * us. Only for calls with one JSON answer: its streams end silently when they break.
 *
 * @throws CozeError
 */
export async function callSdk<T>(
  options: HttpOptions,
  request: Pick<ApiRequest, 'method' | 'path' | 'isRead'>,
  call: CallOptions,
  use: (sdk: CozeAPI) => Promise<T>,
): Promise<T> {
  const { CozeAPI } = await import('@coze/api');
  const operation = operationOf(request);
  return withDeadline(options, operation, call, (signal) =>
    repeated(options, request, signal, () =>
      withToken(options.token, (token) =>
        judged(options, { operation, secrets: [token], signal }, (axiosOptions) =>
          use(
            new CozeAPI({
              baseURL: options.baseUrl,
              token,
              allowPersonalAccessTokenInBrowser: true,
              axiosOptions,
            }),
          ),
        ),
      ),
    ),
  );
}

/** One call of the SDK. */
export interface JudgedCall {
  operation: string;
  /** Taken out of every message. */
  secrets: readonly string[];
  signal: AbortSignal;
  /** Told the head of the answer. */
  onResponse?(response: Response): void;
}

/** Options for axios under which every answer is read, bounded and judged here. */
export type SdkOptions = Record<string, unknown>;

/**
 * Runs `use` with such options. Errors of the SDK and of axios never get out: they carry the headers, and with them
 * the token.
 *
 * @throws CozeError
 */
export async function judged<T>(
  options: Pick<HttpOptions, 'fetch' | 'clock' | 'maxResponseBytes'>,
  call: JudgedCall,
  use: (axiosOptions: SdkOptions) => Promise<T>,
): Promise<T> {
  const { operation, secrets, signal } = call;
  let failure: CozeError | undefined;
  const exchange = async (...[input, init]: Parameters<typeof fetch>): Promise<Response> => {
    try {
      const response = await options.fetch(input, init).catch((cause: unknown) => {
        throw networkError(cause, operation, signal);
      });
      call.onResponse?.(response);
      const context = contextOf(response, operation, { clock: options.clock, secrets });
      if (!response.ok) throw bodyError(await errorText(response, operation, signal), context);
      const text = await textOf(options, response, context, signal);
      readEnvelope(text, context);
      return new Response(text, { headers: { 'content-type': 'application/json' } });
    } catch (error) {
      if (isCozeError(error)) failure = error;
      throw error;
    }
  };
  try {
    return await use({
      adapter: 'fetch',
      env: { fetch: exchange },
      transformResponse: [readAnswer],
      signal,
    });
  } catch (error) {
    if (failure) throw failure;
    if (signal.aborted) throw networkError(undefined, operation, signal);
    const message = error instanceof Error ? error.message : 'the call failed';
    throw localError('BAD_RESPONSE', message, { operation, hide: hiding(secrets) });
  }
}

/** Keeps long ids exact, and success a number: the SDK takes `"0"` for a failure. */
function readAnswer(text: unknown): unknown {
  const value = typeof text === 'string' ? (tryParseJson(text) ?? text) : text;
  const envelope = asObject(value);
  return envelope && asText(envelope.code) === '0' ? { ...envelope, code: 0 } : value;
}
