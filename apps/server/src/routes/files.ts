import { posix } from 'node:path';
import { isUserError, UserError } from '@cozecut/problems';
import { type Response, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { BY_TOKEN } from '../files/draft-files.ts';
import { sendFile } from '../files/send-file.ts';
import { CALL_SCOPE, refuseStrangers, requireScope } from '../http/caller.ts';
import { serverUrlOf } from '../http/server-url.ts';
import { draftsOf } from './drafts.ts';

/** The files of drafts, for whoever has a signed address, and by token where addresses are not signed. */
export function fileRoutes({ files, host, store }: ServerContext): Router {
  const router = Router();

  /** Whether an address opens a draft; that there is no such draft is not to be told from a wrong address. */
  async function isOpen(
    { pass, sha256, id }: { pass: string; sha256: string; id: string },
    response: Response,
  ): Promise<boolean> {
    if (pass !== BY_TOKEN) return files.admits(id, sha256, pass);
    try {
      await draftsOf(store, response).get(id, { isShared: true });
      return true;
    } catch (error) {
      if (isUserError(error) && error.code === 'DRAFT_NOT_FOUND') return false;
      throw error;
    }
  }

  const byToken = Router().use(
    refuseStrangers(() => false),
    requireScope(CALL_SCOPE),
  );
  // By the parameter, so that it holds however the path is written.
  router.use('/v1/files/:pass', (request, response, next) =>
    request.params.pass === BY_TOKEN ? byToken(request, response, next) : next(),
  );

  router.get('/v1/files/:pass/:sha256/:id', async (request, response) => {
    const { pass, sha256, id } = request.params;
    const found = (await isOpen(request.params, response))
      ? await files.list(id, serverUrlOf(host.plugin, request), { sha256, pass })
      : undefined;
    if (found === undefined) throw fileNotFound();
    const urls = found.files.map(({ url }) => url);
    // Programs that download drafts look for the code of success.
    response.json({ code: 0, draft_id: id, revision: found.revision, files: urls });
  });

  router.get('/v1/files/:pass/:sha256/:id/*path', async (request, response) => {
    const { sha256, id, path } = request.params;
    const file = (await isOpen(request.params, response))
      ? await files.find(id, sha256, path.join('/'))
      : undefined;
    if (file === undefined) throw fileNotFound();
    await sendFile(request, response, {
      ...file,
      name: posix.basename(file.path),
      etag: `"${sha256.slice(0, 32)}-${file.crc32.toString(16)}"`,
    });
  });
  return router;
}

function fileNotFound(): UserError {
  return new UserError('FILE_NOT_FOUND', 'there is no such file, or its address opens it no longer', {
    hint: 'ask for the files of the draft again: each address opens for a day',
  });
}
