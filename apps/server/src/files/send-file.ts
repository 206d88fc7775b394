import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '@cozecut/problems';
import type { Request, Response } from 'express';

/** Content that never changes under its address. */
export interface SentFile {
  bytes: number;
  /** Strong validator, in quotes. */
  etag: string;
  /** Name with the extension that tells the media type. */
  name: string;
  /** The content, or the part from byte `start` up to and including byte `end`. */
  open(range?: { start: number; end: number }): Promise<Readable>;
}

/**
 * Sends a file, or the one part of it that the request asks for (RFC 9110).
 *
 * @throws UserError RANGE_INVALID for a part behind the end; the answer says how much there is.
 */
export async function sendFile(
  request: Pick<Request, 'fresh' | 'get' | 'method' | 'range'>,
  response: Response,
  file: SentFile,
): Promise<void> {
  const { bytes, etag, name, open } = file;
  response.set({ ETag: etag, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' });
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const range = rangeOf(request, file);
  if (range === 'behind') {
    response.set('Content-Range', `bytes */${bytes}`);
    throw new UserError('RANGE_INVALID', 'the file has no such range');
  }
  // It is for a program; a browser keeps it as a file, whatever it is.
  response.attachment(name);
  if (range !== undefined)
    response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${bytes}`);
  response.set('Content-Length', String(range === undefined ? bytes : range.end - range.start + 1));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const content = await open(range);
  await pipeline(content, response).catch((error: NodeJS.ErrnoException) => {
    // The reader went away.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** The part that is asked for; nothing stands for all of it. Several parts at once are answered with all of it. */
function rangeOf(
  request: Pick<Request, 'get' | 'method' | 'range'>,
  { bytes, etag }: SentFile,
): { start: number; end: number } | 'behind' | undefined {
  const condition = request.get('if-range');
  if (request.method !== 'GET' || (condition !== undefined && condition !== etag)) return undefined;
  // The last bytes of a file that has fewer are all of it; the parser calls them a part that is not there.
  if (bytes > 0 && Number(/^bytes=-(\d+)$/.exec(request.get('range') ?? '')?.[1] ?? 0) > bytes)
    return { start: 0, end: bytes - 1 };
  const ranges = request.range(bytes, { combine: true });
  if (ranges === -1) return 'behind';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1)
    return undefined;
  return ranges[0];
}
