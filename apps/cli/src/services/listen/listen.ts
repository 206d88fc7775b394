import { join, resolve } from 'node:path';
import { parseJson } from '@cozecut/coze-transport';
import type { BotBinding } from '@cozecut/manifest';
import {
  type BotEvent,
  type FileJournal,
  type ListenEvent,
  openJournal,
  type RunMode,
  recordTranscript,
  runBot,
  runChatflow,
  runWorkflow,
  storedUploads,
  type ToolCaller,
} from '@cozecut/runner';
import { createLog } from '../../log.ts';
import { type Environment, setting } from '../../settings.ts';
import { cozeClient } from '../coze.ts';
import { interruptible } from '../interrupt.ts';
import { type ManifestChoice, readManifest } from '../manifest.ts';
import { createRuntime, personalRoots, type Runtime } from '../runtime.ts';
import { logWarnings, watchStrays } from '../strays.ts';
import { chooseBots, chooseWorkflow } from './choose-bindings.ts';
import { findDraftPlace } from './install-drafts.ts';
import { notify } from './notify.ts';
import type { Person } from './person.ts';

/** How a bot or a workflow is called. */
export type Via = RunMode | 'chat';

/** What `listen` was asked for. */
export interface ListenRequest extends ManifestChoice {
  bots: readonly string[];
  workflow?: string | undefined;
  via: Via;
  say?: string | undefined;
  once: boolean;
  /** Folders that tools may look at; default: those of a person at this machine. */
  roots: readonly string[];
  env: Environment;
  folder: string;
  person: Person;
  onReady(names: readonly string[]): void;
  onEvent(event: ListenEvent): void;
}

/** How a session went. */
export interface ListenResult {
  /** Of the first bot. */
  conversationId: string | undefined;
  answered: number;
  failed: number;
  /** What a workflow gave. */
  output?: unknown;
  /** Why the last turn of a bot, or the run, failed. */
  error: Error | undefined;
  /** Whether the person or the system wanted the end. */
  isStopped: boolean;
  /** File with the events of the session, for `--replay`. */
  transcript: string;
}

/** Talks with bots, or runs a workflow, until the person has nothing more to say. */
export async function listen(request: ListenRequest): Promise<ListenResult> {
  const { env, folder, person } = request;
  const plugin = readManifest(request, env, folder);
  const workflow = request.workflow === undefined ? undefined : chooseWorkflow(plugin, request.workflow);
  const bots = workflow && request.bots.length === 0 ? [] : chooseBots(plugin, request.bots, env);
  // A token that is missing is told before anything is made.
  const clients = new Map(
    [...bots, ...(workflow ? [workflow] : [])].map((one) => [one, cozeClient(plugin, one, env)]),
  );
  const place = await findDraftPlace(env, folder);
  let record = (_: ListenEvent) => {};
  const tell = (event: ListenEvent) => {
    record(event);
    request.onEvent(event);
  };
  const log = createLog('error', (line) => process.stderr.write(line));
  const runtime = await createRuntime({
    opensStore: true,
    plugin,
    env,
    folder,
    log,
    localRoots:
      request.roots.length > 0
        ? request.roots.map((root) => resolve(folder, root))
        : personalRoots(folder, env),
    draftRoot: place.root,
    onDraftSaved: async (draft) => {
      const event = await place.install(draft, runtime.store.drafts);
      if (event === undefined) return;
      tell(event);
      if (event.type === 'draft.installed') notify(env, 'cozecut', `${event.name} → ${event.app}`);
    },
  });
  let journal: FileJournal | undefined;
  let isStopped = false;
  const strays = watchStrays(log, runtime.host);
  const warnAsUsual = logWarnings(log);
  try {
    await runtime.host.preload();
    journal = await openJournal(join(runtime.files, 'calls'));
    const transcript = recordTranscript(join(runtime.files, 'sessions'), Date.now());
    record = transcript.add;
    request.onReady([...bots.map(({ name }) => name), ...(workflow ? [workflow.name] : [])]);
    const written = [runtime.files, ...(place.root === undefined ? [] : [place.root])];
    const shared = { journal, runtime, env, tell, written };
    const result = await interruptible(
      async (signal) => {
        signal.addEventListener('abort', () => {
          isStopped = true;
        });
        if (workflow) {
          const client = clients.get(workflow)!;
          return runOne({
            ...shared,
            request,
            signal,
            client,
            workflow,
            botIds: bots.map((bot) => bot.botId),
          });
        }
        const said = person.bots(
          bots.map(({ name }) => name),
          request.say,
        );
        const results = await Promise.all(
          bots.map((bot) =>
            runBot({
              client: clients.get(bot)!,
              bot,
              mode: request.via === 'sync' ? 'sync' : 'stream',
              host: callerOf(runtime, bot),
              say: said.get(bot.name)!,
              once: request.once || request.say !== undefined,
              userId: setting(env, 'COZE_USER_ID') ?? 'cozecut',
              journal: journal!,
              uploads: storedUploads(clients.get(bot)!, written),
              signal,
              onEvent: (event) => {
                if (isTurnEnd(event)) person.onTurnEnd(bot.name);
                tell({ bot: bot.name, ...event });
              },
              onTurn: (cancel) => person.onTurn(bot.name, cancel),
            }).finally(() => person.onEnd(bot.name)),
          ),
        );
        return {
          conversationId: results[0]?.conversationId,
          answered: results.reduce((sum, { answered }) => sum + answered, 0),
          failed: results.reduce((sum, { failed }) => sum + failed, 0),
          error: results.find(({ error }) => error)?.error,
        };
      },
      AbortSignal.any([person.signal, strays.broken]),
    );
    if (strays.broken.aborted) throw strays.broken.reason;
    return { ...result, isStopped, transcript: transcript.file };
  } finally {
    person.close();
    await journal?.close();
    await runtime.close();
    strays.leave();
    warnAsUsual();
  }
}

