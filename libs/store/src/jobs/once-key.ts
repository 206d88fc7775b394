import type { Job, OnceRequest } from '../types.ts';

/** The request under which the attempts of a job know what former ones have done. */
export function onceKey({ id, owner }: Pick<Job, 'id' | 'owner'>): OnceRequest {
  return { owner, key: `job:${id}`, fingerprint: id };
}
