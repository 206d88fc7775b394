import { UserError } from '@cozecut/problems';
import { Router } from 'express';
import type { ServerContext } from '../context.ts';
import { callerOf, ownerAsked } from '../http/caller.ts';
import { cursorParam, pageLimit, textParam } from '../http/query.ts';
import { publicCall } from '../jobs/public-call.ts';

/** The record of tool calls. */
export function callRoutes({ store, calls: { kept } }: ServerContext): Router {
  return Router().get('/v1/calls', async (request, response) => {
    const limit = pageLimit(request);
    const time = (name: string) => {
      const text = textParam(request, name);
      if (text === undefined) return undefined;
      const at = Date.parse(text);
      if (Number.isNaN(at))
        throw new UserError('INPUT_INVALID', `${name} must be a time such as 2026-01-31T12:00:00Z`);
      return at;
    };
    const status = textParam(request, 'status');
    if (status !== undefined && status !== 'ok' && status !== 'failed') {
      throw new UserError('INPUT_INVALID', `status must be ok or failed (got ${JSON.stringify(status)})`);
    }
    await kept();
    const { calls, total, next } = await store.calls.list({
      limit,
      ...ownerAsked(callerOf(response), request.query.owner),
      ...defined({
        tool: textParam(request, 'tool'),
        draftId: textParam(request, 'draft_id'),
        code: textParam(request, 'code'),
        query: textParam(request, 'q'),
        before: cursorParam(request),
        since: time('since'),
        until: time('until'),
        status,
      }),
    });
    response.json({
      total,
      calls: calls.map(publicCall),
      next_cursor: next,
    });
  });
}

function defined<T extends object>(value: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;
}
