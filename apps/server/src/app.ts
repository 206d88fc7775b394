import { existsSync } from 'node:fs';
import type { Caller } from '@cozecut/auth';
import type { Host, Log } from '@cozecut/plugin-host';
import type { Store } from '@cozecut/store';
import express, { type Express, type RequestHandler } from 'express';
import { createJobs, type Jobs } from './jobs.ts';
import { errorHandler, sendProblem } from './problem-response.ts';
import { documentRoutes } from './routes/documents.ts';
import { draftRoutes } from './routes/draft-api.ts';
import { cozePluginRoutes, restRoutes } from './routes/tools.ts';

/** What a server is made of. */
export interface ServerOptions {
  host: Host;
  store: Store;
  /** Absolute path of the zip of a draft, whether it is there or not. */
  archiveFile(id: string): string;
  /** Who the header `Authorization` stands for, nobody for a stranger; without it everybody may call. */
  authorise?: (authorization: string | undefined) => Promise<Caller | undefined>;
  /** Absolute path of the folder with the built web page. */
  webFolder?: string;
  /** Whether only this machine reaches the server; then a foreign `Host` header is refused. */
  isLoopback: boolean;
  log: Log;
  /** Version of the program, for `/api/health`. */
  version: string;
  /** How long a request waits for its job before it is answered with the job id, in milliseconds. */
  jobWaitMs?: number;
}

/** The server without a socket. */
export interface ServerApp {
  app: Express;
  /** Ends the jobs that run and waits until that is on record. */
  close(): Promise<void>;
}

/** What the routes share. */
export interface ServerContext {
  host: Host;
  store: Store;
  jobs: Jobs;
  drafts: { archiveFile(id: string): string; hasArchive(id: string): boolean };
  version: string;
  jobWaitMs: number;
}

/** Paths that a load balancer or a browser opens without a token. */
const OPEN_PATHS = new Set(['/livez', '/readyz', '/api/health']);

/** Makes the express app; nothing about a tool is in its code, everything comes from the manifest. */
export function createApp(options: ServerOptions): ServerApp {
  const { host, store, log } = options;
  const jobs = createJobs(host, store.jobs, log);
  const context: ServerContext = {
    host,
    store,
    jobs,
    drafts: {
      archiveFile: options.archiveFile,
      hasArchive: (id) => existsSync(options.archiveFile(id)),
    },
    version: options.version,
    jobWaitMs: options.jobWaitMs ?? 1_500,
  };

  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders);
  if (options.isLoopback) app.use(onlyLoopbackHosts);
  if (options.webFolder !== undefined) app.use(express.static(options.webFolder));
  app.use(documentRoutes(context));
  if (options.authorise !== undefined) app.use(requireToken(options.authorise));
  app.use(requireJson);
  app.use(
    express.json({ limit: Math.max(...host.tools.map((tool) => tool.maxInputBytes), 1_024), strict: false }),
  );
  app.use(draftRoutes(context));
  app.use(restRoutes(context));
  app.use(cozePluginRoutes(context));
  app.use((request, response) => {
    sendProblem(response, {
      code: 'ROUTE_NOT_FOUND',
      message: `there is nothing at ${request.method} ${request.path}`,
      hint: 'GET /openapi.json lists what is there',
      problems: [],
    });
  });
  app.use(
    errorHandler((error) => log.error('request failed', { error: String((error as Error)?.stack ?? error) })),
  );
  return { app, close: () => jobs.close() };
}

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'Content-Security-Policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:",
  });
  next();
};

/** A page on a foreign name that resolves to this machine must not be able to call us. */
const onlyLoopbackHosts: RequestHandler = (request, response, next) => {
  const name = (request.get('host') ?? '').replace(/:\d+$/, '').toLowerCase();
  if (['localhost', '127.0.0.1', '[::1]'].includes(name)) return next();
  sendProblem(response, {
    code: 'HOST_UNKNOWN',
    message: `this server answers for this machine only (got the host ${JSON.stringify(name)})`,
    problems: [],
  });
};

/** JSON only: a form of a foreign page cannot send it without asking first. */
const requireJson: RequestHandler = (request, response, next) => {
  const hasBody =
    request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
  if (!hasBody || request.is(['json', '+json'])) return next();
  sendProblem(response, {
    code: 'CONTENT_TYPE_UNSUPPORTED',
    message: `the body must be application/json (got ${request.get('content-type') ?? 'no content type'})`,
    problems: [],
  });
};

function requireToken(authorise: NonNullable<ServerOptions['authorise']>): RequestHandler {
  return async (request, response, next) => {
    if (OPEN_PATHS.has(request.path)) return next();
    if ((await authorise(request.get('authorization'))) !== undefined) return next();
    response.set('WWW-Authenticate', 'Bearer');
    sendProblem(response, {
      code: 'UNAUTHORIZED',
      message: 'a valid bearer token is required',
      hint: 'send the header Authorization: Bearer TOKEN',
      problems: [],
    });
  };
}
