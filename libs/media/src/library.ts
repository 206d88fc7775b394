import { access } from 'node:fs/promises';
import { BugError, UserError } from '@cozecut/problems';
import { explainCacheError } from './cache/cache-error.ts';
import { createMediaCache } from './cache/media-cache.ts';
import { displayName } from './display-name.ts';
import { createDeadline } from './download/deadline.ts';
import { type DownloadTools, download } from './download/download.ts';
import { NoRangesError, rangeBytes } from './download/range-bytes.ts';
import { unpackPicture } from './download/unpack-picture.ts';
import { describeAddress } from './egress/describe.ts';
import { EGRESS_LIMITS } from './egress/policy.ts';
import { findLocalFile, hashFile, withLocalFile } from './local-file.ts';
import type { MediaFile, MediaProbe } from './media-file.ts';
import { fileBytes } from './probe/byte-source.ts';
import { probeBytes } from './probe/probe-bytes.ts';
import { createSharedWork } from './share.ts';

/** What a {@link MediaLibrary} works with. */
export interface MediaLibraryOptions extends Pick<DownloadTools, 'fetch' | 'onProgress' | 'wait' | 'random'> {
  /**
   * Absolute folders that local media may be read from; relative paths resolve against the first.
   * Empty = local files are refused.
   */
  mediaRoots: readonly string[];
  /** Absolute path; made when something is downloaded. Libraries of several processes may share it. */
  cacheFolder: string;
  /** Fresh id for names of folders and unfinished files. */
  uuid(): string;
  /** Unix time in milliseconds; the clock of the machine when left out. */
  now?(): number;
  /** Limits that differ from {@link MEDIA_LIMITS}. */
  maxCacheBytes?: number;
  totalTimeoutMs?: number;
}

/** What a library takes at most when its options do not say otherwise. */
export const MEDIA_LIMITS = {
  /** Size the cache folder is brought back to; content in use may make it larger. */
  maxCacheBytes: 2_147_483_648,
  /** Wall clock of one download with all its attempts, in milliseconds. */
  totalTimeoutMs: EGRESS_LIMITS.totalTimeoutMs,
} as const;

