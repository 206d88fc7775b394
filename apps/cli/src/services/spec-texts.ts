import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { type ReadInput, readInput } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import { readUserText } from '../user-text.ts';
import { isInside } from './is-inside.ts';

/** Subtitles of hours have less than a megabyte. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Text of the files that an input names besides its media. A spec may come from a stranger: only files in its own
 * folder are read.
 *
 * @param spec - Absolute path of the input.
 * @throws UserError FILE_UNREADABLE when one is outside of that folder, missing, too large, or no file.
 */
export function readSpecTexts(
  { textSources = [] }: Pick<ReadInput, 'textSources'>,
  spec: string,
): Map<string, string> {
  return new Map(textSources.map((source) => [source, readBeside(source, dirname(spec))]));
}

/**
 * The text of a spec with the files that it names in it, for a reader that opens no files.
 *
 * @throws UserError as {@link readSpecTexts}
 */
export function withSpecTexts(
  content: string,
  options: Parameters<typeof readInput>[1] & { spec: string },
): string {
  // Other inputs name no files of text, and are not read twice.
  if (!/"captions"/.test(content)) return content;
  const { spec, ...readOptions } = options;
  const read = readInput(content, readOptions);
  const texts = readSpecTexts(read, spec);
  if (texts.size === 0) return content;
  try {
    return JSON.stringify({ ...(JSON.parse(content) as object), texts: Object.fromEntries(texts) });
  } catch {
    // JSON inside of other text: the reader tells which file is missing.
    return content;
  }
}

function readBeside(source: string, folder: string): string {
  const path = resolve(folder, source);
  if (isAbsolute(source) || !isInside(path, folder))
    throw unreadable(source, 'it is not in the folder of the spec');
  let real: string;
  try {
    real = realpathSync(path);
  } catch (cause) {
    throw unreadable(source, 'there is no such file beside the spec', cause);
  }
  if (!isInside(real, realpathSync(folder)))
    throw unreadable(source, 'it is a link that leaves the folder of the spec');
  const info = statSync(real);
  if (!info.isFile()) throw unreadable(source, 'it is no file');
  if (info.size > MAX_BYTES) throw unreadable(source, `it has ${info.size} bytes, more than ${MAX_BYTES}`);
  return readUserText(real, source);
}

function unreadable(source: string, why: string, cause?: unknown): UserError {
  return new UserError('FILE_UNREADABLE', `cannot read the subtitles ${JSON.stringify(source)}: ${why}`, {
    hint: 'put them beside the spec',
    cause,
  });
}
