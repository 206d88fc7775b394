import { decodeText } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import express, { type RequestHandler, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { ok, send } from '../http/answer.ts';
import { CALL_SCOPE, requireScope } from '../http/caller.ts';
import { once } from '../http/once.ts';

/** Not what a form of a foreign page can send without asking first. */
const BYTES = 'application/octet-stream';

/**
 * The text of a file in whatever encoding it is, which a browser cannot tell.
 *
 * @param maxBytes - What a file may have.
 */
export function textRoute({ store }: ServerContext, maxBytes: number): Router {
  const body = express.raw({ type: BYTES, limit: maxBytes });
  return Router().post(
    '/v1/text',
    requireScope(CALL_SCOPE),
    onlyBytes(maxBytes),
    body,
    async (request, response) => {
      const answer = await once(store.idempotency, request, response, async () => {
        // An empty file has no body.
        const bytes: unknown = request.body;
        return ok({ text: Buffer.isBuffer(bytes) ? decodeText(bytes) : '' });
      });
      send(response, answer);
    },
  );
}

function onlyBytes(maxBytes: number): RequestHandler {
  return (request, _response, next) => {
    const type = request.get('content-type') ?? 'no content type';
    if (!request.is(BYTES) && type !== BYTES)
      throw new UserError('CONTENT_TYPE_UNSUPPORTED', `the body must be ${BYTES} (got ${type})`);
    const size = Number(request.get('content-length') ?? 0);
    if (size > maxBytes)
      throw new UserError('INPUT_TOO_LARGE', `the file may have ${maxBytes} bytes (got ${size})`);
    next();
  };
}
