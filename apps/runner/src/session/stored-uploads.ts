import { openAsBlob } from 'node:fs';
import { realpath } from 'node:fs/promises';
import type { CozeClient } from '@cozecut/coze-transport';
import { isInside } from '@cozecut/manifest/loader';
import { UserError } from '@cozecut/problems';
import { type FileUploads, fewAtOnce } from '../file-outputs.ts';

/**
 * Uploads what tools have made, and nothing else: an output may come from a stranger's server, and a path in it must
 * not be able to name a file of the person.
 *
 * @param folders - Absolute paths of the folders that tools write into.
 */
export function storedUploads({ files }: Pick<CozeClient, 'files'>, folders: readonly string[]): FileUploads {
  return fewAtOnce({
    async upload({ path, name }, { signal }) {
      const real = await realpath(path);
      const roots = await Promise.all(folders.map((folder) => realpath(folder).catch(() => undefined)));
      if (!roots.some((root) => root !== undefined && isInside(root, real))) {
        throw new UserError('UPLOAD_FORBIDDEN', `${path} is not in a folder that tools write into`);
      }
      const { id } = await files.upload({ name, content: await openAsBlob(real) }, { signal });
      return id;
    },
  });
}
