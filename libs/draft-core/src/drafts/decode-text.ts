import { UserError } from '@cozecut/problems';

/** What the bytes of a draft file are. */
export type DraftText = { state: 'plain'; text: string } | { state: 'encrypted' } | { state: 'empty' };

/**
 * Reads the bytes of a draft file. The text keeps a byte order mark, so that writing it gives the same bytes. A file
 * that does not begin with `{` was encrypted by the app.
 *
 * @param name - What messages call the file.
 * @throws UserError ENCODING_UNSUPPORTED when it is JSON in another encoding than UTF-8; the message names it.
 * @throws UserError DRAFT_INVALID when it holds a list or a single value.
 */
export function decodeDraftText(bytes: Uint8Array, name: string): DraftText {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) throw unsupported(name, wide);
  const first = firstSign(bytes);
  if (first === undefined) return { state: 'empty' };
  if (first === '[') {
    throw new UserError('DRAFT_INVALID', `${name} holds a list, not a draft`, {
      hint: 'a draft is a JSON object',
    });
  }
  if (first !== '{') {
    if (!isScalar(bytes)) return { state: 'encrypted' };
    throw new UserError('DRAFT_INVALID', `${name} holds a single value, not a draft`, {
      hint: 'a draft is a JSON object',
    });
  }
  try {
    return { state: 'plain', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (cause) {
    throw unsupported(
      name,
      decodes(bytes, 'gb18030') ? 'GB18030 (or GBK)' : 'neither UTF-8 nor GB18030',
      cause,
    );
  }
}

/** Longest text that is read to see whether it is a value of JSON; what the app encrypts is longer, and never is. */
const MAX_SCALAR_BYTES = 1_000;

/** Whether the bytes are `null`, a number, a text or a truth value. */
function isScalar(bytes: Uint8Array): boolean {
  if (bytes.length > MAX_SCALAR_BYTES) return false;
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe)
    return c === 0 && d === 0 ? 'UTF-32 (little endian)' : 'UTF-16 (little endian)';
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big endian)';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32 (big endian)';
  // JSON begins with two ASCII characters: where the zero bytes are tells the width.
  if (a === 0x7b && b === 0) return c === 0 && d === 0 ? 'UTF-32 (little endian)' : 'UTF-16 (little endian)';
  if (a === 0 && b === 0x7b) return 'UTF-16 (big endian)';
  return a === 0 && b === 0 && c === 0 && d === 0x7b ? 'UTF-32 (big endian)' : undefined;
}

function firstSign(bytes: Uint8Array): string | undefined {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at]!)) at++;
  return at < bytes.length ? String.fromCharCode(bytes[at]!) : undefined;
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function unsupported(name: string, encoding: string, cause?: unknown): UserError {
  return new UserError('ENCODING_UNSUPPORTED', `${name} must be UTF-8 (it is ${encoding})`, {
    hint: 'the editor writes UTF-8; convert the file',
    cause,
  });
}
