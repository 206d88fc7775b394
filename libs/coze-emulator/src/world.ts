import type { EmulatorClock } from './clock.ts';
import type { Scenario, ScriptedWorkflow, Step } from './scenario.ts';
import type { WireMessage } from './wire.ts';

/** A call of the action that a chat is waiting for. */
export interface ActionCall {
  id: string;
  type: string;
  function: { name: string; arguments: string } | null;
  requireInfo: { infos: string[] } | null;
}

/** A conversation. */
export interface ConversationRecord {
  id: string;
  sectionId: string;
  createdAt: number;
  name: string | undefined;
  metaData: Record<string, string>;
  /** The chat that has not ended, if there is one. */
  active: ChatRecord | undefined;
}

/** A chat; times are virtual Unix seconds. */
export interface ChatRecord {
  id: string;
  conversation: ConversationRecord;
  sectionId: string;
  botId: string;
  createdAt: number;
  autoSaveHistory: boolean;
  status: 'created' | 'in_progress' | 'requires_action' | 'completed' | 'failed' | 'canceled';
  lastError: { code: number; msg: string };
  /** Calls of the open action. */
  action: ActionCall[];
  /** Call ids that the next submit has to carry. */
  pending: string[];
  /** What follows the open action. */
  next: Step | undefined;
  /** Every message except the query. */
  messages: WireMessage[];
  /** Set while a chat without a stream "works": what it will do, and how many polls it still takes. */
  background: { step: Step; first: boolean; pollsLeft: number } | undefined;
}

/** Settings that shape what the emulator says. */
export interface WorldSettings {
  seed: number;
  interEventMs: number;
  doneAfterAction: boolean;
  announceCalls: boolean;
  pollsUntilReady: number;
  bots: readonly { id: string; published?: boolean }[] | undefined;
}

/** Everything that the emulator remembers. */
export interface World {
  readonly settings: WorldSettings;
  readonly clock: EmulatorClock;
  conversations: Map<string, ConversationRecord>;
  chats: Map<string, ChatRecord>;
  /** Next id of a conversation, section, chat or message. */
  nextId(): string;
  nextCallId(): string;
  nextLogId(): string;
  /** The turn of the scenario that the next chat plays. */
  nextTurn(): Step;
  /** What a run of this workflow does; nothing when there is no such workflow. */
  workflow(id: string): ScriptedWorkflow | undefined;
  /** The next chat plays the first turn of this scenario. */
  setScenario(scenario: Scenario): void;
  /** Virtual Unix time in seconds. */
  now(): number;
}

/** An empty world; ids come from counters, so that equal requests give equal bytes. */
export function createWorld(settings: WorldSettings, clock: EmulatorClock, scenario: Scenario): World {
  const firstId = 7_400_000_000_000_000_000n + BigInt(settings.seed) * 1_000_000n;
  let ids = 0;
  let callIds = 0;
  let logIds = 0;
  let turns = 0;
  let current = scenario;
  return {
    settings,
    clock,
    conversations: new Map(),
    chats: new Map(),
    nextId: () => String(firstId + BigInt(++ids)),
    nextCallId: () => Buffer.from(`CALL-${String(++callIds).padStart(4, '0')}`).toString('base64'),
    nextLogId: () => `emulator-${settings.seed}-${++logIds}`,
    nextTurn: () => current.turns[turns++ % current.turns.length]!,
    workflow: (id) => (Object.hasOwn(current.workflows ?? {}, id) ? current.workflows?.[id] : undefined),
    setScenario(next) {
      current = next;
      turns = 0;
    },
    now: () => Math.floor(clock.nowMs() / 1000),
  };
}

/** Adds a conversation. */
export function addConversation(
  world: World,
  options: { name?: string; metaData?: Record<string, string> } = {},
): ConversationRecord {
  const conversation: ConversationRecord = {
    id: world.nextId(),
    sectionId: world.nextId(),
    createdAt: world.now(),
    name: options.name,
    metaData: options.metaData ?? {},
    active: undefined,
  };
  world.conversations.set(conversation.id, conversation);
  return conversation;
}
