import type { MediaFile, MediaPlace } from '@cozecut/draft-core';
import { createMediaLibrary, type MediaProbe } from '@cozecut/media';
import type { ToolContext } from '@cozecut/plugin-host';
import { isUserError, type Problem, UserError } from '@cozecut/problems';
import { fetchedFiles } from './fetched-files.ts';

/** Downloads at once; more of them only share the same line. */
const PARALLEL = 6;

/** Files by their source. What was downloaded is there until this is disposed of: `await using`. */
export type OpenedMedia = Map<string, MediaFile> & AsyncDisposable;

/**
 * Opens every source once, several at a time.
 *
 * @throws UserError with the code of the first failure and one problem for each source that failed.
 */
export async function openMedia(
  sources: readonly string[],
  context: ToolContext,
  places: ReadonlyMap<string, MediaPlace> = new Map(),
): Promise<OpenedMedia> {
  // Most drafts of texts have none, and need no library.
  if (sources.length === 0) return Object.assign(new Map(), { [Symbol.asyncDispose]: async () => {} });
  const { library, files } = libraryOf(context);
  try {
    const media = await each(sources, context, {
      files,
      places,
      look: (source) => library.open(source, { signal: context.signal }),
    });
    return Object.assign(media, { [Symbol.asyncDispose]: () => library.close() });
  } catch (error) {
    await library.close();
    throw error;
  }
}

/**
 * Looks into every source once, without getting all of it where that is possible.
 *
 * @throws what {@link openMedia} throws.
 */
export async function probeMedia(
  sources: readonly string[],
  context: ToolContext,
): Promise<Map<string, MediaProbe>> {
  const { library, files } = libraryOf(context);
  await using _closed = library;
  return await each(sources, context, {
    files,
    places: new Map(),
    look: (source) => library.probe(source, { signal: context.signal }),
  });
}

function libraryOf(context: ToolContext) {
  const files = fetchedFiles(context);
  const library = createMediaLibrary({
    fetch: context.fetch,
    mediaRoots: context.localRoots,
    cacheFolder: context.cacheFolder,
    uuid: context.uuid,
    maxCacheBytes: context.deployment.cache.maxBytes,
    onProgress: files.note,
  });
  return { library, files };
}

async function each<Found>(
  sources: readonly string[],
  context: ToolContext,
  options: {
    files: ReturnType<typeof fetchedFiles>;
    places: ReadonlyMap<string, MediaPlace>;
    look(source: string): Promise<Found>;
  },
): Promise<Map<string, Found>> {
  const { files, places, look } = options;
  const waiting = [...new Set(sources)];
  const total = waiting.length;
  const media = new Map<string, Found>();
  const failures = new Map<string, UserError>();

  async function work(): Promise<void> {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      context.signal.throwIfAborted();
      try {
        media.set(source, await look(source));
      } catch (error) {
        if (!isUserError(error)) throw error;
        failures.set(source, withPlace(error, places.get(source)));
      }
      const done = media.size + failures.size;
      context.progress({
        phase: 'media',
        fraction: 0.05 + (0.75 * done) / total,
        message: `media ${done} of ${total}`,
        files: files.list(),
      });
    }
  }

  await Promise.all(Array.from({ length: PARALLEL }, work));
  context.signal.throwIfAborted();
  // In the order of the sources, whichever was looked at first.
  const told = sources.flatMap((source) => failures.get(source) ?? []);
  if (told.length > 0) throw mediaError([...new Set(told)]);
  return media;
}

/** The same error, with the place in the input that names the file. */
function withPlace({ code, message, hint, cause }: UserError, at: MediaPlace | undefined): UserError {
  const told = at === undefined ? message : `${at.place}: ${message}`;
  const isMissing = code === 'MEDIA_NOT_FOUND' && at !== undefined;
  const problem: Problem = {
    code: isMissing ? 'DR120' : code,
    severity: 'error',
    message: told,
    ...(at === undefined ? {} : { pointer: at.pointer }),
    ...(hint === undefined && !isMissing ? {} : { hint: hint ?? 'check the path' }),
  };
  return new UserError(code, told, { problems: [problem], cause, ...(hint === undefined ? {} : { hint }) });
}

function mediaError(failures: UserError[]): UserError {
  const [first] = failures as [UserError, ...UserError[]];
  return new UserError(first.code, first.message, {
    problems: failures.flatMap((failure) => failure.problems),
    cause: first.cause,
    ...(first.hint === undefined ? {} : { hint: first.hint }),
  });
}
