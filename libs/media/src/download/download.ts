import { isUserError, UserError } from '@cozecut/problems';
import type { CacheEntry } from '../cache/entries.ts';
import { readValidity, resumeValidator } from '../cache/freshness.ts';
import type { MediaCache } from '../cache/media-cache.ts';
import type { Part, PartStart } from '../cache/parts.ts';
import { displayName } from '../display-name.ts';
import { describeAddress } from '../egress/describe.ts';
import type { MediaFile } from '../media-file.ts';
import { createDeadline } from './deadline.ts';
import { finish, receive } from './receive.ts';
import { refused } from './refused.ts';
import { type RetryPorts, withRetries } from './retry.ts';

/** How far a download has come. */
export interface MediaProgress {
  /** The address as it was given. */
  source: string;
  receivedBytes: number;
  /** As announced by the host, when it did. */
  totalBytes: number | undefined;
}

/** What a download works with. */
export interface DownloadTools extends RetryPorts {
  /** Opens addresses; see `createGuardedFetch`. */
  fetch: typeof fetch;
  cache: MediaCache;
  /** Unix time in milliseconds. */
  now(): number;
  /** Time for a download with all its attempts, in milliseconds. */
  totalTimeoutMs: number;
  /** Told how much has arrived, often. */
  onProgress?: ((progress: MediaProgress) => void) | undefined;
}

/** Failures after which the rest is of no use. */
const FINAL = new Set(['MEDIA_UNSUPPORTED', 'MEDIA_TOO_LARGE', 'MEDIA_NOT_FOUND', 'EGRESS_DENIED']);

/**
 * Gets the content of an address: from the cache while it is fresh, after asking the host whether it still is, or by
 * downloading it. A download that breaks off goes on where it was, now or at the next call, when the host lets it.
 *
 * @throws UserError MEDIA_NOT_FOUND for an answer 404 or 410, MEDIA_UNREACHABLE for any other that is no success.
 * @throws UserError MEDIA_TIMEOUT after `totalTimeoutMs`.
 * @throws UserError MEDIA_UNSUPPORTED when the content is not media; and whatever `fetch` throws.
 */
export async function download(url: URL, tools: DownloadTools, signal: AbortSignal): Promise<MediaFile> {
  const { cache, now, totalTimeoutMs } = tools;
  const name = displayName(url.pathname, { encoded: true });
  const known = await cache.find(url.href);
  if (known !== undefined && known.expiresAtMs > now()) {
    const file = await fromCache(known, cache);
    if (file !== undefined) return { ...file, name };
  }
  const deadline = createDeadline(url, totalTimeoutMs, [signal]);
  const part = await cache.claimPart(url.href);
  let isUseful = true;
  try {
    const work = createTransfer(url, part, known, tools, deadline.signal);
    return { ...(await withRetries(work, tools, deadline.signal)), name };
  } catch (error) {
    isUseful = !(isUserError(error) && FINAL.has(error.code));
    throw error;
  } finally {
    deadline.clear();
    await part.leave(isUseful);
  }
}

/** One address on its way into a part; each call of the result goes on where the one before broke off. */
function createTransfer(
  url: URL,
  part: Part,
  known: CacheEntry | undefined,
  { fetch, cache, now, onProgress }: DownloadTools,
  signal: AbortSignal,
): () => Promise<Omit<MediaFile, 'name'>> {
  const label = describeAddress(url);
  /** Content that is in the cache and may still be good. */
  let old = known;

  return async function attempt() {
    for (;;) {
      const already = await part.bytes();
      const start = already > 0 ? part.start() : undefined;
      const conditions = old === undefined ? undefined : conditionsOf(old);
      const range =
        start === undefined ? undefined : { range: `bytes=${already}-`, 'if-range': start.validator };
      const headers = { 'accept-encoding': 'identity', ...(conditions ?? range) };
      const response = await fetch(url.href, { signal, headers });
      const { status } = response;

      if (status === 304 && old !== undefined) {
        const { stored: _, ...validity } = readValidity(response.headers, now());
        const entry = { ...old, ...validity };
        const file = await fromCache(entry, cache);
        old = undefined;
        if (file === undefined) continue;
        await cache.remember(url.href, entry);
        return file;
      }
      old = undefined;
      const isRest = status === 206 && !conditions && isRestOf(response.headers, already, start);
      if ((status === 206 || status === 416) && !isRest) {
        await response.body?.cancel();
        // What has arrived does not fit what is there now; asked for everything, a host has to give it.
        if (start === undefined || conditions) throw refused(label, response, now());
        await part.begin(undefined);
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw refused(label, response, now());
      }
      const length = response.headers.get('content-length');
      let receivedBytes = isRest ? already : 0;
      const totalBytes = length === null ? undefined : receivedBytes + Number(length);
      if (!isRest) {
        const validator = resumeValidator(response.headers);
        await part.begin(validator === undefined ? undefined : { validator, totalBytes });
      }
      await receive(response.body, part, (added) => {
        receivedBytes += added;
        onProgress?.({ source: url.href, receivedBytes, totalBytes });
      });
      // A host may give less of a range than was asked for, but not nothing.
      if (isRest && receivedBytes < (start?.totalBytes ?? 0)) {
        if (receivedBytes > already) continue;
        throw new UserError('MEDIA_TRUNCATED', `${label} sends nothing more`, { retryable: true });
      }
      const { stored, ...validity } = readValidity(response.headers, now());
      const file = await finish(part, cache, { label, stored });
      const { path: _, ...found } = file;
      if (stored) await cache.remember(url.href, { ...found, ...validity });
      else await cache.forget(url.href);
      return file;
    }
  };
}

async function fromCache(entry: CacheEntry, cache: MediaCache): Promise<Omit<MediaFile, 'name'> | undefined> {
  const path = await cache.pin(entry);
  if (path === undefined) return undefined;
  const { sha256, extension, bytes, facts, streams } = entry;
  return { path, sha256, extension, bytes, facts, streams };
}

/** Headers that ask whether content is still good; nothing when there is nothing to ask by. */
function conditionsOf({ etag, lastModified }: CacheEntry): Record<string, string> | undefined {
  if (etag !== undefined) return { 'if-none-match': etag };
  return lastModified === undefined ? undefined : { 'if-modified-since': lastModified };
}

/** Whether an answer 206 is the rest of what has arrived. */
function isRestOf(headers: Headers, already: number, start: PartStart | undefined): boolean {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  if (start === undefined || from !== String(already)) return false;
  if (total !== '*' && start.totalBytes !== undefined && Number(total) !== start.totalBytes) return false;
  const etag = headers.get('etag');
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') return false;
  return etag === null || !start.validator.startsWith('"') || etag === start.validator;
}
