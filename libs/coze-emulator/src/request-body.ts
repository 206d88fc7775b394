import type { IncomingMessage } from 'node:http';
import { parseExact } from './exact-json.ts';
import { Refusal } from './refusal.ts';
import type { Upload } from './routes/route.ts';

const MEBIBYTE = 1024 * 1024;

/** The largest request body by path, as on the real service. */
export function maxBodyBytes(path: string, maxUploadBytes: number): number {
  if (path === '/v1/files/upload') return maxUploadBytes + MEBIBYTE;
  return (path.startsWith('/v1/workflow') ? 20 : 15) * MEBIBYTE;
}

/** @throws Refusal 4000, 4302 */
export async function readBody(req: IncomingMessage, maxUploadBytes: number): Promise<Buffer> {
  const path = req.url?.split('?')[0] ?? '';
  const maxBytes = maxBodyBytes(path, maxUploadBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      const code = path === '/v1/files/upload' ? 4302 : 4000;
      throw new Refusal(code, `the body is larger than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body in the forms in which routes and the transcript want it. */
export interface RequestBody {
  /** Parsed JSON; `undefined` when there is none. */
  json: unknown;
  uploads: Upload[] | undefined;
  /** What the transcript shows: the value, the text when it is no JSON, or the names and sizes of files. */
  shown: unknown;
}

/** Reads JSON or a multipart form. @throws Refusal 4000 */
export async function parseBody(bytes: Buffer, contentType: string | undefined): Promise<RequestBody> {
  if (contentType?.startsWith('multipart/form-data')) {
    const uploads = await readUploads(bytes, contentType);
    return { json: undefined, uploads, shown: { files: uploads } };
  }
  const text = bytes.toString('utf8');
  const json = parseJson(text);
  return { json, uploads: undefined, shown: json ?? (text === '' ? undefined : text) };
}

async function readUploads(bytes: Buffer, contentType: string): Promise<Upload[]> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new Refusal(4000, 'the multipart body is malformed');
  }
  return [...form].map(([field, value]) =>
    typeof value === 'string'
      ? { field, name: '', bytes: Buffer.byteLength(value) }
      : { field, name: value.name, bytes: value.size },
  );
}

/** The parsed text, or `undefined` when it is not JSON. */
export function parseJson(text: string, parse = parseExact): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
