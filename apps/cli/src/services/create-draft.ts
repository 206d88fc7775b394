import { basename, dirname, parse, resolve } from 'node:path';
import { UserError } from '@cozecut/problems';
import { createLog } from '../log.ts';
import type { Environment } from '../settings.ts';
import { readUserFile } from '../user-file.ts';
import { interruptible } from './interrupt.ts';
import { builtInManifest, readManifest } from './manifest.ts';
import { createRuntime } from './runtime.ts';
import { unwrap } from './unwrap.ts';

/** What `draft create` was asked for. */
export interface CreateDraftRequest {
  /** Path, or `-` for standard input. */
  file: string;
  /** The folder to make. */
  out: string;
  profile?: string | undefined;
  from?: string | undefined;
  timeUnit?: string | undefined;
  legacyPosition: boolean;
  manifest?: string | undefined;
  deployment?: string | undefined;
  env: Environment;
  folder: string;
  say(line: string): void;
}

/** Calls `generate_draft` in manual mode: the person may name any file, and nothing is kept but the draft. */
export async function createDraftFromFile(request: CreateDraftRequest): Promise<unknown> {
  const { folder, env, say } = request;
  const isStdin = request.file === '-';
  const file = isStdin ? resolve(folder, 'stdin') : resolve(folder, request.file);
  const content = readUserFile(isStdin ? 0 : file, request.file);
  const out = resolve(folder, request.out);
  if (basename(out) === '') throw new UserError('DRAFT_EXISTS', `--out must be a new folder (got ${out})`);
  const plugin = readManifest({ ...request, manifest: request.manifest ?? builtInManifest() }, env, folder);
  const runtime = await createRuntime({
    plugin,
    env,
    folder,
    log: createLog('error', (line) => process.stderr.write(line)),
    localRoots: [dirname(file), parse(out).root, parse(file).root],
    ephemeral: true,
  });
  try {
    let phase = '';
    const result = await interruptible((signal) =>
      runtime.host.call(
        'generate_draft',
        {
          content,
          output_folder: dirname(out),
          name: basename(out),
          ...(request.profile === undefined ? {} : { profile: request.profile }),
          ...(request.from === undefined ? {} : { from: request.from }),
          ...(request.legacyPosition ? { legacy_position: true } : {}),
          ...(request.timeUnit === undefined ? {} : { time_unit: request.timeUnit }),
        },
        {
          mode: 'manual',
          signal,
          onProgress: (progress) => {
            if (progress.phase !== phase && progress.message !== undefined) say(progress.message);
            phase = progress.phase;
          },
        },
      ),
    );
    return unwrap(result);
  } finally {
    await runtime.close();
  }
}
