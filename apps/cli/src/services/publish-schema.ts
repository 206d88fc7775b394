import { resolve } from 'node:path';
import { timelineJsonSchema } from '@cozecut/draft-core';
import { manifestJsonSchema, toReadableJson } from '@cozecut/manifest';
import { type FileResult, writeOutput } from './write-output.ts';

/** A JSON Schema that was asked for. */
export interface SchemaRequest {
  kind: 'Plugin' | 'Tool' | 'Timeline';
  out?: string | undefined;
  folder: string;
}

/** Makes the JSON Schema of a kind of file, and writes it when a file is named. */
export function publishSchema({ kind, out, folder }: SchemaRequest): {
  schema: Record<string, unknown>;
  text: string;
  result?: FileResult;
} {
  const schema = kind === 'Timeline' ? timelineJsonSchema() : manifestJsonSchema(kind);
  const text = toReadableJson(schema);
  return out === undefined
    ? { schema, text }
    : { schema, text, result: writeOutput(resolve(folder, out), text) };
}
