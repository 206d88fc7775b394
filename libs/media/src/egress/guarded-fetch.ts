import { isUserError, UserError } from '@cozecut/problems';
import { createGuardedConnector, NotPublicError } from './connector.ts';
import { describeAddress, describeFailure, findCause } from './describe.ts';
import { limitBody } from './limit-body.ts';
import { createEgressPolicy, type EgressPolicy, type EgressRules, portOf, type Refusal } from './policy.ts';

const DEFAULT_TIMEOUT_MS = 300_000;
const DEFAULT_REDIRECTS = 5;
const NO_BODY = new Set([101, 103, 204, 205, 304]);
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * A `fetch` that reaches only what `rules` allow. Every hop of a redirect is checked again, and an address is judged
 * by what the socket really connects to. A body is cut off at `maxBytes`, a whole request at `totalTimeoutMs`, also
 * while its body is read. The caller's signal is honoured; its reason is what is thrown.
 *
 * The returned function and the bodies of its answers throw these errors:
 *
 * @throws UserError EGRESS_RULE_INVALID (at once) when an allow entry cannot be understood.
 * @throws UserError EGRESS_DENIED when the address, or a redirect, leads where the rules do not allow.
 * @throws UserError MEDIA_TOO_LARGE when the body is longer than `maxBytes`.
 * @throws UserError MEDIA_TIMEOUT when the request took longer than `totalTimeoutMs`.
 * @throws UserError MEDIA_TRUNCATED when the body ended before its announced end.
 * @throws UserError MEDIA_UNREACHABLE when no answer came, or too many redirects.
 * @throws UserError MEDIA_ADDRESS_INVALID when the address is not an absolute URL.
 */
export function createGuardedFetch(rules: EgressRules): typeof fetch {
  const policy = createEgressPolicy(rules);
  const client = lazyClient(policy);
  const timeoutMs = rules.totalTimeoutMs ?? DEFAULT_TIMEOUT_MS;
  const maxRedirects = rules.maxRedirects ?? DEFAULT_REDIRECTS;

  function check(url: URL, from?: URL): void {
    const refusal = policy.refuse(url);
    if (refusal) throw denied(url, from, refusal);
  }

  return async function guardedFetch(input, init) {
    let url = parseAddress(typeof input === 'object' && 'url' in input ? input.url : String(input));
    check(url);
    const request = new Request(input, init);
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    let ask = { method: request.method, headers: new Headers(request.headers), body };
    const start = url;
    let from: URL | undefined;

    const deadline = new AbortController();
    const timer = setTimeout(() => {
      const message = `${describeAddress(start)} took longer than the ${timeoutMs} ms allowed for it`;
      deadline.abort(new UserError('MEDIA_TIMEOUT', message));
    }, timeoutMs);
    timer.unref();
    const signal = AbortSignal.any([request.signal, deadline.signal]);

    /** The error to show for one that came from below. */
    function explain(error: unknown, code: string, what: string): unknown {
      if (deadline.signal.aborted) return deadline.signal.reason;
      if (request.signal.aborted) return request.signal.reason;
      if (isUserError(error)) return error;
      const notPublic = findCause(error, NotPublicError);
      if (notPublic) {
        return denied(url, from, { rule: `${url.host} is at a ${notPublic.kind} address`, ofHost: true });
      }
      const message = `${describeAddress(url)} ${what}: ${describeFailure(error)}`;
      return new UserError(code, message, { cause: error });
    }

    try {
      for (let redirects = 0; ; redirects++) {
        const headers = [...ask.headers] as [string, string][];
        const { fetch: send, dispatcher } = await client();
        const answer = await send(url, { ...ask, headers, dispatcher, signal, redirect: 'manual' });
        const target = request.redirect === 'manual' ? undefined : redirectTarget(answer, url);
        if (!target) {
          const limited = limitBody(answer.body, {
            maxBytes: rules.maxBytes,
            announced: answer.headers.get('content-length'),
            tooLarge: (what) => tooLarge(url, what),
            explain: (error) => explain(error, 'MEDIA_TRUNCATED', 'ended early'),
            finished: () => clearTimeout(timer),
          });
          return toResponse(answer, limited, url);
        }
        await answer.body?.cancel();
        if (request.redirect === 'error' || redirects >= maxRedirects) {
          const limit =
            request.redirect === 'error' ? 'redirects' : `redirects more than ${maxRedirects} times`;
          throw new UserError('MEDIA_UNREACHABLE', `${describeAddress(start)} ${limit}`);
        }
        check(target, url);
        ask = askAfterRedirect(ask, answer.status, target.origin !== url.origin);
        from = url;
        url = target;
      }
    } catch (error) {
      clearTimeout(timer);
      throw explain(error, 'MEDIA_UNREACHABLE', 'could not be reached');
    }
  };
}

/** The client that opens the sockets, loaded at the first request: most calls of tools make none. */
function lazyClient(policy: EgressPolicy) {
  const load = async () => {
    const { Agent, buildConnector, fetch } = await import('undici');
    return { fetch, dispatcher: new Agent({ connect: createGuardedConnector(policy, buildConnector) }) };
  };
  let client: ReturnType<typeof load> | undefined;
  return () => {
    client ??= load();
    return client;
  };
}

interface Ask {
  method: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | null;
}

interface Answer {
  status: number;
  statusText: string;
  headers: Iterable<[string, string]> & { get(name: string): string | null };
}

function parseAddress(text: string): URL {
  const url = URL.parse(text);
  if (url) return url;
  throw new UserError(
    'MEDIA_ADDRESS_INVALID',
    `expected an absolute http: or https: address (got "${text}")`,
  );
}

function redirectTarget(answer: Answer, url: URL): URL | undefined {
  const location = [301, 302, 303, 307, 308].includes(answer.status) && answer.headers.get('location');
  if (!location) return undefined;
  const target = URL.parse(location, url.href);
  if (target) return target;
  throw new UserError(
    'MEDIA_UNREACHABLE',
    `${describeAddress(url)} redirects to something that is no address`,
  );
}

/** What to send to the next hop, as browsers do: a POST may become a GET, credentials stay with their origin. */
function askAfterRedirect(ask: Ask, status: number, otherOrigin: boolean): Ask {
  const headers = new Headers(ask.headers);
  if (otherOrigin) for (const name of CREDENTIALS) headers.delete(name);
  const becomesGet = status === 303 ? ask.method !== 'HEAD' : status < 303 && ask.method === 'POST';
  if (!becomesGet) return { ...ask, headers };
  for (const name of ['content-type', 'content-encoding', 'content-language']) headers.delete(name);
  return { method: 'GET', headers, body: null };
}

function toResponse(
  answer: Answer,
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  url: URL,
): Response {
  const { status, statusText } = answer;
  const headers = new Headers([...answer.headers]);
  const response = new Response(NO_BODY.has(status) ? null : body, { status, statusText, headers });
  return Object.defineProperty(response, 'url', { value: url.href });
}

function denied(url: URL, from: URL | undefined, { rule, ofHost }: Refusal): UserError {
  const via = from === undefined ? '' : ` (redirected from ${describeAddress(from)})`;
  const hint = ofHost ? { hint: `To allow it, add "${url.hostname}:${portOf(url)}" to egress.allow.` } : {};
  return new UserError('EGRESS_DENIED', `${describeAddress(url)}${via} is refused: ${rule}`, hint);
}

function tooLarge(url: URL, what: string): UserError {
  return new UserError('MEDIA_TOO_LARGE', `${describeAddress(url)} ${what}`, {
    hint: 'Use a smaller file or raise egress.maxBytes.',
  });
}
