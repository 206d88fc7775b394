import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { wholeNumber } from './fields.ts';
import type { Answer, Call } from './route.ts';

const WORKSPACE = {
  id: '7300000000000000001',
  name: 'Emulator',
  icon_url: '',
  role_type: 'owner',
  workspace_type: 'personal',
};

/** `GET /v1/workspaces`: there is one. */
export function listWorkspaces({ query }: Call): Answer {
  const { items, total } = pageOf([WORKSPACE], query);
  return { kind: 'json', data: { workspaces: items, total_count: total } };
}

/** `GET /v1/bots`: those that were given; where any id is a bot, none is listed. */
export function listBots({ world, query }: Call): Answer {
  const wanted = query.get('publish_status') ?? 'published_online';
  const bots = (world.bots ?? [])
    .filter(({ published = true }) => wanted === 'all' || (wanted === 'unpublished_draft') !== published)
    .map(({ id, name, published = true }) => ({ ...botFacts(world, id, name), is_published: published }));
  return { kind: 'json', data: pageOf(bots, query) };
}

/** `GET /v1/bots/:id` */
export function retrieveBot({ world, params }: Call): Answer {
  const { id = '' } = params;
  const bot = world.bots ? world.bots.find((candidate) => candidate.id === id) : { id };
  if (!bot) throw new Refusal(4200, `bot ${id} does not exist`);
  const { id: _, updated_at, ...facts } = botFacts(world, id, bot.name);
  return { kind: 'json', data: { bot_id: id, ...facts, update_time: updated_at, version: '1' } };
}

/** `GET /v1/workflows`: those of the scenario. */
export function listWorkflows({ world, query }: Call): Answer {
  const mode = query.get('workflow_mode');
  const workflows = world
    .workflowIds()
    .filter((entry) => !mode || entry.mode === mode)
    .map(({ id }) => ({
      workflow_id: id,
      workflow_name: `workflow_${id}`,
      description: '',
      icon_url: '',
      app_id: '',
    }));
  const { items, total, shown } = pageOf(workflows, query);
  return { kind: 'json', data: { items, has_more: total > shown } };
}

function botFacts(world: World, id: string, name = `Bot ${id}`) {
  return { id, name, description: '', icon_url: '', updated_at: world.now(), owner_user_id: '1' };
}

/** @throws Refusal 4000 */
function pageOf<T>(all: readonly T[], query: URLSearchParams) {
  const page = wholeNumber(query.get('page_num'), 'page_num', 1, [1, Number.MAX_SAFE_INTEGER]);
  const size = wholeNumber(query.get('page_size'), 'page_size', 20, [1, 100]);
  return { items: all.slice((page - 1) * size, page * size), total: all.length, shown: page * size };
}
