import type { ApiError } from './api.ts';
import type { Say } from './language.tsx';

/** An error of the API in the words of the server, else of the page. */
export function describeError({ message, status }: ApiError, say: Say): string {
  return message || (status === 0 ? say('unreachable') : say('unreadable', status));
}
