import { age, closed } from './scalars.ts';
import { Type } from './type.ts';

/** How long a deployment keeps what nobody says anything about, and how often a server looks for what is older. */
export const KEPT = {
  drafts: 'never',
  jobs: '30d',
  calls: '30d',
  answers: '7d',
  sessions: '30d',
  events: '7d',
  files: '1d',
  tokens: '90d',
  every: '1h',
} as const;

/** Size of the cache of downloads when nobody says anything about it. */
export const CACHE_BYTES = 2_147_483_648;

/** How long things are kept. */
export const Retention = Type.Object(
  {
    drafts: Type.Optional(age('Drafts, after their last change', KEPT.drafts)),
    jobs: Type.Optional(age('Jobs that have ended, with their events', KEPT.jobs)),
    calls: Type.Optional(age('The record of calls', KEPT.calls)),
    answers: Type.Optional(age('Answers that are remembered by Idempotency-Key', KEPT.answers)),
    sessions: Type.Optional(age('Sessions, after their last chat', KEPT.sessions)),
    events: Type.Optional(age('Events of what has ended', KEPT.events)),
    files: Type.Optional(age('Files of the store that nothing refers to', KEPT.files)),
    tokens: Type.Optional(age('API tokens that have expired or were revoked', KEPT.tokens)),
    every: Type.Optional(age('Time between two sweeps of a server; never = none', KEPT.every)),
  },
  { ...closed, description: 'How long things are kept; what is in use is never removed' },
);

/** How much one owner may keep. */
export const Quota = Type.Object(
  {
    drafts: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Drafts of one owner; no limit when left out' }),
    ),
    bytes: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Bytes of the timelines and files of one owner; no limit when left out',
      }),
    ),
  },
  { ...closed, description: 'How much every owner may keep that has no limits of its own' },
);

/** The cache of downloads. */
export const Cache = Type.Object(
  {
    maxBytes: Type.Optional(
      Type.Integer({
        minimum: 1,
        default: CACHE_BYTES,
        description: 'Size that the cache of downloads is brought back to, in bytes; what is in use stays',
      }),
    ),
  },
  { ...closed, description: 'Files that were downloaded and can be downloaded again' },
);
