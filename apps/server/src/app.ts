import { setTimeout as delay } from 'node:timers/promises';
import type { OauthServer, UrlSigner } from '@cozecut/auth';
import type { Catalog } from '@cozecut/catalog';
import { COZE_PREFIX } from '@cozecut/manifest';
import type { Archives, Host, Log } from '@cozecut/plugin-host';
import type { Store } from '@cozecut/store';
import express, { type Express, type RequestHandler } from 'express';
import { createCalls } from './calls.ts';
import type { ServerContext } from './context.ts';
import { createDraftFiles } from './files/draft-files.ts';
import { isForCoze } from './http/answer.ts';
import {
  type Authorise,
  CALL_SCOPE,
  identify,
  LOCAL_CALLER,
  onlyNear,
  refuseStrangers,
  requireScope,
} from './http/caller.ts';
import { inTurn } from './http/in-turn.ts';
import { jsonBody, requireJson } from './http/json-body.ts';
import { addressOf, limitDepth, type RateOptions, rateKey, rateLimit } from './http/limits.ts';
import { type KnownRoute, refuseUnknown } from './http/methods.ts';
import { requestLog } from './http/request-log.ts';
import {
  crossOrigin,
  namesThisMachine,
  onlyLoopbackHosts,
  onlyOwnPages,
  securityHeaders,
} from './http/security.ts';
import { errorHandler } from './http/send-problem.ts';
import { createStop } from './http/stop.ts';
import { createSockets, type Sockets } from './http/websocket.ts';
import { createQuestions } from './jobs/questions.ts';
import { deliver, queueWebhook } from './jobs/webhook.ts';
import { startWorker } from './jobs/worker.ts';
import type { LocalService, LocalTools } from './local/port.ts';
import { createMetrics } from './metrics.ts';
import { serverPaths } from './openapi/document.ts';
import type { Feature } from './openapi/words.ts';
import { activityRoute } from './routes/activity.ts';
import { callRoutes } from './routes/calls.ts';
import { checkRoute } from './routes/check.ts';
import { connectRoutes, proofRoute } from './routes/connect.ts';
import { documentRoutes } from './routes/documents.ts';
import { canGenerate, draftRoutes } from './routes/draft-api.ts';
import { archiveRoute, isSigned, storedDraftRoutes } from './routes/drafts.ts';
import { type Editor, editorRoutes } from './routes/editor.ts';
import { fileRoutes } from './routes/files.ts';
import { jobRoutes } from './routes/jobs.ts';
import { localRoutes } from './routes/local.ts';
import { meRoute } from './routes/me.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { metricsRoute, operationRoutes } from './routes/operations.ts';
import { ownerRoutes } from './routes/owners.ts';
import { type SessionOptions, sessionRoutes } from './routes/sessions.ts';
import { textRoute } from './routes/text.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { cozePluginRoutes, restRoutes, toolRoutes } from './routes/tools.ts';

/** What a server is made of. */
export interface ServerOptions {
  host: Host;
  store: Store;
  /** Zips of drafts for download. */
  archives: Archives;
  /** The resources of the apps; without it nothing is said about those that drafts name. */
  catalog?: Catalog;
  /** Who the headers of a request stand for, nobody for a stranger; without it everybody may call. */
  authorise?: Authorise;
  /** Gives tokens to programs that act for owners. */
  oauth?: OauthServer;
  /** Makes the addresses of archives; see `ServerContext.urls`. */
  urls?: UrlSigner;
  /** Makes the addresses of the single files of a draft; without it they need a token like everything else. */
  fileUrls?: UrlSigner;
  /** Talks to a bot for callers; without it there is no session service. */
  sessions?: SessionOptions;
  /** Makes what talks with a bot or workflow from this machine; without it there is no local service. */
  local?(tools: LocalTools): LocalService;
  /** Takes drafts on this machine; without it they are downloaded. */
  editor?: Editor;
  /** How often one caller may come; as often as it likes when left out. */
  rate?: RateOptions;
  /** Origins of pages that may call us, besides our own. */
  corsOrigins?: readonly string[];
  /** Whether one proxy in front of us tells the address of the caller. */
  isBehindProxy?: boolean;
  /** Absolute path of the folder with the built web page. */
  webFolder?: string;
  /** Whether only this machine reaches the server; then a foreign `Host` header is refused. */
  isLoopback: boolean;
  log: Log;
  /** Version of the program, for `/api/health`. */
  version: string;
  /** How long a request waits for its job before it is answered with the job id, in milliseconds. */
  jobWaitMs?: number;
  /** Jobs that run at once in this process, default 4; as many again of owners that have none running. */
  jobConcurrency?: number;
  /** How long a request may take to send its headers, in milliseconds; default 10000. */
  headersTimeoutMs?: number;
  /** How long requests are still taken after a stop was announced, in milliseconds; default: until none comes, soon. */
  drainMs?: number;
  /** How long what runs may take to end when the server stops, in milliseconds; default 10000. */
  stopGraceMs?: number;
  /** Opens the addresses of webhooks; without it none is called. */
  fetch?: typeof fetch;
  /** Opens addresses of one host, private ones too, and no others; without it the server never calls itself. */
  fetchOwn?(address: URL): typeof fetch;
  /** Signs webhooks. */
  webhookSecret?: string;
}

