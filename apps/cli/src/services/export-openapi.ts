import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  diskFiles,
  exportOpenapi,
  type OpenapiProfile,
  openapiToJson,
  openapiToYaml,
} from '@cozecut/manifest';
import { type Problem, UserError } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { type ManifestChoice, readManifestForExport } from './manifest.ts';
import { withTexts } from './with-texts.ts';
import { checkOutput, type FileResult, writeOutput } from './write-output.ts';

/** What `openapi export` was asked for. */
export interface ExportOpenapiRequest extends ManifestChoice {
  profile: OpenapiProfile;
  /** File to write or to compare with; none: only the text is made. */
  out?: string | undefined;
  isCheck: boolean;
  serverUrl?: string | undefined;
  /** Language of the texts; as written when left out. */
  texts?: string | undefined;
  env: Environment;
  folder: string;
}

/** A document, its text and what became of the file. */
export interface ExportOpenapiResult {
  document: Record<string, unknown>;
  text: string;
  result?: FileResult;
  problems: Problem[];
}

/** Where the document is that `init` makes and everybody checks. @throws UserError USAGE when it is not there. */
function usualFile(manifest: string, profile: OpenapiProfile): string {
  const file = join(dirname(manifest), 'openapi', `${profile}.yaml`);
  if (existsSync(file)) return file;
  throw new UserError('USAGE', `--check needs --out: there is no ${file}`);
}

/** Makes the document of one profile, as JSON for a file that is called so, else as YAML. */
export function exportOpenapiFile(request: ExportOpenapiRequest): ExportOpenapiResult {
  const { profile, env, folder, serverUrl } = request;
  const plugin = withTexts(readManifestForExport(request, env, folder), request.texts);
  const options = { profile, ...(serverUrl === undefined ? {} : { serverUrl }) };
  const { document, problems } = exportOpenapi(plugin, options, diskFiles);
  const text = request.out?.endsWith('.json') ? openapiToJson(document) : openapiToYaml(document);
  const out = request.out ?? (request.isCheck ? usualFile(plugin.file, profile) : undefined);
  if (out === undefined) return { document, text, problems };
  const file = resolve(folder, out);
  const result = request.isCheck ? checkOutput(file, text) : writeOutput(file, text);
  return { document, text, result, problems };
}
