import {
  checkInvariants,
  type Emulator,
  type EmulatorOptions,
  type InvariantViolation,
  startEmulator,
} from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { expect, vi } from 'vitest';
import {
  type BotEvent,
  type BotRunResult,
  type RunBotOptions,
  runBot,
  type ToolCaller,
  type ToolCallOptions,
  type ToolResult,
} from '../src/index.ts';
import { BOT } from './bot.ts';

export { BOT };

type Tool = (input: unknown, options: ToolCallOptions) => Promise<ToolResult> | ToolResult;

/** Tools for tests, and every run of one of them. */
export interface TestHost extends ToolCaller {
  runs: { callId: string; name: string; input: unknown }[];
}

export function hostOf(tools: Record<string, Tool> = {}): TestHost {
  const all: Record<string, Tool> = {
    read_file: (input) => ({ ok: true, output: { content: `of ${(input as { path?: string }).path}` } }),
    list_files: () => ({ ok: true, output: { files: ['a.txt'] } }),
    ...tools,
  };
  const runs: TestHost['runs'] = [];
  return {
    runs,
    tools: Object.keys(all).map((name) => ({ name })),
    async call(name, input, options) {
      runs.push({ callId: options.callId, name, input });
      return all[name]!(input, options);
    },
  };
}

/** One run against an emulator. */
export interface Run {
  emulator: Emulator;
  host: TestHost;
  events: BotEvent[];
  result: BotRunResult;
}

export interface Setup {
  emulator?: EmulatorOptions;
  host?: TestHost;
  /** Options of the run, for an emulator that is there. */
  run?: (emulator: Emulator, events: BotEvent[]) => Partial<RunBotOptions>;
  /** Rules that this run is expected to break; `any` where the rules cannot tell. */
  breaks?: number[] | 'any';
}

/** Runs a bot against an emulator over HTTP, checks the rules for clients, and stops the emulator. */
export async function runAgainst(setup: Setup, check: (run: Run) => void | Promise<void>): Promise<void> {
  const emulator = await startEmulator(setup.emulator);
  try {
    const host = setup.host ?? hostOf();
    const events: BotEvent[] = [];
    const result = await runBot({
      client: createCozeClient({ baseUrl: emulator.url, token: emulator.token }),
      host,
      bot: BOT,
      say: 'go',
      userId: 'u1',
      signal: new AbortController().signal,
      onEvent: (event) => events.push(event),
      ...setup.run?.(emulator, events),
    });
    await check({ emulator, host, events, result });
    const broken = () => violations(emulator, host).map(({ invariant }) => invariant);
    if (setup.breaks !== 'any') await vi.waitFor(() => expect(broken()).toEqual(setup.breaks ?? []));
    for (const event of events) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
  } finally {
    await emulator.close();
  }
}

function violations(emulator: Emulator, host: TestHost): InvariantViolation[] {
  // Call ids of the emulator are different in all chats.
  const toolRuns = host.runs.map(({ callId }) => ({ chatId: '', callId }));
  return checkInvariants(emulator.transcript(), { toolRuns });
}

export function typesOf(events: readonly BotEvent[]): string[] {
  return events.map(({ type }) => type);
}

/** The events of one type. */
export function eventsOf<T extends BotEvent['type']>(
  events: readonly BotEvent[],
  type: T,
): Extract<BotEvent, { type: T }>[] {
  return events.filter((event): event is Extract<BotEvent, { type: T }> => event.type === type);
}

/** Bodies of the submits that arrived, oldest first: outputs by call id. */
export function submits(emulator: Emulator): Record<string, unknown>[] {
  return emulator
    .transcript()
    .filter((entry) => entry.dir === 'in' && entry.route.startsWith('/v3/chat/submit_tool_outputs'))
    .map((entry) => {
      const { tool_outputs: outputs } = entry.body as {
        tool_outputs: { tool_call_id: string; output: string }[];
      };
      return Object.fromEntries(outputs.map((item) => [item.tool_call_id, JSON.parse(item.output)]));
    });
}

export async function* saying(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}
