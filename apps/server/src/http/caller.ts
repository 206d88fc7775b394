import type { IncomingHttpHeaders } from 'node:http';
import { type Caller, hasScope } from '@cozecut/auth';
import { UserError } from '@cozecut/problems';
import { LOCAL_OWNER } from '@cozecut/store';
import type { Request, RequestHandler, Response } from 'express';
import { sendProblem } from './send-problem.ts';

/** May call tools, and see the drafts and jobs of its owner. */
export const CALL_SCOPE = 'tools:call';
/** May see everybody's things, and make tokens. */
export const ADMIN_SCOPE = 'admin';

/** Whoever reaches a server without authentication is the person at this machine. */
export const LOCAL_CALLER: Caller = { id: 'local', owner: LOCAL_OWNER, scopes: ['*'] };

/** Who sent the request of a response. */
export function callerOf(response: Response): Caller {
  return response.locals.caller as Caller;
}

/** Whether a caller sees the things of all owners. */
export function isAdmin(caller: Caller): boolean {
  return hasScope(caller, ADMIN_SCOPE);
}

/** Whose things a caller asks for: its own; an admin those of everybody, or of the owner it names. */
export function ownerAsked(caller: Caller, named: unknown): { owner?: string } {
  if (!isAdmin(caller)) return { owner: caller.owner };
  return typeof named === 'string' && named !== '' ? { owner: named } : {};
}

/** Who the headers of a request stand for; nobody for a stranger. */
export type Authorise = (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;

/** Finds out who calls. */
export function identify(authorise: Authorise | undefined): RequestHandler {
  if (authorise === undefined) {
    return (_request, response, next) => {
      response.locals.caller = LOCAL_CALLER;
      next();
    };
  }
  return async (request, response, next) => {
    const find = () => authorise(request.headers);
    response.locals.caller = await find();
    response.locals.isStillKnown = async () => (await find()) !== undefined;
    next();
  };
}

/** Whether who sent the request of a response still is who that was: a token ends while an answer goes on. */
export async function isStillKnown(response: Response): Promise<boolean> {
  const find = response.locals.isStillKnown as (() => Promise<boolean>) | undefined;
  return find === undefined || find();
}

/** Sends strangers away, unless `isOpen` says that anybody may. */
export function refuseStrangers(isOpen: (request: Request) => boolean): RequestHandler {
  return (request, response, next) => {
    if (response.locals.caller !== undefined || isOpen(request)) return next();
    response.set('WWW-Authenticate', 'Bearer');
    sendProblem(response, {
      code: 'UNAUTHORIZED',
      message: 'a valid bearer token is required',
      hint: 'send the header Authorization: Bearer TOKEN',
      problems: [],
    });
  };
}

/** Lets only callers with a scope pass. */
export function requireScope(scope: string): RequestHandler {
  return (_request, response, next) => {
    const caller = response.locals.caller as Caller | undefined;
    if (caller !== undefined && hasScope(caller, scope)) return next();
    throw new UserError('SCOPE_MISSING', `this token does not have the scope ${scope}`);
  };
}

/** Lets those pass who are at this machine, or may do everything. */
export function onlyNear(isLoopback: boolean): RequestHandler {
  return (_request, response, next) => {
    if (isLoopback || isAdmin(callerOf(response))) return next();
    throw new UserError(
      'SCOPE_MISSING',
      `away from the machine of the server this needs the scope ${ADMIN_SCOPE}`,
    );
  };
}
