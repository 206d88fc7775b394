import { createCipheriv, createHash } from 'node:crypto';

/** Ids that are made at once. */
const BLOCK = 64;

/** UUIDs in the form of random ones that come from a seed alone, always in the same order. */
export function seededIds(seed: string): () => string {
  const key = createHash('sha256').update(seed).digest().subarray(0, 16);
  const stream = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  let block = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === block.length) {
      block = stream.update(Buffer.alloc(BLOCK * 16));
      at = 0;
    }
    block[at + 6] = (block[at + 6]! & 0x0f) | 0x40;
    block[at + 8] = (block[at + 8]! & 0x3f) | 0x80;
    const hex = block.toString('hex', at, at + 16);
    at += 16;
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
