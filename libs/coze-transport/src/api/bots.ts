import { decodeBot, decodeWorkspace } from '../decode.ts';
import { expectList, expectObject } from '../expect.ts';
import type { BotSummary, Page, Workspace } from '../objects.ts';
import type { CallOptions } from '../ports.ts';
import { operationOf } from '../request.ts';
import { callSdk } from '../sdk.ts';
import { type ApiContext, defined } from './context.ts';

/** Which bots are listed. */
export interface ListBotsParams {
  workspaceId: string;
  /** Default of the service: the published ones. */
  publishStatus?: 'all' | 'published_online' | 'published_draft' | 'unpublished_draft';
  /** Page number from 1, default 1. */
  page?: number;
  /** Items on a page, default 20. */
  pageSize?: number;
}

/** Bots. */
export interface BotsApi {
  /** Bots of a workspace, page by page. */
  list(params: ListBotsParams, options?: CallOptions): Promise<Page<BotSummary> & { total: number }>;
  /** A bot; what it is made of is in `raw`. */
  retrieve(botId: string, options?: CallOptions): Promise<BotSummary>;
}

/** Workspaces. */
export interface WorkspacesApi {
  /** Workspaces that the token can see, page by page from 1. */
  list(
    params?: { page?: number; pageSize?: number },
    options?: CallOptions,
  ): Promise<Page<Workspace> & { total: number }>;
}

/** Bots of one client. */
export function botsApi({ http }: ApiContext): BotsApi {
  return {
    async list({ workspaceId, publishStatus, page = 1, pageSize = 20 }, call = {}) {
      const request = { method: 'GET', path: '/v1/bots' } as const;
      const params = defined({
        workspace_id: encodeURIComponent(workspaceId),
        publish_status: publishStatus,
        page_num: page,
        page_size: pageSize,
      });
      const data: unknown = await callSdk(http, request, call, (sdk) => sdk.bots.listNew(params));
      return pageOf(data, 'items', operationOf(request), decodeBot, page * pageSize);
    },
    async retrieve(botId, call = {}) {
      const request = { method: 'GET', path: '/v1/bots' } as const;
      const data: unknown = await callSdk(http, request, call, (sdk) =>
        sdk.bots.retrieveNew(encodeURIComponent(botId)),
      );
      return decodeBot(expectObject(data, operationOf(request)));
    },
  };
}

/** Workspaces of one client. */
export function workspacesApi({ http }: ApiContext): WorkspacesApi {
  return {
    async list({ page = 1, pageSize = 20 } = {}, call = {}) {
      const request = { method: 'GET', path: '/v1/workspaces' } as const;
      const params = { page_num: page, page_size: pageSize };
      const data: unknown = await callSdk(http, request, call, (sdk) => sdk.workspaces.list(params));
      return pageOf(data, 'workspaces', operationOf(request), decodeWorkspace, page * pageSize);
    },
  };
}

function pageOf<T>(
  data: unknown,
  key: string,
  operation: string,
  decode: (value: ReturnType<typeof expectObject>) => T,
  shown: number,
): Page<T> & { total: number } {
  const value = expectObject(data, operation);
  const items = expectList(value[key], operation).map(decode);
  const count = value.total ?? value.total_count;
  const total = typeof count === 'number' ? count : items.length;
  return { items, total, hasMore: items.length > 0 && total > shown };
}
