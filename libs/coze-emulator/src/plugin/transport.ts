import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { PluginRequest } from './request.ts';

/** What a plugin answered. */
export interface PluginResponse {
  status: number;
  text: string;
}

/**
 * Sends a request with exactly its headers (and `Host`, `Connection`, the length of the body) and does not follow
 * redirections. `fetch` would change the case of the names and add some.
 */
export function sendRequest(request: PluginRequest, signal?: AbortSignal): Promise<PluginResponse> {
  const send = request.url.startsWith('https:') ? httpsRequest : httpRequest;
  const headers: Record<string, string[]> = {};
  for (const [name, value] of request.headers) headers[name] = [...(headers[name] ?? []), value];
  if (request.body !== undefined) headers['Content-Length'] = [String(Buffer.byteLength(request.body))];
  return new Promise((resolve, reject) => {
    const options = { method: request.method, headers, ...(signal ? { signal } : {}) };
    const outgoing = send(request.url, options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}
