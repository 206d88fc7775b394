import createClient, { type Client } from 'openapi-fetch';
import { Failure, failureOf } from './failure.ts';
import { type LiveEvent, readEvents } from './live-events.ts';
import type { components, paths } from './server.gen.ts';

/** What the schemas of the server's document are called. */
export type Schemas = components['schemas'];

/** How the page talks to the server that it came from. */
export interface Api {
  /** Typed requests; see {@link answerOf}. */
  client: Client<paths>;
  /** Any other request; `path` is relative to the page. @throws Failure when there is no answer, or the server has had enough of us */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /**
   * Server-sent events of a path; ends when the server has nothing more to tell.
   *
   * @throws Failure with the status 0 when the connection was cut.
   */
  events(path: string, options: { signal: AbortSignal; after?: number }): AsyncGenerator<LiveEvent>;
}

/** What a server that limits the requests of each caller does not count. */
const UNCOUNTED = '/livez';

/**
 * @param options.token - The token to show, when there is one.
 * @param options.onStranger - Called when the server does not know who asks.
 */
export function createApi(options: { token(): string | undefined; onStranger(): void }): Api {
  const base = new URL('.', document.baseURI);
  /** Of whom the server has had enough, and until when: what is asked meanwhile would be refused as well. */
  let limited: { token: string | undefined; untilMs: number; refusal: Failure } | undefined;

  async function send(request: Request): Promise<Response> {
    const token = options.token();
    const isCounted = !request.url.endsWith(UNCOUNTED);
    if (isCounted && limited !== undefined && limited.token === token && limited.untilMs > Date.now())
      throw limited.refusal;
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(request).catch((error: unknown) => {
      throw error instanceof TypeError ? new Failure({ status: 0 }) : error;
    });
    if (response.status === 401) options.onStranger();
    const waitS = Number(response.headers.get('retry-after') ?? 0);
    if (response.status === 429 && waitS > 0) {
      const untilMs = Date.now() + waitS * 1_000;
      limited = {
        token,
        untilMs,
        refusal: failureOf(429, await response.json().catch(() => undefined), untilMs),
      };
      throw limited.refusal;
    }
    return response;
  }

  const api: Api = {
    client: createClient<paths>({ baseUrl: base.href.replace(/\/$/, ''), fetch: send }),
    fetch: (path, init) => send(new Request(new URL(path.replace(/^\//, ''), base), init)),
    async *events(path, { signal, after }) {
      const headers = after === undefined ? {} : { 'last-event-id': String(after) };
      const response = await api.fetch(path, { signal, headers });
      if (!response.ok) throw failureOf(response.status, await response.json().catch(() => undefined));
      if (response.status === 204) return;
      yield* readEvents(response);
      throw new Failure({ status: 0 });
    },
  };
  return api;
}

/** The body of an answer. @throws Failure when it is not one of success */
export async function answerOf<Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await answer;
  if (!response.ok) throw failureOf(response.status, error);
  return data as Data;
}
