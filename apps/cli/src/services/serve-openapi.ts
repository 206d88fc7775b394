import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  diskFiles,
  exportOpenapi,
  type OpenapiProfile,
  openapiToJson,
  openapiToYaml,
} from '@cozecut/manifest';
import { isUserError, UserError } from '@cozecut/problems';
import { errorObject } from '../error-text.ts';
import type { Environment } from '../settings.ts';
import { type ManifestChoice, readManifestForExport } from './manifest.ts';

/** What `openapi serve` was asked for. */
export interface ServeOpenapiRequest extends ManifestChoice {
  port: number;
  serverUrl?: string | undefined;
  env: Environment;
  folder: string;
}

/** A server of documents. */
export interface OpenapiServer {
  /** Address without a slash at its end. */
  url: string;
  /** Paths of the documents. */
  paths: string[];
  close(): Promise<void>;
}

const PROFILES: readonly OpenapiProfile[] = ['coze', 'local', 'full'];
const PATHS = PROFILES.flatMap((profile) => [`/${profile}.yaml`, `/${profile}.json`]);
const HOST = '127.0.0.1';

/**
 * Serves the documents of a manifest on this machine. Each is made when it is asked for, so that it is always that of
 * the files as they are; a manifest with mistakes is answered with what is wrong.
 *
 * @throws UserError PORT_IN_USE, ADDRESS_UNAVAILABLE
 */
export async function serveOpenapi(request: ServeOpenapiRequest): Promise<OpenapiServer> {
  const server = createServer((incoming, response) => {
    const { pathname } = new URL(incoming.url ?? '/', `http://${HOST}`);
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return send(response, 405, { allow: 'GET' });
    if (pathname === '/') return send(response, 200, { documents: PATHS });
    if (!PATHS.includes(pathname)) return send(response, 404, { documents: PATHS });
    try {
      const [, profile = '', form] = /^\/(\w+)\.(\w+)$/.exec(pathname) ?? [];
      const document = documentOf(profile as OpenapiProfile, request);
      const text = form === 'json' ? openapiToJson(document) : openapiToYaml(document);
      sendText(response, 200, form === 'json' ? 'application/json' : 'application/yaml', text);
    } catch (error) {
      if (!isUserError(error)) response.destroy(error as Error);
      else send(response, 503, { error: errorObject(error as UserError) });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(unavailable(cause, request.port)));
    server.listen(request.port, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${port}`,
    paths: PATHS,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function documentOf(profile: OpenapiProfile, request: ServeOpenapiRequest): Record<string, unknown> {
  const { env, folder, serverUrl } = request;
  const plugin = readManifestForExport(request, env, folder);
  const options = { profile, ...(serverUrl === undefined ? {} : { serverUrl }) };
  return exportOpenapi(plugin, options, diskFiles).document;
}

function send(response: ServerResponse, status: number, body: object): void {
  sendText(response, status, 'application/json', `${JSON.stringify(body, null, 2)}\n`);
}

function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  const headers = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' };
  response.writeHead(status, headers);
  response.end(text);
}

function unavailable(cause: NodeJS.ErrnoException, port: number): UserError {
  return cause.code === 'EADDRINUSE'
    ? new UserError('PORT_IN_USE', `something else listens on ${HOST}:${port}`, {
        hint: 'give --port 0',
        cause,
      })
    : new UserError('ADDRESS_UNAVAILABLE', `cannot listen on ${HOST}:${port}: ${cause.message}`, { cause });
}
