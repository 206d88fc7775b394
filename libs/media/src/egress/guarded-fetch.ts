import { isIP } from 'node:net';
import { isUserError, UserError } from '@cozecut/problems';
import { createGuardedConnector, isOwnNetwork, type Lookup, NotPublicError } from './connector.ts';
import { describeAddress, describeFailure, findCause, isPassing } from './describe.ts';
import { limitBody } from './limit-body.ts';
import {
  createEgressPolicy,
  EGRESS_LIMITS,
  type EgressPolicy,
  type EgressRules,
  portOf,
  type Refusal,
} from './policy.ts';
import { type Ask, askAfterRedirect, redirectTarget } from './redirect.ts';
import { createTurns } from './turns.ts';

const NO_BODY = new Set([101, 103, 204, 205, 304]);

/** What a guarded `fetch` works with. */
export interface EgressPorts {
  /** Finds the addresses of a name; `dns.lookup` when left out. */
  lookup?: Lookup;
}

/**
 * A `fetch` that reaches only what `rules` allow. Every hop of a redirect is checked again, and an address is judged
 * by what the socket really connects to. A body is cut off at `maxBytes` or when it drips, a whole request at
 * `totalTimeoutMs`, also while its body is read or it waits for its turn. Read or cancel every body: until then it
 * keeps its turn. The caller's signal is honoured; its reason is what is thrown.
 *
 * The returned function and the bodies of its answers throw these errors:
 *
 * @throws UserError EGRESS_RULE_INVALID (at once) when an allow entry cannot be understood.
 * @throws UserError EGRESS_DENIED when the address, or a redirect, leads where the rules do not allow.
 * @throws UserError MEDIA_TOO_LARGE when the content is longer than `maxBytes`.
 * @throws UserError MEDIA_TIMEOUT when the request took longer than `totalTimeoutMs`, or its body drips.
 * @throws UserError MEDIA_TRUNCATED when the body ended before its announced end.
 * @throws UserError MEDIA_UNREACHABLE when no answer came, none that is HTTP, or too many redirects.
 * @throws UserError MEDIA_BUSY when more than `maxWaiting` requests wait for their turn.
 * @throws UserError MEDIA_ADDRESS_INVALID when the address is not an absolute URL.
 *
 * @example
 * ```ts
 * import { createGuardedFetch } from '@cozecut/media';
 *
 * const fetch = createGuardedFetch({ allow: [], denyPrivate: true, maxBytes: 200_000_000 });
 * await fetch('http://169.254.169.254/latest/meta-data').catch((error) => console.log(error.code)); // => EGRESS_DENIED
 * ```
 */
export function createGuardedFetch(rules: EgressRules, ports: EgressPorts = {}): typeof fetch {
  const limits = { ...EGRESS_LIMITS, ...rules };
  const policy = createEgressPolicy(rules);
  const client = lazyClient(policy, ports);
  const turns = createTurns(limits);

  function check(url: URL, from?: URL): void {
    const refusal = policy.refuse(url);
    if (refusal) throw denied(url, from, refusal);
  }

  return async function guardedFetch(input, init) {
    let url = parseAddress(typeof input === 'object' && 'url' in input ? input.url : String(input));
    check(url);
    const request = new Request(input, init);
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    let ask: Ask = { method: request.method, headers: new Headers(request.headers), body };
    const start = url;
    let from: URL | undefined;
    let release = () => {};

    const cutOff = new AbortController();
    const tooLate = (why: string) =>
      cutOff.abort(new UserError('MEDIA_TIMEOUT', `${describeAddress(start)} ${why}`));
    const timer = setTimeout(() => {
      tooLate(`took longer than the ${limits.totalTimeoutMs} ms allowed for it`);
    }, limits.totalTimeoutMs);
    timer.unref();
    const signal = AbortSignal.any([request.signal, cutOff.signal]);
    const finished = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finished);
      release();
    };
    // Nobody may be reading the body any more.
    signal.addEventListener('abort', finished, { once: true });

    /** The error to show for one that came from below. */
    function explain(error: unknown, code: string, what: string): unknown {
      if (cutOff.signal.aborted) return cutOff.signal.reason;
      if (request.signal.aborted) return request.signal.reason;
      if (isUserError(error)) return error;
      const notPublic = findCause(error, NotPublicError);
      if (notPublic) {
        const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
        const ofHost = isAddress || isOwnNetwork(notPublic.kind);
        return denied(url, from, { rule: `${url.host} is at a ${notPublic.kind} address`, ofHost });
      }
      const message = `${describeAddress(url)} ${what}: ${describeFailure(error)}`;
      return new UserError(code, message, { cause: error, retryable: isPassing(error) });
    }

    try {
      for (let redirects = 0; ; redirects++) {
        release = await turns.take(url.host, signal, tooMany);
        const headers = [...ask.headers] as [string, string][];
        const { fetch: send, dispatcher } = await client();
        const answer = await send(url, { ...ask, headers, dispatcher, signal, redirect: 'manual' });
        const target = request.redirect === 'manual' ? undefined : redirectTarget(answer, url);
        if (!target) {
          const limited = limitBody(answer.body, {
            ...limits,
            startsAt: answer.status === 206 ? rangeStart(answer.headers.get('content-range')) : 0,
            announced: answer.headers.get('content-length'),
            tooLarge: (what) => tooLarge(url, what),
            tooSlow: () => tooLate(`sends less than ${limits.minBytesPerSecond} bytes in a second`),
            explain: (error) => explain(error, 'MEDIA_TRUNCATED', 'ended early'),
            finished,
          });
          return toResponse(answer, limited, url);
        }
        await answer.body?.cancel();
        release();
        if (request.redirect === 'error' || redirects >= limits.maxRedirects) {
          const limit =
            request.redirect === 'error' ? 'redirects' : `redirects more than ${limits.maxRedirects} times`;
          throw new UserError('MEDIA_UNREACHABLE', `${describeAddress(start)} ${limit}`);
        }
        check(target, url);
        ask = askAfterRedirect(ask, answer.status, target.origin !== url.origin);
        from = url;
        url = target;
      }
    } catch (error) {
      finished();
      throw explain(error, 'MEDIA_UNREACHABLE', 'could not be reached');
    }
  };
}

/** The client that opens the sockets, loaded at the first request: most calls of tools make none. */
function lazyClient(policy: EgressPolicy, { lookup }: EgressPorts) {
  const load = async () => {
    const { Agent, buildConnector, fetch } = await import('undici');
    const connect = createGuardedConnector(policy, buildConnector, lookup);
    return { fetch, dispatcher: new Agent({ connect, maxHeaderSize: EGRESS_LIMITS.maxHeaderBytes }) };
  };
  let client: ReturnType<typeof load> | undefined;
  return () => {
    client ??= load();
    return client;
  };
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

function rangeStart(contentRange: string | null): number {
  return Number(/^bytes (\d+)-/.exec(contentRange ?? '')?.[1] ?? 0);
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

function tooMany(waiting: number): UserError {
  return new UserError('MEDIA_BUSY', `${waiting} requests are already waiting for their turn`, {
    hint: 'Try again later.',
    retryable: true,
  });
}
