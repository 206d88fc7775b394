import type { PathSegment, Problem } from '@cozecut/problems';
import { isUnresolved } from '../compose/interpolate.ts';
import { child, itemsOf, type Node, problemAt, textOf } from '../source/node.ts';

/** Checks what the schema cannot say about `auth.server`: keys that need each other, addresses that strangers could use. */
export function checkServerAuth(root: Node, problems: Problem[]): void {
  for (const [index, entry] of itemsOf(child(child(root, 'auth'), 'server')).entries()) {
    const at = (...keys: PathSegment[]) => ['auth', 'server', index, ...keys];
    const type = textOf(child(entry, 'type'));
    if (type === 'jwt') {
      const url = textOf(child(entry, 'jwksUrl'));
      if (url !== undefined && isOpen(url)) {
        problems.push(
          problemAt(root, at('jwksUrl'), 'value', {
            code: 'AUTH_PLAIN_HTTP',
            severity: 'warning',
            message: 'jwksUrl is http: whoever is between can let in whom they like',
            hint: 'Use https, or a key server on this machine',
          }),
        );
      }
    }
    if (type !== 'oauth') continue;
    const [secret, owner] = [child(entry, 'secret'), child(entry, 'owner')];
    const redirects = itemsOf(child(entry, 'redirectUrls'));
    if (owner !== undefined && secret === undefined) {
      problems.push(
        problemAt(root, at('owner'), 'key', {
          code: 'MISSING_KEY',
          severity: 'error',
          message: `auth.server[${index}] needs "secret", because it has an owner: it proves who it is by that`,
        }),
      );
    } else if (owner === undefined && redirects.length === 0) {
      problems.push(
        problemAt(root, at(), 'value', {
          code: 'MISSING_KEY',
          severity: 'error',
          message: `auth.server[${index}] needs "redirectUrls" or "owner": nobody could give it a token`,
          hint: 'redirectUrls: for what people allow; owner and secret: for a program of its own',
        }),
      );
    }
    for (const [which, redirect] of redirects.entries()) {
      const url = textOf(redirect);
      if (url === undefined || isUnresolved(url)) continue;
      const wrong = isOpen(url) ? 'must be https, or an address of this machine' : undefined;
      const message = wrong ?? (url.includes('#') ? 'must have no # part' : undefined);
      if (message === undefined) continue;
      problems.push(
        problemAt(root, at('redirectUrls', which), 'value', {
          code: 'WRONG_VALUE',
          severity: 'error',
          message: `auth.server[${index}].redirectUrls[${which}] ${message} (got ${JSON.stringify(url)})`,
        }),
      );
    }
  }
}

/** Whether an address can be read and changed on its way. */
function isOpen(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'http:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
