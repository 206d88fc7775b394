import { resolve } from 'node:path';
import { toReadableJson } from '@cozecut/manifest';
import { type FileResult, writeOutput } from './write-output.ts';

/** A JSON Schema as text; it is written when a file is named. */
export function publishSchema(
  schema: Record<string, unknown>,
  { out, folder }: { out?: string | undefined; folder: string },
): { text: string; result?: FileResult } {
  const text = toReadableJson(schema);
  return out === undefined ? { text } : { text, result: writeOutput(resolve(folder, out), text) };
}
