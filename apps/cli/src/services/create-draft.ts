import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, parse, resolve } from 'node:path';
import { draftRootOf } from '@cozecut/draft-core/node';
import { UserError } from '@cozecut/problems';
import { createErrorLog } from '../log.ts';
import { type Environment, setting } from '../settings.ts';
import { readUserText } from '../user-text.ts';
import { type InputFlags, toolOptions } from './input-options.ts';
import { interruptible } from './interrupt.ts';
import { builtInManifest, readManifest } from './manifest.ts';
import { progressShow } from './progress.ts';
import { createRuntime } from './runtime.ts';
import { withSpecTexts } from './spec-texts.ts';
import { unwrap } from './unwrap.ts';

/** What `draft create` was asked for. */
export interface CreateDraftRequest {
  /** Path, or `-` for standard input. */
  file: string;
  /** The folder to make; with `register`, the draft root that the draft goes into. */
  out: string;
  /** Whether to put the draft into the list of the app. */
  register: boolean;
  /** Whether to do so while the app may be running. */
  force: boolean;
  /** Whether to write a zip beside the folder, too. */
  zip: boolean;
  /** `auto`, `off`, or where to look for a draft of the app. */
  seed: string;
  markerGeneration?: string | undefined;
  profile?: string | undefined;
  /** What is said about the file. */
  input: InputFlags;
  manifest?: string | undefined;
  deployment?: string | undefined;
  env: Environment;
  folder: string;
  say(line: string): void;
  /** Draws on the terminal of a person; see `Voice`. */
  draw: ((text: string) => void) | undefined;
  /** Says a text of the libraries in the language of the person. */
  tell(text: string): string;
}

/**
 * Calls `generate_draft` in manual mode, or `place_draft` when more than a folder is asked for. The person may name
 * any file, and nothing is kept but the draft.
 */
export async function createDraftFromFile(request: CreateDraftRequest): Promise<unknown> {
  const { folder, env } = request;
  const progress = progressShow(request.draw, request.say, request.tell);
  const isStdin = request.file === '-';
  const file = isStdin ? resolve(folder, 'stdin') : resolve(folder, request.file);
  const { data, from } = request.input;
  const rows = data === undefined ? undefined : readUserText(resolve(folder, data), data);
  const read = readUserText(isStdin ? 0 : file, request.file);
  const content = withSpecTexts(read, { spec: file, from, rows, fileName: isStdin ? undefined : file });
  const out = resolve(folder, request.out);
  if (basename(out) === '' && !request.register)
    throw new UserError('DRAFT_EXISTS', `--out must be a new folder (got ${out})`);
  const seed = seedPlaces(request, out);
  const isPlaced =
    request.register || request.zip || request.seed !== 'off' || request.markerGeneration !== undefined;
  const tool = isPlaced ? 'place_draft' : 'generate_draft';
  const choice = { ...request, manifest: request.manifest ?? builtInManifest(), tool };
  const plugin = readManifest(choice, env, folder);
  const runtime = await createRuntime({
    plugin,
    env,
    folder,
    log: createErrorLog(import.meta.dirname, (text) => process.stderr.write(text)),
    localRoots: [dirname(file), parse(out).root, parse(file).root, ...seed],
    ephemeral: true,
  });
  try {
    const result = await interruptible((signal) =>
      runtime.host.call(
        tool,
        {
          content,
          ...(request.register
            ? { output_folder: out }
            : { output_folder: dirname(out), name: basename(out) }),
          ...(isPlaced ? { seed, register: request.register, force: request.force, zip: request.zip } : {}),
          ...(request.markerGeneration === undefined ? {} : { marker_generation: request.markerGeneration }),
          ...(request.profile === undefined ? {} : { profile: request.profile }),
          ...(isStdin ? {} : { file_name: basename(file) }),
          ...(rows === undefined ? {} : { rows }),
          ...toolOptions(request.input),
        },
        {
          mode: 'manual',
          signal,
          onProgress: progress.show,
        },
      ),
    );
    return unwrap(result);
  } finally {
    progress.end();
    await runtime.close();
  }
}

/** Where a seed may come from: what was named, or the places where the apps of this machine keep their drafts. */
function seedPlaces({ seed, register, env, folder }: CreateDraftRequest, out: string): string[] {
  if (seed === 'off') return [];
  if (seed !== 'auto') {
    const place = resolve(folder, seed);
    if (existsSync(place)) return [place];
    throw new UserError('SEED_UNREADABLE', `--seed: there is nothing at ${place}`, {
      hint: 'name a draft of the app or its draft folder, or say auto',
    });
  }
  const system = { platform: process.platform, home: homedir(), localAppData: env.LOCALAPPDATA };
  const chosenRoot = setting(env, 'DRAFT_ROOT');
  const places = [
    ...(register ? [out] : []),
    ...(chosenRoot === undefined ? [] : [resolve(folder, chosenRoot)]),
    ...(['jianying', 'capcut'] as const).flatMap((app) => draftRootOf(app, system) ?? []),
  ];
  if (places.length > 0) return [...new Set(places)];
  throw new UserError(
    'SEED_NOT_FOUND',
    'the apps do not run on this system, so they have no draft folder here',
    {
      hint: 'name one: --seed FOLDER, or set DRAFT_ROOT',
    },
  );
}
