import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { UserError } from '@cozecut/problems';
import type { CompiledDraft, DraftMedia } from '../compile/compiled-draft.ts';

/** All files that are copied into a draft. */
export function filesOf({ media, cover }: CompiledDraft): DraftMedia[] {
  return cover === undefined ? media : [...media, cover];
}

/**
 * Opens a media file and checks that it is the one that was compiled: its copy is named by its hash.
 *
 * @throws UserError MEDIA_UNREADABLE when it cannot be opened.
 */
export async function openMedia({
  file,
}: DraftMedia): Promise<{ source: NodeJS.ReadableStream; check: Transform }> {
  const info = await stat(file.path).catch((error: unknown) => {
    throw new UserError('MEDIA_UNREADABLE', `cannot read ${file.path}`, {
      hint: 'was it moved?',
      cause: error,
    });
  });
  if (!info.isFile()) throw new UserError('MEDIA_UNREADABLE', `${file.path} is not a file`);
  return { source: createReadStream(file.path), check: hashCheck(file.path, file.sha256) };
}

/** Passes bytes on and fails at the end when their hash is not the expected one. */
function hashCheck(path: string, sha256: string): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      if (hash.digest('hex') === sha256) return done();
      done(new UserError('MEDIA_CHANGED', `${path} has changed since it was read`, { hint: 'start again' }));
    },
  });
}
