import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { displayName } from './display-name.ts';
import { describeAddress } from './egress/describe.ts';
import type { MediaFile } from './media-file.ts';
import { probeFile } from './probe/probe-file.ts';

/** How far a download has come. */
export interface MediaProgress {
  /** The address as it was given. */
  source: string;
  receivedBytes: number;
  /** As announced by the host, when it did. */
  totalBytes: number | undefined;
}

/** What a download works with. */
export interface DownloadOptions {
  /** Opens addresses; see `createGuardedFetch`. */
  fetch: typeof fetch;
  /** Absolute path; made when it is not there. */
  cacheFolder: string;
  /** Fresh id for the name of the unfinished file. */
  uuid(): string;
  /** Told how much has arrived, often. */
  onProgress?: ((progress: MediaProgress) => void) | undefined;
}

/**
 * Downloads into `<cacheFolder>/<sha256>.<extension>`. The file appears under that name complete and flushed, or not
 * at all.
 *
 * @throws UserError MEDIA_NOT_FOUND for an answer 404 or 410, MEDIA_UNREACHABLE for any other that is no success.
 * @throws UserError MEDIA_UNSUPPORTED when the content is not media; and whatever `fetch` throws.
 */
export async function download(url: URL, options: DownloadOptions, signal: AbortSignal): Promise<MediaFile> {
  const { cacheFolder } = options;
  const label = describeAddress(url);
  await mkdir(cacheFolder, { recursive: true });
  const response = await options.fetch(url.href, { signal, headers: { 'accept-encoding': 'identity' } });
  if (!response.ok) {
    await response.body?.cancel();
    throw refused(label, response.status);
  }
  const part = join(cacheFolder, `.${options.uuid()}.part`);
  try {
    const { sha256, bytes } = await receive(response, part, (receivedBytes) => {
      const length = response.headers.get('content-length');
      const totalBytes = length === null ? undefined : Number(length);
      options.onProgress?.({ source: url.href, receivedBytes, totalBytes });
    });
    const { extension, facts } = await probeFile(part, label);
    const path = join(cacheFolder, `${sha256}.${extension}`);
    await rename(part, path);
    return { path, name: displayName(url.pathname, { encoded: true }), sha256, extension, bytes, facts };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Puts the picture of a `data:image/png;base64` address into the cache, where it lies as if it had been downloaded.
 * Converters make such addresses for what has no file.
 *
 * @throws UserError MEDIA_ADDRESS_INVALID for any other content, MEDIA_UNSUPPORTED when it is no picture.
 */
export async function unpackPicture(url: URL, options: DownloadOptions): Promise<MediaFile> {
  const { cacheFolder } = options;
  const base64 = /^image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(url.pathname)?.[1];
  if (base64 === undefined) {
    throw new UserError('MEDIA_ADDRESS_INVALID', 'expected a data: address with a PNG picture in base64');
  }
  const content = Buffer.from(base64, 'base64');
  await mkdir(cacheFolder, { recursive: true });
  const part = join(cacheFolder, `.${options.uuid()}.part`);
  try {
    await writeFile(part, content, { flag: 'wx', flush: true });
    const { extension, facts } = await probeFile(part, 'the picture of a data: address');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const path = join(cacheFolder, `${sha256}.${extension}`);
    await rename(part, path);
    return { path, name: `picture.${extension}`, sha256, extension, bytes: content.length, facts };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function receive(
  response: Response,
  part: string,
  onBytes: (received: number) => void,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(part, 'wx');
  try {
    for await (const chunk of response.body ?? []) {
      hash.update(chunk);
      await file.writeFile(chunk);
      bytes += chunk.byteLength;
      onBytes(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

function refused(label: string, status: number): UserError {
  if (status === 404 || status === 410) {
    return new UserError('MEDIA_NOT_FOUND', `there is no file at ${label} (HTTP ${status})`);
  }
  const hint =
    status === 401 || status === 403 ? { hint: 'The address may have expired: ask for a fresh one.' } : {};
  return new UserError('MEDIA_UNREACHABLE', `${label} answered HTTP ${status} instead of a file`, hint);
}
