import { closest, UserError } from '@cozecut/problems';
import type { Converted, Converter, ConvertOptions, InputFormat, ReadInput } from './converter.ts';
import { cozeExport } from './coze2jianying/converter.ts';
import { draftTimeline } from './draft-timeline.ts';
import { parseJson } from './json.ts';
import { isPythonScript, scriptMessage } from './script.ts';

const converters: readonly Converter[] = [draftTimeline, cozeExport];

/** The format of a value (parsed JSON, or text); `undefined` when none fits. */
export function detectFormat(value: unknown): InputFormat | undefined {
  return converters.find((converter) => converter.detect(value))?.id;
}

/** Formats that can be read, with their names for people. */
export function listInputFormats(): { id: InputFormat; title: string }[] {
  return converters.map(({ id, title }) => ({ id, title }));
}

/**
 * First phase of a conversion: finds out the format and which media the drafts play, so that they can be fetched.
 *
 * @param content - Text, or a value that was parsed already.
 * @param options.from - Format to read; default: the one that fits.
 * @throws UserError INPUT_INVALID when the text is neither JSON nor of a known format; the message has the position.
 * @throws UserError FORMAT_UNKNOWN when no format fits, or `from` is none.
 */
export function readInput(content: unknown, options: { from?: string } = {}): ReadInput {
  const { from } = options;
  const value = typeof content === 'string' ? parseContent(content) : content;
  const ids = converters.map(({ id }) => id);
  const converter = converters.find((one) => (from === undefined ? one.detect(value) : one.id === from));
  if (converter !== undefined) return converter.read(value);
  if (from === undefined) {
    throw new UserError('FORMAT_UNKNOWN', 'the input is of no format that can be read', {
      hint: `formats: ${converters.map(({ id, title }) => `${id} (${title})`).join(', ')}`,
    });
  }
  const [best] = closest(from, ids);
  const suggestion = best === undefined ? '' : `did you mean "${best}"? `;
  throw new UserError('FORMAT_UNKNOWN', `there is no input format "${from}"`, {
    hint: `${suggestion}formats: ${ids.join(', ')}`,
  });
}

/** Second phase: makes the timelines, now that the media are known. */
export function toTimelines(read: ReadInput, options: ConvertOptions): Converted {
  return read.convert(options);
}

function parseContent(text: string): unknown {
  if (isPythonScript(text))
    throw new UserError('INPUT_INVALID', scriptMessage.message, { hint: scriptMessage.hint });
  const clean = text.replace(/^\uFEFF/, '');
  const parsed = parseJson(clean);
  if ('value' in parsed) return parsed.value;
  const { line, column, offset, why } = parsed;
  throw new UserError('INPUT_INVALID', `not valid JSON at line ${line}, column ${column}: ${why}`, {
    hint: 'paste the whole text',
    problems: [
      {
        code: 'DR162',
        severity: 'error',
        pointer: '',
        message: `not valid JSON at line ${line}, column ${column} (character ${offset}): ${why}`,
      },
    ],
  });
}
