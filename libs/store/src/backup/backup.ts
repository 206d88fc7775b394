import type { BlobFiles } from '../blobs/files.ts';
import type { Engine } from '../engine/engine.ts';
import type { BackupReport } from '../types.ts';

export async function backup(
  _from: { engine: Engine; files: BlobFiles; now(): number },
  _folder: string,
): Promise<BackupReport> {
  throw new Error('not yet');
}