/** The server without a socket. */
export interface ServerApp {
  app: Express;
  sockets: Sockets;
  /**
   * From now on `/readyz` says that requests should go elsewhere, and each answer ends its connection. Resolves when no
   * new request comes, or soon; not before `drainMs` are over.
   */
  announceStop(graceMs?: number): Promise<void>;
  /** Answers what is under way, ends or parks the jobs that run, and waits until that is on record. */
  close(graceMs?: number): Promise<void>;
}

/** Makes the express app; nothing about a tool is in its code, everything comes from the manifest. */
export function createApp(options: ServerOptions): ServerApp {
  const { host, store, archives, log, authorise, fetchOwn } = options;
  const metrics = createMetrics();
  const features = featuresOf(options);
  const questions = createQuestions(store.events);
  const files = createDraftFiles({ archives, blobs: store.blobs, signer: options.fileUrls });
  const calls = createCalls({ host, store, files, questions, metrics, log });
  const worker = startWorker({
    store,
    calls,
    questions,
    metrics,
    log,
    concurrency: options.jobConcurrency ?? 4,
    async onEnd(job) {
      if (await queueWebhook(store.jobs, job)) worker.wake();
    },
    deliver: (job, signal) =>
      deliver(job, { fetch: options.fetch ?? noFetch, secret: options.webhookSecret, now: Date.now, signal }),
  });
  const local = options.local?.({
    tools: host.toolsFor('local'),
    call: (tool, input, { owner, ...how }) =>
      calls.call({ tool, input, mode: 'local', caller: { owner }, log, ...how }),
  });
  const stop = createStop();
  const closing: (() => void | Promise<void>)[] = [];
  const context: ServerContext = {
    host,
    store,
    calls,
    questions,
    worker,
    archives,
    files,
    catalog: options.catalog,
    metrics,
    log,
    urls: options.urls,
    oauth: options.oauth,
    features,
    version: options.version,
    jobWaitMs: options.jobWaitMs ?? 1_500,
    isStopping: stop.isAnnounced,
    onClose: (work) => closing.push(work),
  };

  const app = express();
  app.disable('x-powered-by');
  // One proxy: what stands before its own entry in `X-Forwarded-For` is what the caller says of itself.
  app.set('trust proxy', options.isBehindProxy === true ? 1 : false);
  const maxBytes = Math.max(...host.tools.map((tool) => tool.maxInputBytes), 1_024);
  app.use(
    inTurn(
      stop.track,
      requestLog(log, metrics),
      securityHeaders,
      crossOrigin(options.corsOrigins ?? []),
      ...(options.isLoopback ? [onlyLoopbackHosts] : []),
      notForCoze(
        ...(options.webFolder === undefined ? [] : [express.static(options.webFolder)]),
        operationRoutes(context),
        documentRoutes(context),
        proofRoute(context),
      ),
      identify(authorise),
      // Strangers are counted as well, by their address.
      ...(options.rate === undefined ? [] : [rateLimit(store.limits, options.rate)]),
      notForCoze(oauthRoutes(context, authorise), fileRoutes(context)),
      refuseStrangers((request) => isSigned(context, request)),
      notForCoze(metricsRoute(context)),
      ...(authorise === undefined ? [onlyOwnPages(options.corsOrigins ?? [])] : []),
      notForCoze(textRoute(context, maxBytes)),
      requireJson,
      ...jsonBody(maxBytes),
      limitDepth,
    ),
  );
  const mayCall = requireScope(CALL_SCOPE);
  const near = onlyNear(options.isLoopback);
  app.use(COZE_PREFIX, inTurn(mayCall, cozePluginRoutes(context), draftRoutes(context)));
  app.use(archiveRoute(context));
  app.use(mayCall);
  app.use(storedDraftRoutes(context));
  app.use(
    meRoute({
      plugin: host.plugin,
      version: options.version,
      needsToken: authorise !== undefined,
      features: PAGE_FEATURES.filter((name) => features.has(name)),
    }),
  );
  app.use(checkRoute(context));
  app.use(draftRoutes(context));
  if (options.editor !== undefined) app.use(editorRoutes(context, options.editor));
  app.use(jobRoutes(context));
  app.use(callRoutes(context));
  app.use(activityRoute(context));
  app.use(tokenRoutes(context));
  app.use(ownerRoutes(context));
  if (options.sessions !== undefined) app.use(sessionRoutes(context, options.sessions));
  app.use(connectRoutes(context, { needsToken: authorise !== undefined, mayVerify: near, fetchOwn }));
  if (local !== undefined) app.use('/v1/local', near, localRoutes(context, local));
  app.use(restRoutes(context));
  app.use(refuseUnknown([...toolRoutes(host), ...ownRoutes(features)]));
  app.use(errorHandler((error) => log.error('request failed', { error: inFull(error) })));
  const sockets = createSockets({
    store,
    log,
    authorise: authorise ?? (async () => LOCAL_CALLER),
    async isInTime(caller, request) {
      if (options.rate === undefined) return true;
      const key = rateKey(caller, addressOf(request, options.isBehindProxy === true));
      return (await store.limits.take({ key, ...options.rate })).allowed;
    },
    corsOrigins: options.corsOrigins ?? [],
    isHostAllowed: (name) => !options.isLoopback || namesThisMachine(name),
  });
  return {
    app,
    sockets,
    async announceStop(graceMs = STOP_GRACE_MS) {
      stop.announce();
      if (options.drainMs !== undefined) await delay(options.drainMs);
      await stop.quiet(Math.min(graceMs, GOODBYE_MS));
    },
    async close(graceMs = STOP_GRACE_MS) {
      stop.announce();
      const settled = stop.settle(graceMs);
      await Promise.all(closing.map((work) => work()));
      sockets.close();
      await Promise.all([worker.close(graceMs), local?.close(graceMs), settled]);
      await calls.kept();
    },
  };
}

