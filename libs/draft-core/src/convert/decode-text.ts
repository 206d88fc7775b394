import { UserError } from '@cozecut/problems';
import { kindOfFile } from './file-kind.ts';

const marks: readonly [mark: readonly number[], encoding: string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * Text of a file: by its byte order mark, else the one encoding of UTF-8, UTF-16, GB18030 and Shift-JIS in which its
 * bytes make sense. The byte order mark is left out.
 *
 * @throws UserError INPUT_NOT_TEXT when the file is a picture, a zip or something else that is no text.
 * @throws UserError INPUT_ENCODING when none makes sense, or it cannot be told which.
 */
export function decodeText(bytes: Uint8Array): string {
  const kind = kindOfFile(bytes);
  if (kind !== undefined) {
    throw new UserError('INPUT_NOT_TEXT', `the file is ${kind}, not a text`, {
      hint: 'exports, timelines and subtitles are text files',
    });
  }
  const marked = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) {
    const text = decode(bytes, marked[1]);
    if (text !== undefined) return text;
    throw unreadable(`it starts as ${marked[1].toUpperCase()}, but its bytes are not`);
  }
  const wide = sniffWide(bytes);
  const text = wide === undefined ? decode(bytes, 'utf-8') : decode(bytes, wide);
  if (text !== undefined) return text;
  const legacy = ['gb18030', 'shift_jis'].flatMap((encoding) => {
    const read = decode(bytes, encoding);
    return read === undefined ? [] : [{ encoding, read, score: plausibility(read, encoding) }];
  });
  legacy.sort((a, b) => b.score - a.score);
  const [best, second] = legacy;
  if (best === undefined || best.score < MIN_PLAUSIBLE)
    throw unreadable('its bytes are text in none of these');
  if (second !== undefined && best.score - second.score < MIN_LEAD && best.read !== second.read) {
    throw unreadable('its bytes make sense in both GB18030 and Shift-JIS');
  }
  return best.read;
}

/** Share of the characters beyond ASCII that must be usual ones. */
const MIN_PLAUSIBLE = 0.6;
/** How far the better of two encodings must be ahead. */
const MIN_LEAD = 0.05;

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16 without a mark: ASCII (digits, line ends) leaves zeros in every other byte. */
function sniffWide(bytes: Uint8Array): string | undefined {
  const size = Math.min(bytes.length, 4096);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < size; index++) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  if (bytes.length % 2 !== 0 || even + odd < size / 20 || Math.min(even, odd) > Math.max(even, odd) / 10) {
    return undefined;
  }
  return even > odd ? 'utf-16be' : 'utf-16le';
}

/** How much a text looks as if it were meant in an encoding, 0..1. */
function plausibility(text: string, encoding: string): number {
  const common = encoding === 'gb18030' ? commonHanzi() : undefined;
  let beyond = 0;
  let usual = 0;
  for (const character of text) {
    if (character.charCodeAt(0) < 0x80) continue;
    beyond++;
    if (/[\u3000-\u3002\uff01-\uff5e\u2014-\u2026]/.test(character)) usual += 1;
    // Kana is what Shift-JIS text cannot do without; half-width kana is what other bytes become.
    else if (/[\u3041-\u30fc]/.test(character)) usual += common === undefined ? 1 : 0.3;
    else if (/[\u4e00-\u9fff]/.test(character)) usual += common?.has(character) === false ? 0.2 : 0.9;
  }
  return beyond === 0 ? 1 : usual / beyond;
}

/** The 3755 characters of level 1 of GB 2312. */
function commonHanzi(): ReadonlySet<string> {
  const decoder = new TextDecoder('gb18030');
  const rows = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, index) => 0xb0 + index);
  const columns = Array.from({ length: 0xfe - 0xa1 + 1 }, (_, index) => 0xa1 + index);
  return new Set(
    rows.flatMap((row) => columns.map((column) => decoder.decode(new Uint8Array([row, column])))),
  );
}

function unreadable(why: string): UserError {
  return new UserError('INPUT_ENCODING', `the encoding of the text cannot be told: ${why}`, {
    hint: 'save the file as UTF-8; UTF-8, UTF-16, GB18030 and Shift-JIS are read',
  });
}
