import { UserError } from '@cozecut/problems';
import type { Quota } from '@cozecut/store';
import { Router } from 'express';
import type { ServerContext } from '../context.ts';
import { send } from '../http/answer.ts';
import { ADMIN_SCOPE, callerOf, isAdmin, requireScope } from '../http/caller.ts';
import { onlyKeys } from '../http/json-body.ts';

/** How much owners keep, and how much they may: their own for everybody, that of others and the limits for admins. */
export function ownerRoutes({ store: { drafts } }: ServerContext): Router {
  const router = Router();

  router.get('/v1/owners/:owner', async (request, response) => {
    const { owner } = request.params;
    const caller = callerOf(response);
    if (!isAdmin(caller) && caller.owner !== owner) {
      throw new UserError('SCOPE_MISSING', `this token does not have the scope ${ADMIN_SCOPE}`);
    }
    send(response, { status: 200, body: await report(owner) });
  });

  router.put('/v1/owners/:owner', requireScope(ADMIN_SCOPE), async (request, response) => {
    const owner = String(request.params.owner);
    await drafts.setQuota(owner, quotaIn(request.body));
    send(response, { status: 200, body: await report(owner) });
  });

  async function report(owner: string) {
    const [usage, { maxDrafts, maxBytes, keepDraftsMs }] = await Promise.all([
      drafts.usage(owner),
      drafts.quota(owner),
    ]);
    return {
      owner,
      drafts: usage.drafts,
      draft_bytes: usage.draftBytes,
      file_bytes: usage.blobBytes,
      limits: {
        ...(maxDrafts === undefined ? {} : { drafts: maxDrafts }),
        ...(maxBytes === undefined ? {} : { bytes: maxBytes }),
        ...(keepDraftsMs === undefined ? {} : { keep_drafts_s: Math.round(keepDraftsMs / 1000) }),
      },
    };
  }
  return router;
}

/** The limits in a body; nothing at all takes an owner back to those of the deployment. */
function quotaIn(body: unknown): Quota | undefined {
  const { limits } = (body ?? {}) as { limits?: unknown };
  if (limits === null) return undefined;
  if (typeof limits !== 'object' || Array.isArray(limits)) {
    throw new UserError(
      'INPUT_INVALID',
      'limits must be a map with drafts, bytes or keep_drafts_s, or null for those of the deployment',
    );
  }
  onlyKeys(limits, ['drafts', 'bytes', 'keep_drafts_s']);
  const { drafts, bytes, keep_drafts_s: keepS } = limits as Record<string, unknown>;
  const [maxDrafts, maxBytes, seconds] = [
    whole('drafts', drafts),
    whole('bytes', bytes),
    whole('keep_drafts_s', keepS),
  ];
  return {
    ...(maxDrafts === undefined ? {} : { maxDrafts }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(seconds === undefined ? {} : { keepDraftsMs: seconds * 1000 }),
  };
}

function whole(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const isWhole = typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 2 ** 43;
  if (isWhole) return value;
  throw new UserError('INPUT_INVALID', `limits.${name} must be a whole number > 0`);
}
