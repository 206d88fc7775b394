import { createHash, randomBytes } from 'node:crypto';
import type { EventStore } from '@cozecut/store';

/** A question that only a server on the same store can answer. */
export interface Challenge {
  /** Part of the address that is asked. */
  nonce: string;
  /** What the right server answers. */
  proof: string;
}

const topicOf = (nonce: string) => `proof:${nonce}`;

/** Makes a challenge that every process on the store can answer. */
export async function createChallenge(events: EventStore): Promise<Challenge> {
  const [nonce, proof] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  await events.append(topicOf(nonce), 'proof', { proof });
  return { nonce, proof };
}

/** The answer to a challenge; nothing to one that was never made. */
export async function proofOf(events: EventStore, nonce: string): Promise<string | undefined> {
  if (!/^[0-9a-f]{32}$/.test(nonce)) return undefined;
  const [event] = await events.read(topicOf(nonce), { after: 0, limit: 1 });
  return (event?.data as { proof?: string } | undefined)?.proof;
}

/** Says what a header was without repeating it. */
export function fingerprintOf(header: string): string {
  return createHash('sha256').update(header).digest('hex');
}
