import { join, resolve } from 'node:path';
import { diskFiles, PLUGIN_FILE, pluginFiles } from '@cozecut/manifest';
import { type Problem, UserError } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { type ManifestChoice, readManifestForExport } from './manifest.ts';
import { secretsOf } from './secrets.ts';
import { withTexts } from './with-texts.ts';
import { checkOutput, type FileResult, readIfThere, writeOutput } from './write-output.ts';

/** What `plugin export` was asked for. */
export interface ExportPluginRequest extends ManifestChoice {
  profile: 'coze' | 'local';
  /** Folder of the two files. */
  out: string;
  isCheck: boolean;
  withSecrets: boolean;
  /** Whether files that are no earlier export of this plugin may be replaced. */
  force: boolean;
  serverUrl?: string | undefined;
  /** Language of the texts; as written when left out. */
  texts?: string | undefined;
  env: Environment;
  folder: string;
}

/** Writes or checks the pair of files that Coze registers a plugin by. */
export function exportPlugin(request: ExportPluginRequest): { files: FileResult[]; problems: Problem[] } {
  const { profile, env, folder, serverUrl } = request;
  const plugin = withTexts(readManifestForExport(request, env, folder), request.texts);
  const { files, problems } = pluginFiles(
    plugin,
    {
      profile,
      ...(serverUrl === undefined ? {} : { serverUrl }),
      ...(request.withSecrets ? { resolveSecret: secretsOf(plugin, env) } : {}),
    },
    diskFiles,
  );
  const out = resolve(folder, request.out);
  const targets = files.map(({ name, text }) => ({ file: join(out, name), text }));
  if (request.isCheck) {
    return { files: targets.map(({ file, text }) => withoutToken(checkOutput(file, text))), problems };
  }
  if (!request.force) refuseOthers(targets, join(out, PLUGIN_FILE[profile]));
  // A file with a secret is for its owner only.
  const mode = request.withSecrets ? { mode: 0o600 } : {};
  return { files: targets.map(({ file, text }) => writeOutput(file, text, mode)), problems };
}

/** The file that is there may hold the token. */
function withoutToken({ summary, ...rest }: FileResult): FileResult {
  if (summary === undefined) return rest;
  return {
    ...rest,
    summary: summary.replace(/((?:service_token|client_secret)\W+)(?!(?:Bearer )?\$\{)[^"\\]+/g, '$1***'),
  };
}

/** An earlier export is replaced: its description has the name of this plugin. Anything else is somebody's work. */
function refuseOthers(targets: readonly { file: string; text: string }[], manifest: string): void {
  const made = targets.find(({ file }) => file === manifest)?.text ?? '';
  const there = readIfThere(manifest);
  if (there !== undefined && nameIn(there) === nameIn(made)) return;
  for (const { file, text } of targets) {
    const content = readIfThere(file);
    if (content === undefined || content === text) continue;
    throw new UserError('EXPORT_EXISTS', `${file} is there already and is no earlier export of this plugin`, {
      hint: 'Choose another folder with --out, or give --force to replace it',
    });
  }
}

function nameIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { name_for_model?: unknown } | null)?.name_for_model ?? '';
  } catch {
    return undefined;
  }
}
