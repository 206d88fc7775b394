import type { MediaFile, MediaPlace } from '@cozecut/draft-core';
import { createMediaLibrary } from '@cozecut/media';
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
  const files = fetchedFiles(context);
  const library = createMediaLibrary({
    fetch: context.fetch,
    mediaRoots: context.localRoots,
    cacheFolder: context.cacheFolder,
    uuid: context.uuid,
    maxCacheBytes: context.deployment.cache.maxBytes,
    onProgress: files.note,
  });
  const waiting = [...new Set(sources)];
  const total = waiting.length;
  const media = new Map<string, MediaFile>();
  const failures = new Map<string, UserError>();

  async function work(): Promise<void> {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      context.signal.throwIfAborted();
      try {
        media.set(source, await library.open(source, { signal: context.signal }));
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

  try {
    await Promise.all(Array.from({ length: PARALLEL }, work));
    context.signal.throwIfAborted();
    // In the order of the sources, whichever was looked at first.
    const told = sources.flatMap((source) => failures.get(source) ?? []);
    if (told.length > 0) throw mediaError([...new Set(told)]);
  } catch (error) {
    await library.close();
    throw error;
  }
  return Object.assign(media, { [Symbol.asyncDispose]: () => library.close() });
}

/** The same error, with the place in the input that names the file. */
function withPlace({ code, message, hint, cause }: UserError, at: MediaPlace | undefined): UserError {
  const told = at === undefined ? message : `${at.place}: ${message}`;
  const problem: Problem = {
    code,
    severity: 'error',
    message: told,
    ...(at === undefined ? {} : { pointer: at.pointer }),
    ...(hint === undefined ? {} : { hint }),
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
