import { createHash } from 'node:crypto';
import { UserError } from '@cozecut/problems';
import type { IdempotencyStore, OnceScope } from '@cozecut/store';
import type { Request, Response } from 'express';
import { statusOf } from '../problem-response.ts';
import type { Answer } from './answer.ts';
import { callerOf } from './caller.ts';
import { goneSignal } from './stop.ts';

/** Makes an answer; with a scope when the work may have to be done again by another process. */
export type Work = (scope: OnceScope | undefined) => Promise<Answer>;

/**
 * Answers a request by doing its work, and all requests with the same `Idempotency-Key` by doing it once. An answer
 * that says that the server failed is not kept: the next request tries again. Work that was cut off is gone on with then:
 * what it has done is not done twice.
 *
 * @throws UserError IDEMPOTENCY_KEY_INVALID for a key that is not 1 to 255 printable characters.
 * @throws UserError IDEMPOTENCY_MISMATCH when the key came with another request before.
 */
export async function once(
  store: IdempotencyStore,
  request: Request,
  response: Response,
  work: Work,
): Promise<Answer> {
  const key = request.get('idempotency-key');
  if (key === undefined) return work(undefined);
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new UserError(
      'IDEMPOTENCY_KEY_INVALID',
      'Idempotency-Key must be 1 to 255 printable ASCII characters',
    );
  }
  const body = Buffer.isBuffer(request.body) ? hashOf(request.body) : JSON.stringify(request.body ?? null);
  const fingerprint = hashOf([request.method, request.originalUrl, body].join('\n'));
  const { owner } = callerOf(response);
  try {
    return (await store.run(
      { owner, key, fingerprint },
      async (scope) => {
        const answer = await work(scope);
        if (isOurFault(answer)) throw new Unkept(answer);
        return answer;
      },
      {
        signal: goneSignal(response),
        isInterrupted: (error) => error instanceof Unkept && error.answer.isCutOff === true,
      },
    )) as Answer;
  } catch (error) {
    if (error instanceof Unkept) return error.answer;
    throw error;
  }
}

const hashOf = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

class Unkept extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('the answer is not kept');
    this.answer = answer;
  }
}

/** Failures that may be gone the next time; to Coze they are told with 200 as well. */
function isOurFault({ status, body }: Answer): boolean {
  const { error_code: code } = body as { error_code?: unknown };
  return status >= 500 || (typeof code === 'string' && statusOf(code) >= 500);
}
