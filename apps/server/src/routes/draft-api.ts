import { COZE_PREFIX, cozeCodec, type Tool } from '@cozecut/manifest';
import type { Host } from '@cozecut/plugin-host';
import type { Problem } from '@cozecut/problems';
import { UserError } from '@cozecut/problems';
import type { Job, StoredDraft } from '@cozecut/store';
import { type Response, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { failed, ok, send } from '../http/answer.ts';
import { callerOf, isAdmin } from '../http/caller.ts';
import { once } from '../http/once.ts';
import { cursorParam, pageLimit, textParam } from '../http/query.ts';
import { failureOf, hasEnded } from '../jobs/settled.ts';
import { startJob } from '../jobs/start-job.ts';
import { noneWhereNotFound } from '../live-events.ts';
import { publicProblem, statusOf } from '../problem-response.ts';
import { archiveLink } from './drafts.ts';

/** The tool behind `POST /api/draft/generate`; a manifest without it has no draft API. */
const GENERATE = 'generate_draft';
/** Keys that tell an export from a request that carries one. */
const EXPORT_KEYS = ['draft_data', 'output', 'drafts', 'tracks', 'schema'];

/**
 * The draft API: an export in, a job and draft ids out, then the status until the draft is there. Below `COZE_PREFIX` every
 * answer is 200.
 */
export function draftRoutes(context: ServerContext): Router {
  const { host, store, archives } = context;
  const router = Router();
  const ownerOf = (response: Response) =>
    isAdmin(callerOf(response)) ? undefined : callerOf(response).owner;
  const draftsOf = (response: Response) => {
    const owner = ownerOf(response);
    return owner === undefined ? store.drafts : store.drafts.forOwner(owner);
  };
  const links = async (id: string) => {
    const archive = await archives.find(id);
    return archive === undefined ? {} : { archive: archiveLink(context, id, archive.id) };
  };

  const tool = generateTool(host);
  if (tool !== undefined) {
    const codec = cozeCodec(tool);
    router.post('/api/draft/generate', async (request, response) => {
      const { isRequest, input } = readGenerate(request.body);
      // What a person left out of a form of Coze arrives as a zero.
      const isForm = isRequest && request.baseUrl === COZE_PREFIX;
      const answer = await once(store.idempotency, request, response, async (scope) => {
        const job = await startJob(context, {
          tool: GENERATE,
          input: isForm ? codec.decodeInput(input) : input,
          request,
          response,
          scope,
          isKnown: (now) => now.drafts.length > 0,
        });
        const failure = failureOf(job);
        if (failure !== undefined) return failed(failure, request.originalUrl);
        const isDone = job.state === 'succeeded';
        return {
          status: isDone ? 200 : 202,
          body: {
            success: true,
            status: isDone ? 'completed' : 'processing',
            message: isDone ? 'the drafts are ready' : 'the drafts are being made; ask for their status',
            draft_ids: job.drafts.map((draft) => draft.draftId),
            drafts: job.drafts.map((draft) => ({ draft_id: draft.draftId, folder_path: draft.folder })),
            job_id: job.id,
          },
        };
      });
      send(response, answer);
    });
  }

  router.get('/api/draft/status/:id', async (request, response) => {
    const { id } = request.params;
    const job = await store.jobs.ofDraft(id, ownerOf(response));
    const draft = await draftsOf(response).get(id).catch(noneWhereNotFound);
    // A job that made a draft and the draft is gone: somebody has deleted it since.
    if (draft === undefined && (job === undefined || job.state === 'succeeded')) {
      throw new UserError('DRAFT_NOT_FOUND', `there is no draft ${JSON.stringify(id)}`);
    }
    send(response, ok(statusBody(id, job, draft, await links(id))));
  });

  router.get('/api/draft/list', async (request, response) => {
    const limit = pageLimit(request);
    // Names are kept composed; some keyboards and systems write the same letters in parts.
    const query = textParam(request, 'q')?.normalize('NFC');
    const before = cursorParam(request);
    const page = await draftsOf(response).list({
      limit,
      ...(query === undefined ? {} : { query }),
      ...(before === undefined ? {} : { before }),
    });
    response.json({
      success: true,
      total: page.total,
      drafts: await Promise.all(
        page.drafts.map(async (draft) => ({
          draft_id: draft.id,
          name: draft.name,
          status: draft.state === 'saved' ? 'completed' : 'open',
          revision: draft.revision,
          ...(draft.folder === undefined ? {} : { folder_path: draft.folder }),
          created_at: new Date(draft.createdAt).toISOString(),
          modified_at: new Date(draft.modifiedAt).toISOString(),
          links: await links(draft.id),
        })),
      ),
      next_cursor: page.next,
    });
  });

  return router;
}

/** Whether there is a tool behind `POST /api/draft/generate`. */
export function canGenerate(host: Host): boolean {
  return generateTool(host) !== undefined;
}

function generateTool(host: Host): Tool | undefined {
  return host.toolsFor('cloud').find(({ name }) => name === GENERATE);
}

/** Whether a body is a request that carries an export, or the export itself; and the input of the tool in either case. */
function readGenerate(body: unknown): { isRequest: boolean; input: Record<string, unknown> } {
  const isRequest =
    body !== null &&
    typeof body === 'object' &&
    !Array.isArray(body) &&
    'content' in body &&
    !EXPORT_KEYS.some((key) => key in body);
  return { isRequest, input: isRequest ? (body as Record<string, unknown>) : { content: body } };
}

const STATUS_NAMES = {
  queued: 'processing',
  running: 'processing',
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const;

function statusBody(
  id: string,
  job: Job | undefined,
  draft: StoredDraft | undefined,
  links: { archive?: string },
) {
  // Once the job has ended, what the store says of the draft is newer: later calls may have changed and saved it.
  const saved = draft?.state === 'saved' && (job === undefined || hasEnded(job));
  const status = saved ? 'completed' : job === undefined ? 'open' : STATUS_NAMES[job.state];
  const isOver = status === 'failed' || status === 'cancelled';
  const output = job?.output as { problems?: Problem[] } | undefined;
  const folder = draft?.folder ?? job?.drafts.find((candidate) => candidate.draftId === id)?.folder;
  return {
    success: !isOver,
    draft_id: id,
    status,
    progress: saved ? 1 : (job?.fraction ?? 0),
    phase: job?.phase ?? '',
    message: job?.message ?? '',
    problems: (output?.problems ?? (job?.error?.problems as Problem[] | undefined) ?? []).map(publicProblem),
    ...(job?.error == null ? {} : { error: { code: job.error.code, http_status: statusOf(job.error.code) } }),
    ...(folder === undefined || isOver ? {} : { folder_path: folder }),
    ...(job === undefined ? {} : { job_id: job.id }),
    links,
  };
}
