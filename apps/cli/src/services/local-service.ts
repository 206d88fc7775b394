import { join, resolve } from 'node:path';
import { type CozeClient, createCozeClient, isCozeError } from '@cozecut/coze-transport';
import { type BotBinding, isUnresolved, type Plugin } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import {
  createLocalService,
  type DraftEvent,
  type LocalBinding,
  type LocalConnection,
  openJournal,
  recordTranscript,
  storedUploads,
  type ToolCaller,
} from '@cozecut/runner';
import type { CallPlace, LocalChoice, LocalService, LocalStart, LocalTools } from '@cozecut/server';
import { type Environment, setting } from '../settings.ts';
import { askForBot } from './coze/bot-published.ts';
import { botIdOf, botNamed, placeOf, workflowNamed } from './coze/place.ts';
import { cozeTokens } from './coze/token-source.ts';
import { addressOf, type CozePlace, waysOf } from './coze/ways.ts';
import { type DraftPlace, findDraftPlace } from './listen/install-drafts.ts';
import { notify } from './listen/notify.ts';
import { personalRoots, type Runtime } from './runtime.ts';
import { secretsOf } from './secrets.ts';

/** Where a local service is. */
export interface LocalSurroundings {
  plugin: Plugin;
  env: Environment;
  /** Folder that relative paths of settings resolve against. */
  folder: string;
  runtime: Pick<Runtime, 'files' | 'store'>;
  /** Whether only this machine reaches the server: then its callers may do what a person at it can. */
  isLoopback: boolean;
}

/** What a bot gets that no binding describes: the defaults of the manifest. */
const ON_ACTION = { submitTimeoutMs: 240_000, onUnknownTool: 'report', maxRounds: 10 } as const;

/** Makes the local service of a server: what `listen` does, for a person at the page. */
export async function localServiceOf(
  around: LocalSurroundings,
): Promise<(tools: LocalTools) => LocalService> {
  const { plugin, env, folder, runtime } = around;
  const place = await findDraftPlace(env, folder);
  return (tools) => {
    const service = createLocalService<LocalStart>({
      openJournal: () => openJournal(join(runtime.files, 'calls')),
      record: () => recordTranscript(join(runtime.files, 'sessions'), Date.now()),
      connect: (request, options) => connect({ ...around, place, tools }, request, options),
    });
    return {
      ...service,
      choices: () => ({
        bots: botChoices(plugin, env),
        workflows: plugin.workflows.map((workflow) => choiceOf(workflow, workflow.workflowId, env)),
        hasToken: hasToken(plugin, env),
      }),
      watch: service.log.watch,
    };
  };
}

/** The bots of the manifest; where it has none, the one of the settings. */
function botChoices(plugin: Plugin, env: Environment): LocalChoice[] {
  const { bots } = plugin;
  const botId = setting(env, 'COZE_BOT_ID');
  if (bots.length === 0 && botId !== undefined) {
    return [choiceOf({ ...placeOf(plugin, undefined), name: botId }, botId, env)];
  }
  return bots.map((bot) => choiceOf(bot, botIdOf(plugin, bot, env), env));
}

