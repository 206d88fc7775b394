import type { CozeClient, Page } from '@cozecut/coze-transport';
import { isUnresolved, type Plugin, type Region } from '@cozecut/manifest';
import type { Environment } from '../../settings.ts';
import { cozeClient } from '../coze.ts';
import { botIdOf, placeOf } from './place.ts';
import { addressOf } from './ways.ts';

/** A bot or a workflow, as commands show it. */
export interface ListedTarget {
  id: string;
  name: string;
  workspace_id: string;
  /** Of bots. */
  published?: boolean;
  /** Name that the manifest has for it. */
  binding?: string;
}

/** Which ones are listed. */
export interface ListRequest {
  plugin: Plugin;
  region?: Region | undefined;
  /** Default: every workspace that the token sees. */
  workspace?: string | undefined;
  env: Environment;
  /** Told of the address before it is asked. */
  onAsk(address: string): void;
}

/** More pages than this are not read: something is wrong with a service that has them. */
const MOST_PAGES = 200;
const PAGE_SIZE = 50;

/** The bots at Coze. `all`: those that are not published, too. */
export function listBots(request: ListRequest, all: boolean): Promise<ListedTarget[]> {
  const { plugin, env } = request;
  const bindings = plugin.bots.map((bot) => ({ name: bot.name, id: botIdOf(plugin, bot, env) }));
  return listAll(request, bindings, async (client, workspaceId) => {
    const publishStatus = all ? 'all' : 'published_online';
    const bots = await pages((page) =>
      client.bots.list({ workspaceId, publishStatus, page, pageSize: PAGE_SIZE }),
    );
    return bots.map(({ id, name, isPublished }) => ({ id, name, published: isPublished }));
  });
}

/** The published workflows at Coze. */
export function listWorkflows(request: ListRequest): Promise<ListedTarget[]> {
  const bindings = request.plugin.workflows.map(({ name, workflowId }) => ({ name, id: workflowId }));
  return listAll(request, bindings, async (client, workspaceId) => {
    const found = await pages((page) => client.workflows.list({ workspaceId, page, pageSize: PAGE_SIZE }));
    return found.map(({ id, name }) => ({ id, name }));
  });
}

async function listAll(
  { plugin, region, workspace, env, onAsk }: ListRequest,
  bindings: readonly { name: string; id: string }[],
  list: (
    client: CozeClient,
    workspaceId: string,
  ) => Promise<Omit<ListedTarget, 'workspace_id' | 'binding'>[]>,
): Promise<ListedTarget[]> {
  const place = placeOf(plugin, region);
  const client = cozeClient(plugin, place, env);
  onAsk(addressOf(place, env));
  const workspaces =
    workspace === undefined
      ? (await pages((page) => client.workspaces.list({ page, pageSize: PAGE_SIZE }))).map(({ id }) => id)
      : [workspace];
  const found: ListedTarget[] = [];
  for (const workspaceId of workspaces) {
    for (const target of await list(client, workspaceId)) {
      const binding = bindings.find(({ id }) => !isUnresolved(id) && id === target.id);
      found.push({ ...target, workspace_id: workspaceId, ...(binding ? { binding: binding.name } : {}) });
    }
  }
  return found;
}

async function pages<T>(read: (page: number) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const next = await read(page);
    items.push(...next.items);
    if (!next.hasMore) break;
  }
  return items;
}
