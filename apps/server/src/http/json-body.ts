import { parseJson, UserError } from '@cozecut/problems';
import express, { type Request, type RequestHandler } from 'express';

/** What bodies may be, as `request.is` takes it. */
const JSON_TYPES = ['json', '+json'];

/**
 * Reads JSON bodies as every other way to a tool does: a number with more digits than a number holds becomes its
 * digits.
 *
 * @param maxBytes - What a body may have, unpacked.
 */
export function jsonBody(maxBytes: number): RequestHandler[] {
  return [onlyUnicode, express.raw({ type: JSON_TYPES, limit: maxBytes }), parseBody];
}

/** JSON only: a form of a foreign page cannot send it without asking first. */
export const requireJson: RequestHandler = (request, _response, next) => {
  const hasBody =
    request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
  if (!hasBody || request.is(JSON_TYPES)) return next();
  throw new UserError(
    'CONTENT_TYPE_UNSUPPORTED',
    `the body must be application/json (got ${request.get('content-type') ?? 'no content type'})`,
  );
};

/**
 * Refuses a map with other keys: a limit under a wrong name would be none.
 *
 * @throws UserError INPUT_INVALID
 */
export function onlyKeys(map: object, keys: readonly string[]): void {
  const unknown = Object.keys(map).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  throw new UserError('INPUT_INVALID', `unknown key ${JSON.stringify(unknown)} in the input`, {
    hint: `It may have ${keys.join(', ')}`,
  });
}

/** In other character sets there is no JSON. */
const onlyUnicode: RequestHandler = (request, _response, next) => {
  const charset = charsetOf(request);
  if (/^utf-(8|16|16le|16be)$/i.test(charset)) return next();
  throw new UserError('CONTENT_TYPE_UNSUPPORTED', `the body must be in UTF-8 (got ${charset})`);
};

const parseBody: RequestHandler = (request, _response, next) => {
  if (!Buffer.isBuffer(request.body)) return next();
  const text = textOf(request.body, charsetOf(request));
  try {
    request.body = text === '' ? {} : parseJson(text);
  } catch (error) {
    throw new UserError('INPUT_INVALID', `the body is not JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
  next();
};

/** A byte that belongs to no character would become another one, and be kept as that. */
function textOf(body: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch (cause) {
    throw new UserError('INPUT_INVALID', `the body is not ${charset.toUpperCase()}`, { cause });
  }
}

function charsetOf(request: Request): string {
  const [, charset = 'utf-8'] =
    /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(request.get('content-type') ?? '') ?? [];
  return charset;
}
