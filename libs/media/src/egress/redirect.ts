import { UserError } from '@cozecut/problems';
import { describeAddress } from './describe.ts';

/** What one hop is asked. */
export interface Ask {
  method: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | null;
}

const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * Where an answer leads, or nothing when it is the last one.
 *
 * @throws UserError MEDIA_UNREACHABLE when that is no address.
 */
export function redirectTarget(
  answer: { status: number; headers: { get(name: string): string | null } },
  url: URL,
): URL | undefined {
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
export function askAfterRedirect(ask: Ask, status: number, otherOrigin: boolean): Ask {
  const headers = new Headers(ask.headers);
  if (otherOrigin) for (const name of CREDENTIALS) headers.delete(name);
  const becomesGet = status === 303 ? ask.method !== 'HEAD' : status < 303 && ask.method === 'POST';
  if (!becomesGet) return { ...ask, headers };
  for (const name of ['content-type', 'content-encoding', 'content-language']) headers.delete(name);
  return { method: 'GET', headers, body: null };
}
