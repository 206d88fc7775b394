import { parseTimeline, planOfTimeline, svgTimeline } from '@cozecut/draft-core';
import { archivePath } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { DraftStore, Store } from '@cozecut/store';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { findProblems } from '../check/find-problems.ts';
import { toldFindings } from '../check/told-findings.ts';
import type { ServerContext } from '../context.ts';
import { sendFile } from '../files/send-file.ts';
import { CALL_SCOPE, callerOf, isAdmin, requireScope } from '../http/caller.ts';
import { readWidth, USUAL_WIDTH } from '../http/picture-width.ts';
import { pageLimit } from '../http/query.ts';
import { lastEventId, sendLive } from '../http/sse.ts';
import { watchLive } from '../live-events.ts';
import { publicProblem } from '../problem-response.ts';

const THEMES = ['light', 'dark', 'auto'] as const;

/** The zips of a draft, for its owner and for whoever has a signed address. */
export function archiveRoute(context: ServerContext): Router {
  const { store, archives } = context;
  const router = Router();
  const mayCall = requireScope(CALL_SCOPE);

  const allow: RequestHandler = (request, response, next) => {
    // Whoever has the address may have the draft, whoever else it is.
    if (isSigned(context, request)) next();
    else mayCall(request, response, next);
  };
  const sendArchive: RequestHandler<{ id: string; sha256?: string }> = async (request, response) => {
    const { id, sha256 } = request.params;
    const drafts = isSigned(context, request) ? store.drafts : draftsOf(store, response);
    const { name } = await drafts.get(id);
    const archive = await archives.find(id, sha256);
    if (archive === undefined) throw archiveNotFound(id, sha256);
    await sendFile(request, response, {
      bytes: archive.bytes,
      etag: `"${archive.id}"`,
      name: `${name}.zip`,
      open: (range) => store.blobs.read(archive.id, range),
    });
  };
  // The paths are also in `archivePath`; here they are literals because express reads their parameters from them.
  router.get('/v1/drafts/:id/archive', allow, sendArchive);
  router.get('/v1/drafts/:id/archive/:sha256.zip', allow, sendArchive);

  return router;
}

/** What can be had of one draft besides its zip: its picture, what is wrong with it, its former states, what happens to it. */
export function storedDraftRoutes({ store, catalog }: ServerContext): Router {
  const router = Router();

  router.get('/v1/drafts/:id/timeline.svg', async (request, response) => {
    const timeline = await timelineOf(draftsOf(store, response), request.params.id, request.query.revision);
    const { theme = 'auto', width } = request.query;
    if (!THEMES.includes(theme as never))
      throw new UserError('INPUT_INVALID', `theme must be one of ${THEMES.join(', ')}`);
    const pixels = width === undefined ? USUAL_WIDTH : readWidth(Number(width));
    const parsed = parseTimeline(timeline);
    if (parsed.timeline === undefined) throw UserError.fromProblems('DRAFT_INVALID', parsed.problems);
    const svg = svgTimeline(planOfTimeline(parsed.timeline), {
      theme: theme as (typeof THEMES)[number],
      width: pixels,
    });
    response.type('image/svg+xml').send(svg);
  });

  router.get('/v1/drafts/:id/findings', async (request, response) => {
    const timeline = await timelineOf(draftsOf(store, response), request.params.id, request.query.revision);
    response.json(toldFindings(findProblems(timeline, { catalog }).problems, publicProblem));
  });

  router.get('/v1/drafts/:id/revisions', async (request, response) => {
    const limit = pageLimit(request);
    const before = Number(request.query.cursor);
    const revisions = await draftsOf(store, response).revisions(request.params.id, {
      limit,
      ...(Number.isInteger(before) && before > 0 ? { before } : {}),
    });
    response.json({
      revisions: revisions.map(({ revision, bytes, createdAt }) => ({
        revision,
        bytes,
        created_at: new Date(createdAt).toISOString(),
      })),
      next_cursor: revisions.length === limit ? revisions.at(-1)?.revision : undefined,
    });
  });

  router.get('/v1/drafts/:id/timeline', async (request, response) => {
    response.json(await timelineOf(draftsOf(store, response), request.params.id, request.query.revision));
  });

  router.get('/v1/drafts/:id/events', async (request: Request<{ id: string }>, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const caller = callerOf(response);
    const live = await watchLive(
      store,
      { kind: 'draft', id: request.params.id },
      {
        ...(isAdmin(caller) ? {} : { owner: caller.owner }),
        after: lastEventId(request.get('last-event-id')),
        signal: gone.signal,
      },
    );
    if (live === undefined)
      throw new UserError('DRAFT_NOT_FOUND', `there is no draft ${JSON.stringify(request.params.id)}`);
    await sendLive(response, live);
  });
  return router;
}

/** The drafts that a caller sees. */
export function draftsOf(store: Store, response: Response): DraftStore {
  const caller = callerOf(response);
  return isAdmin(caller) ? store.drafts : store.drafts.forOwner(caller.owner);
}

/** Whether the address of a request opens what it names, whoever asks. */
export function isSigned({ urls }: ServerContext, { method, path, query }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && urls?.verify(path, query) === true;
}

/** The timeline of a draft as it is, or as it was in a former state. */
async function timelineOf(drafts: DraftStore, id: string, revision: unknown): Promise<unknown> {
  if (revision === undefined) return (await drafts.get(id)).timeline;
  if (typeof revision !== 'string' || !/^\d{1,9}$/.test(revision)) throw notWhole();
  return drafts.timelineAt(id, Number(revision));
}

function notWhole(): UserError {
  return new UserError('INPUT_INVALID', 'revision must be a whole number');
}

function archiveNotFound(id: string, sha256: string | undefined): UserError {
  return sha256 === undefined
    ? new UserError('ARCHIVE_NOT_FOUND', `draft ${id} has no archive yet`, { hint: 'save the draft first' })
    : new UserError('ARCHIVE_NOT_FOUND', `draft ${id} no longer has the archive ${JSON.stringify(sha256)}`, {
        hint: 'save the draft again',
      });
}

/** Address of an archive of a draft, which opens it for a day where addresses are signed. */
export function archiveLink({ urls }: ServerContext, id: string, sha256: string): string {
  const path = archivePath(id, sha256);
  return urls === undefined ? path : urls.sign(path, 24 * 3_600_000);
}
