import { UserError } from '@cozecut/problems';
import { type ParsedJson, parseJson } from './json.ts';
import { looksLikeJsonLines, parseJsonLines } from './json-lines.ts';
import { isPythonScript, scriptMessage } from './script.ts';

const codeFence = /^\s*```[a-z]*[ \t]*\r?\n([\s\S]*?)\r?\n?```\s*$/;

/**
 * Parses the text of an input: JSON, JSON lines, or one of these in a Markdown code fence.
 *
 * @throws UserError INPUT_INVALID with the position of the mistake.
 */
export function parseContent(text: string): unknown {
  if (isPythonScript(text)) {
    throw new UserError('INPUT_INVALID', scriptMessage.message, { hint: scriptMessage.hint });
  }
  const parsed = parseLoose(text);
  if ('value' in parsed) return unwrapText(parsed.value);
  const { line, column, offset, why, hint = 'paste the whole text' } = parsed;
  throw new UserError('INPUT_INVALID', `not valid JSON at line ${line}, column ${column}: ${why}`, {
    hint,
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

/** Parses JSON or JSON lines, after a byte order mark and out of a code fence. */
export function parseLoose(text: string): ParsedJson {
  const clean = text.replace(/^\uFEFF/, '');
  const parsed = parseJson(clean);
  if ('value' in parsed) return parsed;
  const fenced = codeFence.exec(clean)?.[1];
  if (fenced !== undefined) return parseLoose(fenced);
  return looksLikeJsonLines(clean) ? parseJsonLines(clean) : parsed;
}

/** Texts inside of texts; more of them are a mistake or an attack. */
const MAX_DEPTH = 8;

/** JSON that was written as a text into JSON, as workflow nodes do. */
export function unwrapText(value: unknown): unknown {
  let inner = value;
  for (let depth = 0; typeof inner === 'string' && depth < MAX_DEPTH; depth++) {
    const parsed = parseLoose(inner);
    if (!('value' in parsed)) return inner;
    inner = parsed.value;
  }
  return inner;
}