function choiceOf(binding: CozePlace & { name: string }, id: string, env: Environment): LocalChoice {
  const { name, region } = binding;
  const baseUrl = setting(env, 'COZE_BASE_URL', 'COZE_API_URL') ?? binding.baseUrl;
  return {
    name,
    region,
    ...(isUnresolved(id) ? {} : { id }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
}

function hasToken(plugin: Plugin, env: Environment): boolean {
  try {
    return waysOf(plugin, addressOf(placeOf(plugin, undefined), env), env).some(({ isReady }) => isReady);
  } catch {
    return false;
  }
}

interface Connecting extends LocalSurroundings {
  place: DraftPlace;
  tools: LocalTools;
}

async function connect(
  around: Connecting,
  request: LocalStart,
  { signal, tell }: { signal: AbortSignal; tell(event: DraftEvent): void },
): Promise<LocalConnection> {
  const { plugin, env, runtime, place } = around;
  const { kind } = request;
  const named = targetOf(plugin, request, env);
  const client = clientFor(around, request, named);
  await checkTarget(client, kind, named.id, signal);
  const { name, id, region } = named;
  const binding = bindingOf(around, kind, named);
  const allowed = binding.kind === 'bot' ? binding.bot.tools : undefined;
  const written = [runtime.files, ...(place.root === undefined ? [] : [place.root])];
  return {
    client,
    target: { kind, name, id, region, baseUrl: client.baseUrl },
    binding,
    host: toolCaller(around, request.owner, allowed, tell),
    uploads: storedUploads(client, written),
    answerUploads: storedUploads(client, [
      ...written,
      ...(around.isLoopback ? personalRoots(around.folder, env) : []),
    ]),
    userId: setting(env, 'COZE_USER_ID') ?? 'cozecut',
    ...(request.conversationId === undefined ? {} : { conversationId: request.conversationId }),
  };
}

/** The bot or workflow that is meant. @throws UserError BOT_UNKNOWN, BOT_ID_MISSING and those of workflows */
function targetOf(plugin: Plugin, { kind, binding, id, region }: LocalStart, env: Environment) {
  const word = binding ?? id!;
  // With an id of its own a binding says where it is and what may be called.
  const known = kind === 'bot' ? plugin.bots : plugin.workflows;
  if (binding !== undefined && id !== undefined) {
    const found = known.find(({ name }) => name === binding);
    if (found !== undefined) return { ...placeFor(found, region), name: binding, id };
  }
  const find = kind === 'bot' ? botNamed(plugin, word, region, env) : workflowNamed(plugin, word, region);
  return { ...placeFor(find, region), name: find.name, id: find.id };
}

/** A region that is asked for has its own address, unless it is the region of the binding. */
function placeFor(place: CozePlace, region: CozePlace['region'] | undefined): CozePlace {
  if (region !== undefined && region !== place.region) return { region };
  return place.baseUrl === undefined
    ? { region: place.region }
    : { region: place.region, baseUrl: place.baseUrl };
}

/**
 * A client with the token that is meant. A secret of the server only goes to addresses that the server was set up
 * with: whoever names an address brings a token along.
 *
 * @throws UserError BASE_URL_FORBIDDEN, SECRET_MISSING, SIGN_IN_REQUIRED
 */
function clientFor(
  { plugin, env, isLoopback }: Connecting,
  request: LocalStart,
  place: CozePlace,
): CozeClient {
  const { token, baseUrl: wanted } = request;
  const own = wanted === undefined ? addressOf(place, env) : undefined;
  const baseUrl = own ?? wanted!.replace(/\/+$/, '');
  const isOwn = own !== undefined || ownAddresses(plugin, env).has(baseUrl);
  if (!isOwn && !(isLoopback && token !== undefined && 'value' in token)) {
    throw new UserError(
      'BASE_URL_FORBIDDEN',
      `${baseUrl} is not an address that this server was set up with`,
      {
        hint: isLoopback ? 'give a token together with an address' : 'set COZE_BASE_URL on the server',
      },
    );
  }
  const source =
    token === undefined
      ? cozeTokens(plugin, baseUrl, env)
      : 'value' in token
        ? token.value
        : secretsOf(plugin, env)(token.secret);
  return createCozeClient({ region: place.region, baseUrl, token: source });
}

function ownAddresses(plugin: Plugin, env: Environment): Set<string> {
  const places: CozePlace[] = [{ region: 'cn' }, { region: 'com' }, ...plugin.bots, ...plugin.workflows];
  return new Set(
    places.flatMap((place) => {
      try {
        return [addressOf(place, env)];
      } catch {
        return [];
      }
    }),
  );
}

/**
 * Sees whether Coze takes the token and knows the bot, so that a mistake shows at the start. A token that may talk with
 * a bot but not look at it is no mistake.
 */
async function checkTarget(
  client: CozeClient,
  kind: LocalStart['kind'],
  id: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (kind === 'workflow') {
      await client.workspaces.list({ pageSize: 1 }, { signal });
      return;
    }
    const { name, isPublished } = await askForBot(client, id, signal);
    if (isPublished !== false) return;
    throw new UserError('BOT_NOT_PUBLISHED', `the bot ${name} (${id}) is not published to the API`, {
      hint: 'publish it in Coze with the API channel switched on',
    });
  } catch (error) {
    if (isCozeError(error) && MAY_NOT_KNOW.has(error.code)) return;
    throw error;
  }
}

const MAY_NOT_KNOW: ReadonlySet<string> = new Set(['COZE_NO_PERMISSION', 'COZE_NOT_SUPPORTED']);

function bindingOf(
  { plugin, tools }: Connecting,
  kind: LocalStart['kind'],
  { name, id, region }: CozePlace & { name: string; id: string },
): LocalBinding {
  if (kind === 'workflow') return { kind, workflow: { name, workflowId: id } };
  const known = plugin.bots.find((bot) => bot.name === name);
  const bot: BotBinding =
    known === undefined
      ? {
          name,
          region,
          botId: id,
          tools: tools.tools.map((tool) => tool.name),
          onRequiresAction: ON_ACTION,
        }
      : { ...known, botId: id };
  return { kind, bot };
}

/** The tools, called the way the server calls them, with drafts that land in the editor. */
function toolCaller(
  { tools, place, env, folder, runtime, isLoopback }: Connecting,
  owner: string,
  allowed: readonly string[] | undefined,
  tell: (event: DraftEvent) => void,
): ToolCaller {
  const callPlace: CallPlace = {
    localRoots: isLoopback ? personalRoots(folder, env) : [],
    ...(place.root === undefined ? {} : { draftRoot: resolve(place.root) }),
    async onDraftSaved(draft) {
      const event = await place.install(draft, runtime.store.drafts);
      if (event === undefined) return;
      tell(event);
      if (event.type === 'draft.installed') notify(env, 'cozecut', `${event.name} → ${event.app}`);
    },
  };
  return {
    tools: tools.tools.filter(({ name }) => allowed === undefined || allowed.includes(name)),
    call: (name, input, { signal, onProgress }) =>
      tools.call(name, input, { owner, signal, onProgress, place: callPlace }),
  };
}
