import { resolve } from 'node:path';
import { emitToolTypes } from '@cozecut/manifest';
import type { Environment } from '../settings.ts';
import { type ManifestChoice, readManifestForExport } from './manifest.ts';
import { checkOutput, type FileResult, writeOutput } from './write-output.ts';

/** What `manifest typegen` was asked for. */
export interface ToolTypesRequest extends ManifestChoice {
  out?: string | undefined;
  isCheck: boolean;
  env: Environment;
  folder: string;
}

/** Makes the TypeScript types of the tools, and writes or checks them when a file is named. */
export function makeToolTypes(request: ToolTypesRequest): { text: string; result?: FileResult } {
  const text = emitToolTypes(readManifestForExport(request, request.env, request.folder));
  if (request.out === undefined) return { text };
  const file = resolve(request.folder, request.out);
  return { text, result: request.isCheck ? checkOutput(file, text) : writeOutput(file, text) };
}
