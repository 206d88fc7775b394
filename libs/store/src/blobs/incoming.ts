import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { UserError } from '@cozecut/problems';
import { namesIn } from './folder.ts';

const SHORT_BYTES = 1 << 18;

/** Content that has come in as a whole and is on disk. */
export interface Incoming {
  /** Absolute path. */
  file: string;
  /** SHA-256 of the content, in hex. */
  id: string;
  bytes: number;
}

/**
 * Writes content to a file of its own.
 *
 * @throws UserError BLOBS_UNAVAILABLE when there is no folder for it.
 * @throws UserError BLOB_TOO_LARGE when more than `maxBytes` come; nothing stays.
 */
export async function receive(
  folder: string | undefined,
  content: Readable | Uint8Array,
  { maxBytes = Infinity, signal }: { maxBytes?: number; signal?: AbortSignal },
): Promise<Incoming> {
  if (folder === undefined) throw noPlace();
  await mkdir(folder, { recursive: true });
  const file = join(folder, randomUUID());
  const handle = await open(file, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const chunks = content instanceof Uint8Array ? [content] : content;
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      const part = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
      bytes += part.byteLength;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(part);
      await handle.writeFile(part);
    }
    await handle.sync();
    await handle.close();
    return { file, id: hash.digest('hex'), bytes };
  } catch (error) {
    if (content instanceof Readable) content.destroy();
    await handle.close().catch(() => undefined);
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * Gives a file a name that nobody else has, among the content that comes in where that is on the same device.
 *
 * @returns Its absolute path.
 * @throws ENOENT when it is gone.
 */
export async function takeOver(file: string, incoming: string | undefined): Promise<string> {
  const own = randomUUID();
  try {
    const taken = incoming === undefined ? `${file}.${own}` : join(incoming, own);
    if (incoming !== undefined && !existsSync(incoming)) await mkdir(incoming, { recursive: true });
    renameSync(file, taken);
    return taken;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    renameSync(file, `${file}.${own}`);
    return `${file}.${own}`;
  }
}

/** What a finished file is known by. */
export async function fingerprint(file: string): Promise<Omit<Incoming, 'file'>> {
  const hash = createHash('sha256');
  // A short file is read sooner than a thread is woken that does it.
  const parts = statSync(file).size <= SHORT_BYTES ? [readFileSync(file)] : createReadStream(file);
  let bytes = 0;
  for await (const part of parts) {
    hash.update(part);
    bytes += part.length;
  }
  return { id: hash.digest('hex'), bytes };
}

/** Removes content that came in before `before` and was never placed: its process is gone. Returns how many. */
export async function sweepIncoming(folder: string, before: number): Promise<number> {
  let swept = 0;
  for (const name of await namesIn(folder)) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found === undefined || found.mtimeMs >= before) continue;
    await rm(file, { force: true });
    swept += 1;
  }
  return swept;
}

function noPlace(): UserError {
  return new UserError('BLOBS_UNAVAILABLE', 'this store has no place for files', {
    hint: 'set COZECUT_BLOBS to a folder or to s3://BUCKET',
  });
}

function tooLarge(maxBytes: number): UserError {
  return new UserError('BLOB_TOO_LARGE', `expected at most ${maxBytes} bytes, more came`);
}