const TURN_ENDS: ReadonlySet<string> = new Set([
  'answer.completed',
  'reply.requested',
  'info.requested',
  'turn.failed',
]);

function isTurnEnd({ type }: BotEvent): boolean {
  return TURN_ENDS.has(type);
}

function callerOf({ host }: Runtime, bot?: BotBinding): ToolCaller {
  const names = bot && new Set(bot.tools);
  return {
    tools: host.toolsFor('local').filter((tool) => names === undefined || names.has(tool.name)),
    call: (name, input, options) => host.call(name, input, options),
  };
}

interface OneRun {
  request: ListenRequest;
  runtime: Runtime;
  journal: FileJournal;
  client: ReturnType<typeof cozeClient>;
  workflow: ReturnType<typeof chooseWorkflow>;
  botIds: readonly string[];
  /** Folders that tools write into. */
  written: readonly string[];
  signal: AbortSignal;
  env: Environment;
  tell(event: ListenEvent): void;
}

async function runOne(run: OneRun): Promise<Omit<ListenResult, 'transcript' | 'isStopped'>> {
  const { request, runtime, journal, client, workflow, tell } = run;
  const { person, say } = request;
  const control = new AbortController();
  const signal = AbortSignal.any([run.signal, control.signal]);
  person.onTurn(workflow.name, () => control.abort());
  const tellOne = (event: object) => tell({ workflow: workflow.name, ...event } as ListenEvent);
  if (request.via === 'chat') {
    const error = await runChatflow({
      client,
      workflow,
      botId: run.botIds[0] ?? setting(run.env, 'COZE_BOT_ID') ?? '',
      say: person.bots([workflow.name], say).get(workflow.name)!,
      once: request.once || say !== undefined,
      signal,
      onEvent: tellOne,
    });
    return { conversationId: undefined, answered: error ? 0 : 1, failed: error ? 1 : 0, error };
  }
  const { output, error } = await runWorkflow({
    client,
    workflow,
    parameters: parametersOf(say),
    mode: request.via,
    host: callerOf(runtime),
    journal,
    uploads: storedUploads(client, run.written),
    signal,
    answer: person.answer,
    onEvent: tellOne,
  });
  const facts = { conversationId: undefined, answered: error ? 0 : 1, failed: error ? 1 : 0, error };
  return output === undefined ? facts : { ...facts, output };
}

/** A JSON object has the parameters by name; other text is the one that Coze calls `input` by itself. */
function parametersOf(say: string | undefined): Record<string, unknown> {
  if (say === undefined) return {};
  try {
    const value: unknown = parseJson(say);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  return { input: say };
}
