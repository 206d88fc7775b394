import { REDACTED, type TranscriptEntry } from '../transcript/transcript.ts';
import type { InvariantFacts, InvariantViolation } from './types.ts';

const OAUTH = '/api/permission/oauth2/';

/** Rule 5. The OAuth endpoints are where a client gets its token. */
export function keepsTokenSecret(
  transcript: readonly TranscriptEntry[],
  { logs = [], secrets = [] }: InvariantFacts,
): InvariantViolation[] {
  const inRequests = transcript
    .filter(({ dir, route }) => dir === 'in' && !route.startsWith(OAUTH))
    .flatMap((entry) => {
      const rest = JSON.stringify([entry.route, entry.body ?? null]);
      if (!entry.headers?.authorization) {
        return [{ invariant: 5, message: `request ${entry.request} has no Authorization` }];
      }
      if (rest.includes(REDACTED)) {
        return [{ invariant: 5, message: `request ${entry.request} has the token in its URL or body` }];
      }
      return [];
    });
  const inLogs = logs
    .filter((line) => secrets.some((secret) => line.includes(secret)))
    .map(() => ({ invariant: 5, message: 'a log of the client has a token' }));
  return [...inRequests, ...inLogs];
}
