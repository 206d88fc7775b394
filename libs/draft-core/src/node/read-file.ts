import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { UserError } from '@cozecut/problems';

/**
 * Reads a whole regular file of at most `maxBytes`, without following a link.
 *
 * @param name - What messages call it.
 * @throws UserError DRAFT_UNSAFE when it is a link or no regular file, DRAFT_TOO_LARGE when it is larger.
 */
export async function readRegularFile(path: string, name: string, maxBytes: number): Promise<Buffer> {
  // Windows has neither flag; there a link is found by `lstat` before.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP') throw unsafe(name, 'a link');
    throw error;
  });
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw unsafe(name, 'not a regular file');
    if (info.size > maxBytes) throw tooLarge(name, info.size, maxBytes);
    // One byte more, so that a file that grows is noticed.
    const buffer = Buffer.alloc(info.size + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > info.size) {
      throw new UserError('DRAFT_CHANGED', `${name} changed while it was read`, {
        hint: 'close the editor and try again',
      });
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

/** The error about a part of a draft that leads elsewhere. */
export function unsafe(name: string, what: string): UserError {
  return new UserError('DRAFT_UNSAFE', `${name} is ${what}`, { hint: 'a draft holds plain files only' });
}

/** The error about a file that is larger than any draft. */
export function tooLarge(name: string, bytes: number, maxBytes: number): UserError {
  return new UserError('DRAFT_TOO_LARGE', `${name} has ${bytes} bytes, more than ${maxBytes}`, {
    hint: 'no draft is that large',
  });
}

/** Hash of a file's bytes, as drafts carry it. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
