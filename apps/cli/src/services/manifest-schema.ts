import { resolve } from 'node:path';
import { manifestJsonSchema, toReadableJson } from '@cozecut/manifest';
import { type FileResult, writeOutput } from './write-output.ts';

/** What `manifest schema` was asked for. */
export interface ManifestSchemaRequest {
  kind: 'Plugin' | 'Tool';
  out?: string | undefined;
  folder: string;
}

/** Makes the JSON Schema of manifests, and writes it when a file is named. */
export function publishManifestSchema({ kind, out, folder }: ManifestSchemaRequest): {
  schema: Record<string, unknown>;
  text: string;
  result?: FileResult;
} {
  const schema = manifestJsonSchema(kind);
  const text = toReadableJson(schema);
  return out === undefined
    ? { schema, text }
    : { schema, text, result: writeOutput(resolve(folder, out), text) };
}
