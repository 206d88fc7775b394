import type { OAuthState } from './auth/oauth-state.ts';
import { createTokens, type Tokens } from './auth/tokens.ts';
import type { EmulatorClock } from './clock.ts';
import type { Dialect } from './dialect.ts';
import type { RegisteredPlugin } from './plugin/types.ts';
import type {
  LiveBot,
  LiveStep,
  SaidToBot,
  Scenario,
  ScriptedCall,
  ScriptedChatflow,
  ScriptedWorkflow,
} from './scenario/types.ts';
import type { EmulatorSettings } from './settings.ts';
import type { StoredMessage, WireMessage } from './wire/objects.ts';

/** A call of the action that a chat is waiting for. */
export interface ActionCall {
  id: string;
  type: string;
  function: { name: string; arguments: string } | null;
  requireInfo: { infos: string[] } | null;
  /** Keys of its output that must name files. */
  fileOutputs: readonly string[];
}

/** A conversation. */
export interface ConversationRecord {
  id: string;
  /** Whose token made it; nobody else finds it. */
  owner: string;
  sectionId: string;
  createdAt: number;
  botId: string | undefined;
  name: string | undefined;
  metaData: Record<string, string>;
  /** The chat that has not ended, if there is one. */
  active: ChatRecord | undefined;
  /** What the next call of a chatflow goes on with. */
  chatflow: { workflowId: string; next: ScriptedChatflow } | undefined;
  /** Questions and answers and what was said between, oldest first. */
  messages: StoredMessage[];
}

/** A chat; times are virtual Unix seconds unless they say otherwise. */
export interface ChatRecord {
  id: string;
  conversation: ConversationRecord;
  sectionId: string;
  botId: string;
  createdAt: number;
  startedMs: number;
  autoSaveHistory: boolean;
  status: 'created' | 'in_progress' | 'requires_action' | 'completed' | 'failed' | 'canceled';
  lastError: { code: number; msg: string };
  /** Calls of the open action. */
  action: ActionCall[];
  /** The script of the open action. */
  calls: ScriptedCall[];
  /** When the open action began. */
  actionSinceMs: number;
  /** Call ids that still have to be answered. */
  pending: string[];
  /** Outputs that were submitted for the open action. */
  outputs: Record<string, string>;
  /** What follows the open action. */
  next: LiveStep | ((outputs: readonly string[]) => LiveStep) | undefined;
  /** Every message except the query. */
  messages: WireMessage[];
  /** Set while a chat without a stream "works": what it will do, and how many polls it still takes. */
  background: { step: LiveStep | Promise<LiveStep>; first: boolean; pollsLeft: number } | undefined;
  /** When the chat was polled last. */
  polledAtMs: number | undefined;
  /** What faults do to the calls of this chat. */
  bendCalls: (calls: ScriptedCall[]) => ScriptedCall[];
}

/** A run of a workflow. */
export interface RunRecord {
  executeId: string;
  workflowId: string;
  /** 0 sync, 1 stream, 2 async. */
  mode: 0 | 1 | 2;
  createdAt: number;
  status: 'running' | 'interrupted' | 'success' | 'fail';
  /** The question that is open. */
  waiting: { eventId: string; type: number; title: string; data: string; parameters?: object } | undefined;
  next: ScriptedWorkflow | undefined;
  resumes: number;
  output: string;
  error: { code: number; msg: string } | undefined;
  /** Set while an asynchronous run works. */
  background: ScriptedWorkflow | undefined;
  nodes: { title: string; uuid: string; content: string; isFinished: boolean }[];
}

/** An uploaded file. */
export interface FileRecord {
  id: string;
  name: string;
  bytes: number;
  createdAt: number;
  owner: string;
}

