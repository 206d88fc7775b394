/** Who calls. */
export interface Caller {
  /** Name of the credential in logs; never its secret. */
  id: string;
  /** Whose drafts, jobs and sessions the caller works with. */
  owner: string;
  /** What the caller may do, such as `tools:call`; `*` is everything. */
  scopes: readonly string[];
  /** Whether somebody else acts for the owner: such a caller can allow nobody else to. */
  isDelegated?: boolean;
}

/** One kind of credential: the caller that a token stands for, or nothing when it is not of this kind. */
export type TokenCheck = (token: string) => Promise<Caller | undefined>;

/**
 * Makes a check of the `Authorization` header from kinds of credentials. Every kind is asked for every token, so that
 * the time of an answer does not tell which kind a wrong token came close to.
 *
 * @example
 * ```ts
 * import { createAuthenticator, createSharedTokenCheck, hasScope } from '@cozecut/auth';
 *
 * const authenticate = createAuthenticator([
 *   createSharedTokenCheck([{ id: 'coze', owner: 'alice', scopes: ['tools:call'], token: 'a-long-random-text' }]),
 * ]);
 * const caller = await authenticate('Bearer a-long-random-text');
 * console.log(caller?.owner, caller && hasScope(caller, 'admin')); // => alice false
 * console.log(await authenticate('Bearer wrong')); // => undefined
 * ```
 */
export function createAuthenticator(
  checks: readonly TokenCheck[],
): (authorization: string | undefined) => Promise<Caller | undefined> {
  return async (authorization) => {
    const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization ?? '')?.[1] ?? '';
    const callers = await Promise.all(checks.map((check) => check(token)));
    return token === '' ? undefined : callers.find((caller) => caller !== undefined);
  };
}

/** Whether a caller may do what a scope names. */
export function hasScope(caller: Caller, scope: string): boolean {
  return caller.scopes.includes('*') || caller.scopes.includes(scope);
}
