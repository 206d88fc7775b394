import { resolve } from 'node:path';
import {
  diffOpenapi,
  diskFiles,
  exportOpenapi,
  type OpenapiDiff,
  type OpenapiProfile,
  profileOf,
  readOpenapi,
} from '@cozecut/manifest';
import type { Environment } from '../settings.ts';
import { readUserFile } from '../user-file.ts';
import { type ManifestChoice, readManifestForExport } from './manifest.ts';

/** What `openapi diff` was asked for. */
export interface DiffOpenapiRequest extends ManifestChoice {
  /** Document of the last release. */
  old: string;
  /** Document to compare with; the one that would be exported now when left out. */
  now?: string | undefined;
  /** Profile of the exported document; that of the old one when left out. */
  profile?: OpenapiProfile | undefined;
  env: Environment;
  folder: string;
}

/** Compares two documents, or one with the manifest. */
export function diffOpenapiFiles(request: DiffOpenapiRequest): OpenapiDiff {
  const { env, folder } = request;
  const read = (shown: string) => {
    const path = resolve(folder, shown);
    const readFile = (one: string) => readUserFile(one, one === path ? shown : one);
    return readOpenapi(path, { ...diskFiles, readFile });
  };
  const old = read(request.old);
  if (request.now !== undefined) return diffOpenapi(old, read(request.now));
  const plugin = readManifestForExport(request, env, folder);
  const profile = request.profile ?? profileOf(old);
  // The address is no part of what changed.
  const [server] = (old.servers as { url?: unknown }[] | undefined) ?? [];
  const serverUrl =
    typeof server?.url === 'string' && URL.canParse(server.url) ? { serverUrl: server.url } : {};
  return diffOpenapi(old, exportOpenapi(plugin, { profile, ...serverUrl }, diskFiles).document);
}