/** Everything that the emulator remembers. */
export interface World {
  settings: EmulatorSettings;
  readonly bots: readonly { id: string; name?: string; published?: boolean }[] | undefined;
  readonly seed: number;
  readonly dialect: Dialect;
  readonly clock: EmulatorClock;
  readonly tokens: Tokens;
  readonly oauth: OAuthState;
  conversations: Map<string, ConversationRecord>;
  chats: Map<string, ChatRecord>;
  runs: Map<string, RunRecord>;
  files: Map<string, FileRecord>;
  plugins: Map<string, RegisteredPlugin>;
  /** Puts the clock ahead for the next JWT that is looked at. */
  skewNext(ms: number): void;
  /** Takes that skew. */
  takeSkewMs(): number;
  /** Next id of a conversation, section, chat or message. */
  nextId(): string;
  nextCallId(): string;
  nextLogId(): string;
  /** What the bot does with a message, else the turn of the scenario that is next; nothing when it has none. */
  nextTurn(said: SaidToBot): LiveStep | Promise<LiveStep> | undefined;
  /** What a run of this workflow does; nothing when there is no such workflow. */
  workflow(id: string): ScriptedWorkflow | undefined;
  chatflow(id: string): ScriptedChatflow | undefined;
  /** Ids of all of them. */
  workflowIds(): { id: string; mode: 'workflow' | 'chatflow' }[];
  /** The next chat plays the first turn of this scenario. */
  setScenario(scenario: Scenario, settings: EmulatorSettings): void;
  /** Virtual Unix time in seconds. */
  now(): number;
}

/** What a world begins with. */
export interface WorldOptions {
  seed: number;
  settings: EmulatorSettings;
  bots: readonly { id: string; name?: string; published?: boolean }[] | undefined;
  dialect: Dialect;
  clock: EmulatorClock;
  oauth: OAuthState;
  bot: LiveBot | undefined;
  scenario: Scenario;
}

/** An empty world; ids come from counters, so that equal requests give equal bytes. */
export function createWorld(options: WorldOptions): World {
  const { seed, clock } = options;
  const firstId = 7_400_000_000_000_000_000n + BigInt(seed) * 1_000_000n;
  let ids = 0;
  let callIds = 0;
  let logIds = 0;
  let turns = 0;
  let skewMs = 0;
  let current = options.scenario;
  const own = <T>(map: Readonly<Record<string, T>> | undefined, id: string) =>
    map && Object.hasOwn(map, id) ? map[id] : undefined;
  return {
    settings: options.settings,
    bots: options.bots,
    seed,
    dialect: options.dialect,
    clock,
    tokens: createTokens(seed, () => clock.nowMs()),
    oauth: options.oauth,
    conversations: new Map(),
    chats: new Map(),
    runs: new Map(),
    files: new Map(),
    plugins: new Map(),
    skewNext(ms) {
      skewMs = ms;
    },
    takeSkewMs() {
      const taken = skewMs;
      skewMs = 0;
      return taken;
    },
    nextId: () => String(firstId + BigInt(++ids)),
    nextCallId: () => Buffer.from(`CALL-${String(++callIds).padStart(4, '0')}`).toString('base64'),
    nextLogId: () => `emulator-${seed}-${++logIds}`,
    nextTurn: (said) =>
      options.bot === undefined
        ? current.turns[turns++ % (current.turns.length || 1)]
        : answerOf(options.bot, said),
    workflow: (id) => own(current.workflows, id),
    chatflow: (id) => own(current.chatflows, id),
    workflowIds: () => [
      ...Object.keys(current.workflows ?? {}).map((id) => ({ id, mode: 'workflow' as const })),
      ...Object.keys(current.chatflows ?? {}).map((id) => ({ id, mode: 'chatflow' as const })),
    ],
    setScenario(next, settings) {
      current = next;
      this.settings = settings;
      turns = 0;
    },
    now: () => Math.floor(clock.nowMs() / 1000),
  };
}

async function answerOf(bot: LiveBot, said: SaidToBot): Promise<LiveStep> {
  try {
    return await bot(said);
  } catch (error) {
    return { fail: { code: 5000, msg: (error as Error).message } };
  }
}
