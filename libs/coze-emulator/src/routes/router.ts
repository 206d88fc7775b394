import type { Handler } from './route.ts';

/** One route. */
export interface RouteEntry {
  /** `METHOD /path/:name` */
  route: string;
  /** What the token must be allowed to do; any valid token when absent. */
  permission?: string;
  /** Whether it needs no bearer token of the API. */
  isOpen?: true;
  /** Which services have it not. */
  not?: 'studio' | 'cloud';
  handler: Handler;
}

/** A route that fits a request. */
export interface RouteMatch {
  entry: RouteEntry;
  params: Record<string, string>;
}

/** The route for a request, among those that the service has. */
export function findRoute(
  routes: readonly RouteEntry[],
  method: string,
  path: string,
  isStudio: boolean,
): RouteMatch | undefined {
  for (const entry of routes) {
    if (entry.not === (isStudio ? 'studio' : 'cloud')) continue;
    const params = match(entry.route, `${method} ${path}`);
    if (params) return { entry, params };
  }
  return undefined;
}

function match(route: string, request: string): Record<string, string> | undefined {
  const wanted = route.split('/');
  const got = request.split('/');
  if (wanted.length !== got.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = got[index]!;
    if (part.startsWith(':')) params[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
