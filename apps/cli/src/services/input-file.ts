import { dirname, parse, resolve } from 'node:path';
import { type Converted, type MediaFacts, type ReadInput, readInput, toTimelines } from '@cozecut/draft-core';
import { createMediaLibrary } from '@cozecut/media';
import { isUserError, UserError } from '@cozecut/problems';
import { readUserText } from '../user-text.ts';
import { convertOptions, type InputFlags } from './input-options.ts';
import { readSpecTexts } from './spec-texts.ts';

/** An input file and what is said about it. */
export interface InputRequest {
  /** Path, or `-` for standard input. */
  file: string;
  flags: InputFlags;
  /** Folder that relative paths start from. */
  folder: string;
}

/** An input file as timelines. */
export interface InputTimelines extends Converted {
  read: ReadInput;
  /** Facts of the media that lie on this machine. */
  facts: Map<string, MediaFacts>;
  /** Media of which nothing is known: elsewhere, or of a kind that cannot be looked into. Others are missing. */
  unseen: Set<string>;
}

/**
 * Reads and converts an input file. Nothing is fetched: of media that are not on this machine nothing is known.
 *
 * @throws UserError FILE_UNREADABLE, and whatever `readInput` throws.
 */
export async function readInputFile({ file, flags, folder }: InputRequest): Promise<InputTimelines> {
  const path = resolve(folder, file === '-' ? 'stdin' : file);
  const read = readInput(readUserText(file === '-' ? 0 : path, file), {
    from: flags.from,
    fileName: file === '-' ? undefined : path,
    rows: flags.data === undefined ? undefined : readUserText(resolve(folder, flags.data), flags.data),
  });
  const { facts, unseen } = await localFacts(read.mediaSources, path);
  const texts = readSpecTexts(read, path);
  return { ...toTimelines(read, { ...convertOptions(flags), facts, texts }), read, facts, unseen };
}

async function localFacts(
  sources: readonly string[],
  file: string,
): Promise<Pick<InputTimelines, 'facts' | 'unseen'>> {
  const library = createMediaLibrary({
    fetch: () => Promise.reject(new UserError('MEDIA_UNREACHABLE', 'nothing is fetched here')),
    mediaRoots: [dirname(file), parse(file).root],
    cacheFolder: dirname(file),
    uuid: () => crypto.randomUUID(),
  });
  const facts = new Map<string, MediaFacts>();
  const unseen = new Set<string>();
  for (const source of sources) {
    // A picture inside of its address would be written beside the file.
    if (source.startsWith('data:')) {
      unseen.add(source);
      continue;
    }
    try {
      facts.set(source, (await library.open(source)).facts);
    } catch (error) {
      if (!isUserError(error)) throw error;
      if (error.code !== 'MEDIA_NOT_FOUND') unseen.add(source);
    }
  }
  return { facts, unseen };
}
