import { access } from 'node:fs/promises';
import { UserError } from '@cozecut/problems';
import { displayName } from './display-name.ts';
import { type DownloadOptions, download, unpackPicture } from './download.ts';
import { findLocalFile, hashFile } from './local-file.ts';
import type { MediaFile } from './media-file.ts';
import { probeFile } from './probe/probe-file.ts';
import { createSharedWork } from './share.ts';

/** What a {@link MediaLibrary} works with. */
export interface MediaLibraryOptions extends DownloadOptions {
  /**
   * Absolute folders that local media may be read from; relative paths resolve against the first.
   * Empty = local files are refused.
   */
  mediaRoots: readonly string[];
}

/** Opens media wherever the user says it is. */
export interface MediaLibrary {
  /**
   * @param source - `http:` or `https:` address, a PNG picture in a `data:` address, `file:` address, absolute path, or path relative to
   * the first root.
   * @returns The file on this machine with what is in it. A download lands in the cache and is made once for all who
   * ask for it; a local file stays where it is.
   * @throws UserError MEDIA_NOT_FOUND when nothing is there.
   * @throws UserError MEDIA_FORBIDDEN when a local file is outside the media roots.
   * @throws UserError MEDIA_UNSUPPORTED when it is not media: a folder, an empty file, a web page, a damaged video.
   * @throws UserError MEDIA_UNREACHABLE when the host answers with an error; and every error of the given `fetch`.
   */
  open(source: string, options?: { signal?: AbortSignal | undefined }): Promise<MediaFile>;
}

/** A path may hold a colon, so only `scheme://` and these schemes make an address. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]+:\/\/|(?:file|data|blob|https?):)/i;

/** Makes a {@link MediaLibrary}. What it downloaded is known for as long as it lives. */
export function createMediaLibrary(options: MediaLibraryOptions): MediaLibrary {
  const work = createSharedWork<MediaFile>();
  const known = new Map<string, MediaFile>();

  function once(
    key: string,
    signal: AbortSignal | undefined,
    make: (signal: AbortSignal) => Promise<MediaFile>,
  ) {
    return work.run(key, signal, async (sharedSignal) => {
      const before = known.get(key);
      if (before && (await exists(before.path))) return before;
      const file = await make(sharedSignal);
      known.set(key, file);
      return file;
    });
  }

  async function openLocal(source: string, signal: AbortSignal | undefined): Promise<MediaFile> {
    const file = await findLocalFile(source, options.mediaRoots);
    const { size, mtimeMs, ino } = file.stats;
    const name = displayName(file.asked, { encoded: false });
    const media = await once(`${file.path}\0${ino} ${size} ${mtimeMs}`, signal, async (sharedSignal) => {
      const { extension, facts } = await probeFile(file.path, file.asked);
      return {
        path: file.path,
        name,
        sha256: await hashFile(file, sharedSignal),
        extension,
        bytes: size,
        facts,
      };
    });
    return { ...media, name };
  }

  return {
    async open(source, { signal } = {}) {
      signal?.throwIfAborted();
      if (!ADDRESS.test(source) || /^file:/i.test(source)) return openLocal(source, signal);
      const url = URL.parse(source);
      if (url?.protocol === 'data:') return once(url.href, signal, () => unpackPicture(url, options));
      if (!url || !/^https?:$/.test(url.protocol)) {
        const shown = source.length > 80 ? `${source.slice(0, 79)}…` : source;
        throw new UserError(
          'MEDIA_ADDRESS_INVALID',
          `expected an http: or https: address or a path (got "${shown}")`,
        );
      }
      url.hash = '';
      return once(url.href, signal, (sharedSignal) => download(url, options, sharedSignal));
    },
  };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
