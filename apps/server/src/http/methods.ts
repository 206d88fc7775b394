import type { RequestHandler } from 'express';
import { sendProblem } from './send-problem.ts';

/** A path as OpenAPI writes it, with `{names}`, and a method that is there. */
export type KnownRoute = readonly [path: string, method: string];

/** Answers what no route has taken: with the methods of the path, or that there is nothing. */
export function refuseUnknown(routes: readonly KnownRoute[]): RequestHandler {
  const methodsAt = methodsOf(routes);
  return (request, response) => {
    const { method, path } = request;
    const methods = methodsAt(path);
    if (methods.length === 0) {
      return sendProblem(response, {
        code: 'ROUTE_NOT_FOUND',
        message: `there is nothing at ${method} ${path}`,
        hint: 'GET /openapi.json lists what is there',
        problems: [],
      });
    }
    response.set('Allow', methods.join(', '));
    sendProblem(response, {
      code: 'METHOD_NOT_ALLOWED',
      message: `${path} takes ${methods.join(', ')} (got ${method})`,
      problems: [],
    });
  };
}

/** Makes the function that gives the methods of a path; none when there is nothing. */
function methodsOf(routes: readonly KnownRoute[]): (path: string) => string[] {
  const patterns = routes.map(([path, method]) => {
    const parts = path.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    // As express reads paths: in any case, and with a slash behind.
    return { method: method.toUpperCase(), pattern: new RegExp(`^${parts.join('[^/]+')}/?$`, 'i') };
  });
  return (path) => {
    const found = patterns.filter(({ pattern }) => pattern.test(path));
    const methods = found.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    return [...new Set(methods)].toSorted();
  };
}
