import type { RequestHandler } from 'express';

/**
 * One handler that passes a request through several: each layer of a router costs as much as most of what stands in one.
 * None of them may ask for the next route (`next('route')`).
 */
export function inTurn(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request, response, next) => {
    let at = 0;
    const step = (error?: unknown): void => {
      const handler = handlers[at];
      // As a router reads it: nothing that is empty is an error, and must not lead past those that are left.
      if (error || handler === undefined) {
        next(error);
        return;
      }
      at += 1;
      try {
        // What a handler does after the one before has waited is not seen by the router.
        const result: unknown = handler(request, response, step);
        if (result instanceof Promise) result.catch(next);
      } catch (thrown) {
        next(thrown);
      }
    };
    step();
  };
}