/** How long what runs may take to end when nobody says otherwise, in milliseconds. */
const STOP_GRACE_MS = 10_000;
/** Requests are taken for so long at most after a stop was announced, in milliseconds. */
const GOODBYE_MS = 1_000;

function featuresOf({ host, authorise, ...options }: ServerOptions): ReadonlySet<Feature> {
  const { sessions, editor, local, oauth, webFolder, fetchOwn } = options;
  const parts: Record<Feature, boolean> = {
    generate: canGenerate(host),
    install: editor !== undefined,
    local: local !== undefined,
    oauth: oauth !== undefined && authorise !== undefined,
    page: webFolder !== undefined,
    sessions: sessions !== undefined,
    verify: fetchOwn !== undefined,
  };
  return new Set(Object.entries(parts).flatMap(([name, isThere]) => (isThere ? [name as Feature] : [])));
}

/** Handlers that have nothing below the prefix for Coze: a call passes none of them. */
function notForCoze(...handlers: readonly RequestHandler[]): RequestHandler {
  const others = inTurn(...handlers);
  return (request, response, next) => (isForCoze(request.path) ? next() : others(request, response, next));
}

/** What the page asks about. */
const PAGE_FEATURES: readonly Feature[] = ['sessions', 'install', 'local'];

/** The routes that are not made from the manifest; those of the draft API are below the prefix for Coze as well. */
function ownRoutes(features: ReadonlySet<Feature>): KnownRoute[] {
  return Object.entries(serverPaths(features)).flatMap(([path, operations]) => {
    const places = path.startsWith('/api/draft/') ? [path, COZE_PREFIX + path] : [path];
    return places.flatMap((place) => Object.keys(operations).map((method): KnownRoute => [place, method]));
  });
}

/** An error with what has caused it. */
function inFull(error: unknown): string {
  const { stack, cause } = (error ?? {}) as Partial<Error>;
  return [stack ?? String(error), ...(cause === undefined ? [] : [`caused by ${String(cause)}`])].join('\n');
}

async function noFetch(): Promise<Response> {
  throw new Error('webhooks are switched off');
}
