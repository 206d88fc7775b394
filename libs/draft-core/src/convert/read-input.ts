import { closest, UserError } from '@cozecut/problems';
import { assSubtitles } from './ass/converter.ts';
import { capcutCli } from './capcut-cli/converter.ts';
import { capcutMate } from './capcut-mate/converter.ts';
import type {
  Converted,
  Converter,
  ConvertOptions,
  InputFormat,
  ReadInput,
  ReadOptions,
} from './converter.ts';
import { cozeExport } from './coze2jianying/converter.ts';
import { draftTimeline } from './draft-timeline.ts';
import { jianyingPlan } from './jianying-plan/converter.ts';
import { isTooDeep, TOO_DEEP } from './json.ts';
import { lrcLyrics } from './lrc/converter.ts';
import { otioTimeline } from './otio/converter.ts';
import { parseContent } from './parse-content.ts';
import { srtSubtitles } from './srt/converter.ts';
import { isRecord } from './values.ts';
import { vectcutLog } from './vectcut/converter.ts';
import { vttSubtitles } from './vtt/converter.ts';

const converters: readonly Converter[] = [
  draftTimeline,
  cozeExport,
  capcutMate,
  vectcutLog,
  capcutCli,
  jianyingPlan,
  otioTimeline,
  vttSubtitles,
  assSubtitles,
  srtSubtitles,
  lrcLyrics,
];

/**
 * The format of a value (parsed JSON, or text); `undefined` when none fits or when several do.
 *
 * @param options.fileName - Decides between formats that are plain text.
 */
export function detectFormat(value: unknown, options: { fileName?: string } = {}): InputFormat | undefined {
  const fitting = candidates(value, options.fileName);
  return fitting.length === 1 ? fitting[0]!.id : undefined;
}

/** Formats that can be read, with their names for people. */
export function listInputFormats(): { id: InputFormat; title: string }[] {
  return converters.map(({ id, title }) => ({ id, title }));
}

/**
 * First phase of a conversion: finds out the format and which media the drafts play, so that they can be fetched.
 *
 * @param content - Text, or a value that was parsed already.
 * @throws UserError INPUT_INVALID when the text is neither JSON nor of a known format; the message has the position.
 * @throws UserError FORMAT_UNKNOWN when no format fits, or `from` is none.
 * @throws UserError FORMAT_AMBIGUOUS when several formats fit.
 *
 * @example
 * ```ts
 * import { readInput, toTimelines } from '@cozecut/draft-core';
 *
 * const read = readInput('1\n00:00:00,500 --> 00:00:02,000\nOut at six\n', { fileName: 'talk.srt' });
 * console.log(read.format, read.mediaSources); // => srt []
 * const { timelines } = toTimelines(read, { facts: new Map() });
 * console.log(timelines.length); // => 1
 * ```
 */
export function readInput(content: unknown, options: ReadOptions = {}): ReadInput {
  const { from, ...rest } = options;
  if (isTooDeep(content)) throw new UserError('INPUT_INVALID', `the input cannot be read: ${TOO_DEEP}`);
  if (from !== undefined) {
    const converter = named(from);
    const value =
      typeof content === 'string' && converter.extensions === undefined ? parseContent(content) : content;
    return converter.read(value, rest);
  }
  const fileName = options.fileName ?? '';
  const asText = typeof content === 'string' ? textConverter(content, fileName) : undefined;
  if (asText !== undefined) return asText.read(content, rest);
  const value = typeof content === 'string' ? parseContent(content) : content;
  const fitting = candidates(value, fileName);
  const [converter, another] = fitting;
  if (converter !== undefined && another === undefined) return converter.read(value, rest);
  if (another === undefined && isDraft(value)) {
    throw new UserError('FORMAT_UNKNOWN', 'the input is a draft already, not something to make one of', {
      hint: 'commands that show, check, edit and install drafts take its folder',
    });
  }
  if (another === undefined) {
    throw new UserError('FORMAT_UNKNOWN', 'the input is of no format that can be read', {
      hint: `formats: ${converters.map(({ id, title }) => `${id} (${title})`).join(', ')}`,
    });
  }
  const ids = fitting.map(({ id }) => id);
  throw new UserError('FORMAT_AMBIGUOUS', `the input fits several formats: ${ids.join(', ')}`, {
    hint: `say which one it is: ${ids.map((id) => `--from ${id}`).join(' or ')}`,
  });
}

/** Second phase: makes the timelines, now that the media are known. */
export function toTimelines(read: ReadInput, options: ConvertOptions): Converted {
  return read.convert(options);
}

/** Whether a value is the timeline document of a draft. */
function isDraft(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value.tracks) && isRecord(value.materials);
}

function named(from: string): Converter {
  const ids = converters.map(({ id }) => id);
  const converter = converters.find(({ id }) => id === from);
  if (converter !== undefined) return converter;
  const [best] = closest(from, ids);
  const suggestion = best === undefined ? '' : `did you mean "${best}"? `;
  throw new UserError('FORMAT_UNKNOWN', `there is no input format "${from}"`, {
    hint: `${suggestion}formats: ${ids.join(', ')}`,
  });
}

function candidates(value: unknown, fileName = ''): Converter[] {
  if (typeof value === 'string') {
    const text = textConverter(value, fileName);
    if (text !== undefined) return [text];
  }
  return converters.filter((one) => one.extensions === undefined && one.detect(value));
}

/** Plain text says what it is by its first lines; where they are missing, the extension does. */
function textConverter(text: string, fileName: string): Converter | undefined {
  if (looksLikeJson(text)) return undefined;
  const bySign = converters.find((one) => one.extensions !== undefined && one.detect(text));
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const byName = converters.find(({ extensions }) => extensions?.includes(extension));
  // Without its header a file in the one format looks like the other.
  if (bySign === undefined || (byName?.id === 'vtt' && bySign.id === 'srt')) return byName ?? bySign;
  return bySign;
}

/** Lyrics and section headings begin with a bracket too. */
function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*(?:\{(?!\\)|"|`{3}|\[\s*[[{"\]])/.test(text);
}
