import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Problem, UserError } from '@cozecut/problems';
import { Router } from 'express';
import type { ServerContext } from '../context.ts';
import { ok, send } from '../http/answer.ts';
import { callerOf, isAdmin } from '../http/caller.ts';
import { once } from '../http/once.ts';
import { publicProblem } from '../problem-response.ts';

/** The editor on the machine of the server; there is one when whoever uses the page sits at it. */
export interface Editor {
  /**
   * Puts a draft folder, or a zip of one, into the draft root of an app and into the list it shows.
   *
   * @throws UserError EDITOR_RUNNING, DRAFT_EXISTS, DRAFT_ROOT_UNKNOWN and all others of `installDraft`
   */
  install(request: {
    /** Absolute path. */
    source: string;
    /** Folder that the draft was written to, when that is known. */
    folder: string | undefined;
    name: string;
    replace: boolean;
    force: boolean;
  }): Promise<InstalledInEditor>;
}

/** Where a draft is now. */
export interface InstalledInEditor {
  /** Absolute path of the draft folder. */
  folder: string;
  app: 'jianying' | 'capcut';
  problems: Problem[];
}

/** Puts drafts that were made into the editor of this machine. */
export function editorRoutes({ store, archives }: ServerContext, editor: Editor): Router {
  return Router().post('/v1/drafts/:id/install', async (request, response) => {
    const { id } = request.params;
    const caller = callerOf(response);
    const drafts = isAdmin(caller) ? store.drafts : store.drafts.forOwner(caller.owner);
    const { name, folder } = await drafts.get(id);
    const { replace = false, force = false } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof replace !== 'boolean') throw new UserError('INPUT_INVALID', 'replace must be true or false');
    if (typeof force !== 'boolean') throw new UserError('INPUT_INVALID', 'force must be true or false');
    const answer = await once(store.idempotency, request, response, async () => {
      const archive = await archives.find(id);
      if (archive === undefined) {
        throw new UserError('ARCHIVE_NOT_FOUND', `draft ${id} has no archive yet`, {
          hint: 'save the draft first',
        });
      }
      const temporary = await mkdtemp(join(tmpdir(), 'cozecut-install-'));
      try {
        const source = join(temporary, 'draft.zip');
        await pipeline(await store.blobs.read(archive.id), createWriteStream(source));
        const installed = await editor.install({ source, folder, name, replace, force });
        return ok({
          draft_id: id,
          folder_path: installed.folder,
          app: installed.app,
          findings: installed.problems.map(publicProblem),
        });
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    });
    send(response, answer);
  });
}