/** Opens media wherever the user says it is. */
export interface MediaLibrary {
  /**
   * @param source - `http:` or `https:` address, a PNG picture in a `data:` address, `file:` address, absolute path, or
   * path relative to the first root.
   * @returns The file on this machine with what is in it. A download lands in the cache, is made once for all who ask
   * for it, and stays until `close`; a local file stays where it is.
   * @throws UserError MEDIA_NOT_FOUND when nothing is there.
   * @throws UserError MEDIA_FORBIDDEN when a local file is outside the media roots.
   * @throws UserError MEDIA_UNSUPPORTED when it is not media: a folder, an empty file, a web page, a damaged video.
   * @throws UserError MEDIA_UNREACHABLE when the host answers with an error; and every error of the given `fetch`.
   * @throws UserError DISK_FULL, FOLDER_NOT_WRITABLE when a download cannot be kept.
   */
  open(source: string, options?: { signal?: AbortSignal | undefined }): Promise<MediaFile>;
  /**
   * Looks into media without getting all of it, where the host gives pieces; opens it otherwise.
   *
   * @throws what {@link open} throws.
   */
  probe(source: string, options?: { signal?: AbortSignal | undefined }): Promise<MediaProbe>;
  /** Stops what runs, keeps what can go on later, and lets go of the files: their paths end here. */
  close(): Promise<void>;
  /** Closes it at the end of a block: `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A path may hold a colon, so only `scheme://` and these schemes make an address. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]+:\/\/|(?:file|data|blob|https?):)/i;

/**
 * Makes a {@link MediaLibrary}. What it opened is known for as long as it lives.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { createGuardedFetch, createMediaLibrary } from '@cozecut/media';
 *
 * await using library = createMediaLibrary({
 *   fetch: createGuardedFetch({ allow: [], denyPrivate: true, maxBytes: 200_000_000 }),
 *   mediaRoots: [resolve('.')],
 *   cacheFolder: resolve('cache'),
 *   uuid: () => crypto.randomUUID(),
 * });
 * const { facts } = await library.open('walk.mp4'); // or an address
 * console.log(facts.kind, facts.durationUs);
 * ```
 */
export function createMediaLibrary(options: MediaLibraryOptions): MediaLibrary {
  const { now = Date.now, uuid, mediaRoots } = options;
  const { maxCacheBytes, totalTimeoutMs } = { ...MEDIA_LIMITS, ...options };
  const cache = createMediaCache({ folder: options.cacheFolder, maxBytes: maxCacheBytes, uuid, now });
  const work = createSharedWork<MediaFile>();
  const known = new Map<string, MediaFile>();
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();

  const tools: DownloadTools = { ...options, cache, now, totalTimeoutMs };

  function once(
    key: string,
    signal: AbortSignal | undefined,
    make: (signal: AbortSignal) => Promise<MediaFile>,
  ) {
    return work.run(key, signal, async (sharedSignal) => {
      const before = known.get(key);
      if (before && (await exists(before.path))) return before;
      closing.signal.throwIfAborted();
      const making = make(AbortSignal.any([sharedSignal, closing.signal]));
      const ended = making.then(
        () => undefined,
        () => undefined,
      );
      running.add(ended);
      try {
        const file = await making;
        known.set(key, file);
        return file;
      } finally {
        running.delete(ended);
      }
    });
  }

  async function openLocal(source: string, signal: AbortSignal | undefined): Promise<MediaFile> {
    const found = await findLocalFile(source, mediaRoots);
    const { path, asked } = found;
    const { size, mtimeMs, ino } = found.stats;
    const name = displayName(asked, { encoded: false });
    const media = await once(`${path}\0${ino} ${size} ${mtimeMs}`, signal, (sharedSignal) =>
      withLocalFile(found, mediaRoots, async (file) => {
        const source = await fileBytes(file);
        const probe = await probeBytes(source, asked);
        return {
          ...probe,
          path,
          name,
          bytes: source.size,
          sha256: await hashFile(file, asked, sharedSignal),
        };
      }),
    );
    return { ...media, name };
  }

  async function open(source: string, signal?: AbortSignal): Promise<MediaFile> {
    if (closing.signal.aborted) throw new BugError('the media library is closed');
    signal?.throwIfAborted();
    const url = addressOf(source);
    if (url === undefined) return openLocal(source, signal);
    try {
      return await once(url.href, signal, (sharedSignal) =>
        url.protocol === 'data:' ? unpackPicture(url, cache) : download(url, tools, sharedSignal),
      );
    } catch (error) {
      throw explainCacheError(error, options.cacheFolder);
    }
  }

  async function probeFar(url: URL, signal: AbortSignal | undefined): Promise<MediaProbe | undefined> {
    const entry = await cache.find(url.href);
    if (known.has(url.href) || (entry !== undefined && entry.expiresAtMs > now())) return undefined;
    const deadline = createDeadline(url, totalTimeoutMs, [closing.signal, ...(signal ? [signal] : [])]);
    try {
      const source = await rangeBytes(url, options.fetch, deadline.signal);
      return await probeBytes(source, describeAddress(url));
    } catch (error) {
      signal?.throwIfAborted();
      // Also when the probe met it half-way.
      if (error instanceof NoRangesError || (error as Error).cause instanceof NoRangesError) return undefined;
      throw error;
    } finally {
      deadline.clear();
    }
  }

  async function close(): Promise<void> {
    closing.abort(new UserError('CANCELLED', 'the media library was closed'));
    await Promise.all(running);
    await cache.close();
  }

  return {
    open: (source, { signal } = {}) => open(source, signal),
    async probe(source, { signal } = {}) {
      const url = addressOf(source);
      const isFar = url !== undefined && url.protocol !== 'data:';
      const { extension, facts, streams, bytes } =
        (isFar ? await probeFar(url, signal) : undefined) ?? (await open(source, signal));
      return { extension, facts, streams, bytes };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The address that a source is, or nothing when it is a path on this machine. */
function addressOf(source: string): URL | undefined {
  if (!ADDRESS.test(source) || /^file:/i.test(source)) return undefined;
  const url = URL.parse(source);
  if (!url || !/^(?:https?|data):$/.test(url.protocol)) {
    const shown = source.length > 80 ? `${source.slice(0, 79)}…` : source;
    throw new UserError(
      'MEDIA_ADDRESS_INVALID',
      `expected an http: or https: address or a path (got "${shown}")`,
    );
  }
  if (url.protocol !== 'data:') url.hash = '';
  return url;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
