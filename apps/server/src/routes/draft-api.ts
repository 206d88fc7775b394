import { archivePath } from '@cozecut/plugin-host';
import type { Problem } from '@cozecut/problems';
import type { Job, StoredDraft } from '@cozecut/store';
import { type Response, Router } from 'express';
import type { ServerContext } from '../app.ts';
import { settledWithin } from '../jobs.ts';
import { publicProblem, sendProblem, statusOf } from '../problem-response.ts';

/** The tool behind `POST /api/draft/generate`; a manifest without it has no draft API. */
const GENERATE = 'generate_draft';
/** Keys that tell an export from a request that carries one. */
const EXPORT_KEYS = ['draft_data', 'output', 'drafts', 'tracks', 'schema'];

/** The draft API: an export in, a job and draft ids out, then the status until the draft is there. */
export function draftRoutes(context: ServerContext): Router {
  const { host, jobs, store, drafts, jobWaitMs } = context;
  const router = Router();

  if (host.toolsFor('cloud').some((tool) => tool.name === GENERATE)) {
    router.post('/api/draft/generate', async (request, response) => {
      const { job, ended } = await jobs.start(GENERATE, generateInput(request.body), { mode: 'cloud' });
      const state = await settledWithin(ended, jobWaitMs, async () => (await store.jobs.get(job.id)) ?? job);
      if (state.state === 'failed') return sendProblem(response, state.error as never);
      const isDone = state.state === 'succeeded';
      response.status(isDone ? 200 : 202).json({
        success: true,
        status: isDone ? 'completed' : 'processing',
        message: isDone ? 'the drafts are ready' : 'the drafts are being made; ask for their status',
        draft_ids: state.drafts.map((draft) => draft.draftId),
        drafts: state.drafts.map((draft) => ({ draft_id: draft.draftId, folder_path: draft.folder })),
        job_id: state.id,
      });
    });
  }

  router.get('/api/draft/status/:id', async (request, response) => {
    const { id } = request.params;
    const job = await store.jobs.ofDraft(id);
    const draft = await store.drafts.get(id).catch(() => undefined);
    if (job === undefined && draft === undefined) return notFound(response, id);
    response.json(statusBody(id, job, draft, drafts.hasArchive(id)));
  });

  router.get('/api/draft/list', async (request, response) => {
    const limit = Math.min(Math.max(Math.trunc(Number(request.query.limit ?? 50)) || 50, 1), 200);
    const { q, cursor } = request.query;
    const page = await store.drafts.list({
      limit,
      ...(typeof q === 'string' && q !== '' ? { query: q } : {}),
      ...(typeof cursor === 'string' && cursor !== '' ? { before: cursor } : {}),
    });
    const last = page.drafts.at(-1);
    response.json({
      success: true,
      total: page.total,
      drafts: page.drafts.map((draft) => ({
        draft_id: draft.id,
        name: draft.name,
        status: draft.state === 'saved' ? 'completed' : 'open',
        revision: draft.revision,
        ...(draft.folder === undefined ? {} : { folder_path: draft.folder }),
        created_at: new Date(draft.createdAt).toISOString(),
        modified_at: new Date(draft.modifiedAt).toISOString(),
        links: links(draft.id, drafts.hasArchive(draft.id)),
      })),
      next_cursor: page.drafts.length === limit ? last?.id : undefined,
    });
  });

  // The path is also in `archivePath`; here it is a literal because express reads the type of its parameters from it.
  router.get('/v1/drafts/:id/archive', async (request, response) => {
    const { id } = request.params;
    const draft = await store.drafts.get(id);
    if (!drafts.hasArchive(id)) {
      return sendProblem(response, {
        code: 'ARCHIVE_NOT_FOUND',
        message: `draft ${id} has no archive yet`,
        hint: 'save the draft first',
        problems: [],
      });
    }
    response.download(drafts.archiveFile(id), `${draft.name}.zip`, { dotfiles: 'allow' });
  });

  return router;
}

function generateInput(body: unknown): unknown {
  const isRequest =
    body !== null &&
    typeof body === 'object' &&
    !Array.isArray(body) &&
    'content' in body &&
    !EXPORT_KEYS.some((key) => key in body);
  return isRequest ? body : { content: body };
}

const STATUS_NAMES = {
  queued: 'processing',
  running: 'processing',
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'failed',
} as const;

function statusBody(id: string, job: Job | undefined, draft: StoredDraft | undefined, hasArchive: boolean) {
  // A draft may have been changed and saved by later calls: what the store says of it is newer than the job.
  const saved = draft?.state === 'saved';
  const status = saved ? 'completed' : job === undefined ? 'open' : STATUS_NAMES[job.state];
  const output = job?.output as { problems?: Problem[] } | undefined;
  const folder = draft?.folder ?? job?.drafts.find((candidate) => candidate.draftId === id)?.folder;
  return {
    success: status !== 'failed',
    draft_id: id,
    status,
    progress: saved ? 1 : (job?.fraction ?? 0),
    phase: job?.phase ?? '',
    message: job?.message ?? '',
    problems: (output?.problems ?? (job?.error?.problems as Problem[] | undefined) ?? []).map(publicProblem),
    ...(job?.error === undefined
      ? {}
      : { error: { code: job.error.code, http_status: statusOf(job.error.code) } }),
    ...(folder === undefined || status === 'failed' ? {} : { folder_path: folder }),
    ...(job === undefined ? {} : { job_id: job.id }),
    links: links(id, hasArchive),
  };
}

function links(id: string, hasArchive: boolean): { archive?: string } {
  return hasArchive ? { archive: archivePath(id) } : {};
}

function notFound(response: Response, id: string): void {
  sendProblem(response, {
    code: 'DRAFT_NOT_FOUND',
    message: `there is no draft ${JSON.stringify(id)}`,
    problems: [],
  });
}
