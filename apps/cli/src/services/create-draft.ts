import { basename, dirname, parse, resolve } from 'node:path';
import { UserError } from '@cozecut/problems';
import { createLog } from '../log.ts';
import type { Environment } from '../settings.ts';
import { readUserText } from '../user-file.ts';
import { type InputFlags, toolOptions } from './input-options.ts';
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
  /** What is said about the file. */
  input: InputFlags;
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
  const content = readUserText(isStdin ? 0 : file, request.file);
  const { data } = request.input;
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
          ...(isStdin ? {} : { file_name: basename(file) }),
          ...(data === undefined ? {} : { rows: readUserText(resolve(folder, data), data) }),
          ...toolOptions(request.input),
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
