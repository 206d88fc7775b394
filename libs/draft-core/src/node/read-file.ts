import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { UserError } from '@cozecut/problems';

/**
 * Reads a whole regular file of at most `maxBytes`, without following a link.
 *
 * @param name - What messages call it.
 * @throws UserError DRAFT_UNSAFE when it is a link or no regular file, DRAFT_TOO_LARGE when it is larger.
 */
export async function readRegularFile(path: string, name: string, maxBytes: number): Promise<Buffer> {
  const handle = await openRegularFile(path, name);
  try {
    const info = await handle.stat();
    if (info.size > maxBytes) throw tooLarge(name, info.size, maxBytes);
    // One byte more, so that a file that grows is noticed.
    const buffer = Buffer.alloc(info.size + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > info.size) throw changed(name);
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

/**
 * The bytes of a regular file piece by piece, without following a link.
 *
 * @param bytes - Size that was seen; the stream fails with DRAFT_CHANGED when the file has another one.
 * @throws UserError DRAFT_UNSAFE when it is a link or no regular file.
 */
export async function streamRegularFile(path: string, name: string, bytes: number): Promise<Readable> {
  const handle = await openRegularFile(path, name);
  const source = handle.createReadStream();
  async function* chunks(): AsyncGenerator<Buffer> {
    let length = 0;
    for await (const chunk of source) {
      length += (chunk as Buffer).length;
      if (length > bytes) break;
      yield chunk as Buffer;
    }
    if (length !== bytes) throw changed(name);
  }
  return Readable.from(chunks(), { objectMode: false }).on('close', () => source.destroy());
}

async function openRegularFile(path: string, name: string): Promise<FileHandle> {
  // Windows has neither flag; there a link is found by `lstat` before.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP') throw unsafe(name, 'a link');
    throw error;
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw unsafe(name, 'not a regular file');
}

/** The error about a file that is not what it was when the draft was opened. */
export function changed(name: string): UserError {
  return new UserError('DRAFT_CHANGED', `${name} changed while it was read`, {
    hint: 'close the editor and try again',
  });
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
