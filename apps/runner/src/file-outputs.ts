import { openAsBlob } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CozeClient, JsonObject } from '@cozecut/coze-transport';
import { asObject } from './json-object.ts';

/** Where files of outputs go. */
export interface FileUploads {
  /** Uploads a file; gives the id by which Coze knows it. */
  upload(file: { path: string; name: string }, options: { signal: AbortSignal }): Promise<string>;
}

/** Uploads to the files of Coze. */
export function clientUploads({ files }: Pick<CozeClient, 'files'>): FileUploads {
  return fewAtOnce({
    async upload({ path, name }, { signal }) {
      const { id } = await files.upload({ name, content: await openAsBlob(path) }, { signal });
      return id;
    },
  });
}

/** Coze takes ten uploads in a second. */
const MAX_AT_ONCE = 4;

/** The same uploads, of which so many go on at a time that Coze does not refuse them for their rate. */
export function fewAtOnce({ upload }: FileUploads): FileUploads {
  let free = MAX_AT_ONCE;
  const waiting: (() => void)[] = [];
  return {
    async upload(file, options) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await upload(file, options);
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}

/** Deeper than any schema that Coze takes. */
const MAX_DEPTH = 20;

/**
 * Replaces files of this device in an output by what Coze can read: each is uploaded and becomes its id. A value is a
 * file where the schema says so: `x-assist-type`, or a format such as `image_url`. Addresses stay as they are.
 *
 * @throws CozeError and file errors when an upload fails.
 */
export async function uploadFiles(
  output: unknown,
  schema: JsonObject | undefined,
  uploads: FileUploads,
  signal: AbortSignal,
): Promise<unknown> {
  if (schema === undefined || !namesFiles(schema, MAX_DEPTH)) return output;
  const replace = async (value: unknown, at: JsonObject): Promise<unknown> => {
    if (typeof value === 'string') {
      const path = isFile(at) ? pathOf(value) : undefined;
      return path === undefined ? value : uploads.upload({ path, name: basename(path) }, { signal });
    }
    if (Array.isArray(value)) {
      const items = asObject(at.items);
      return items ? Promise.all(value.map((item) => replace(item, items))) : value;
    }
    const properties = asObject(at.properties);
    if (typeof value !== 'object' || value === null || !properties) return value;
    const entries = Object.entries(value).map(async ([key, item]): Promise<[string, unknown]> => {
      const property = Object.hasOwn(properties, key) ? asObject(properties[key]) : undefined;
      return [key, property ? await replace(item, property) : item];
    });
    return Object.fromEntries(await Promise.all(entries));
  };
  return replace(output, schema);
}

function namesFiles(schema: JsonObject, depth: number): boolean {
  if (isFile(schema)) return true;
  if (depth === 0) return false;
  const below = [schema.items, ...Object.values(asObject(schema.properties) ?? {})];
  return below.some((one) => {
    const inner = asObject(one);
    return inner !== undefined && namesFiles(inner, depth - 1);
  });
}

function isFile(schema: JsonObject): boolean {
  const { format, 'x-assist-type': kind } = schema;
  return typeof kind === 'string' || (typeof format === 'string' && format.endsWith('_url'));
}

/** The path of a file on this device; `undefined` for whatever else may be in its place. */
function pathOf(value: string): string | undefined {
  if (/^file:\/\//i.test(value)) return fileURLToPath(value);
  return isAbsolute(value) ? value : undefined;
}
