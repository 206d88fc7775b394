import { UserError } from '@cozecut/problems';
import { type BotsApi, botsApi, type WorkspacesApi, workspacesApi } from './api/bots.ts';
import { type ChatApi, chatApi } from './api/chat.ts';
import type { ApiContext } from './api/context.ts';
import { type ConversationsApi, conversationsApi } from './api/conversations.ts';
import { type FilesApi, filesApi } from './api/files.ts';
import { type WorkflowsApi, workflowsApi } from './api/workflows.ts';
import { type CozeRegion, DIALECTS } from './dialect.ts';
import { type Clock, type Log, systemClock, type TokenSource } from './ports.ts';
import { DEFAULT_RETRY, type RetryPolicy } from './retry.ts';

/** Options of {@link createCozeClient}. */
export interface CozeClientOptions {
  /** Address of the API; given by `region` when absent. */
  baseUrl?: string;
  /** `cn` = api.coze.cn (default), `com` = api.coze.com, `studio` = self-hosted, which needs `baseUrl`. */
  region?: CozeRegion;
  token: TokenSource;
  /** Replaces the `fetch` of the platform. */
  fetch?: typeof fetch;
  clock?: Clock;
  log?: Log;
  /** Longest silence of a stream, in milliseconds; default 240 000. The fetch of Node gives up after 300 000. */
  idleTimeoutMs?: number;
  /** Longest time of a stream with nothing but heartbeats, in milliseconds; default 600 000. */
  heartbeatTimeoutMs?: number;
  /** Largest event of a stream, in characters; default 16 Mi. */
  maxEventChars?: number;
  /** Largest answer that is not a stream, in bytes; default 32 MiB. */
  maxResponseBytes?: number;
  /** Deadline of calls with one answer that name none, in milliseconds; default 30 000. */
  deadlineMs?: number;
  /** How requests are repeated; what is left out has its default. `{ maxAttempts: 1 }` switches it off. */
  retry?: Partial<RetryPolicy>;
  /** Numbers from 0 up to 1 for the waits between attempts; replaced in tests. */
  random?(): number;
}

/** The parts of the Coze API that this project uses. Every call throws {@link CozeError}. */
export interface CozeClient {
  readonly baseUrl: string;
  readonly chat: ChatApi;
  readonly conversations: ConversationsApi;
  readonly workflows: WorkflowsApi;
  readonly files: FilesApi;
  readonly bots: BotsApi;
  readonly workspaces: WorkspacesApi;
}

const MEBI = 1024 * 1024;

/**
 * A client for one address and one identity.
 *
 * @throws UserError COZE_BASE_URL_MISSING when the region has no address of its own and none is given.
 *
 * @example
 * ```ts
 * import { createCozeClient } from '@cozecut/coze-transport';
 *
 * const { COZE_BASE_URL: baseUrl = 'https://api.coze.cn', COZE_BOT_ID: botId = '' } = process.env;
 * const client = createCozeClient({ region: 'cn', baseUrl, token: process.env.COZE_API_TOKEN! });
 * const messages = [{ role: 'user' as const, content: 'Hello' }];
 * for await (const event of client.chat.stream({ botId, userId: 'me', messages })) {
 *   if (event.type === 'message.delta') process.stdout.write(event.message.content);
 * }
 * ```
 */
export function createCozeClient(options: CozeClientOptions): CozeClient {
  const { region = 'cn' } = options;
  const baseUrl = baseUrlOf(region, options.baseUrl);
  const context: ApiContext = {
    dialect: DIALECTS[region],
    http: {
      baseUrl,
      token: options.token,
      fetch: options.fetch ?? fetch,
      clock: options.clock ?? systemClock,
      log: options.log,
      retry: { ...DEFAULT_RETRY, ...options.retry },
      random: options.random ?? Math.random,
      deadlineMs: options.deadlineMs ?? 30_000,
      maxResponseBytes: options.maxResponseBytes ?? 32 * MEBI,
    },
    limits: {
      idleTimeoutMs: options.idleTimeoutMs ?? 240_000,
      heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? 600_000,
      maxEventChars: options.maxEventChars ?? 16 * MEBI,
    },
  };
  return {
    baseUrl,
    chat: chatApi(context),
    conversations: conversationsApi(context),
    workflows: workflowsApi(context),
    files: filesApi(context),
    bots: botsApi(context),
    workspaces: workspacesApi(context),
  };
}

/**
 * The address of a region, or the one that is given, without slashes at its end.
 *
 * @throws UserError COZE_BASE_URL_MISSING
 */
export function baseUrlOf(region: CozeRegion, given?: string): string {
  const baseUrl = (given ?? DIALECTS[region].baseUrl)?.replace(/\/+$/, '');
  if (baseUrl) return baseUrl;
  throw new UserError('COZE_BASE_URL_MISSING', `region ${region} has no address of its own`, {
    hint: 'Set baseUrl, or COZE_BASE_URL.',
  });
}
