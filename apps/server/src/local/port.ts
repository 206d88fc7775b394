import type { Region, Tool } from '@cozecut/manifest';
import type { CallResult, Progress } from '@cozecut/plugin-host';
import type { CallPlace } from '../calls.ts';

/** What a person wants to talk to, and with which token. */
export interface LocalStart {
  /** Who starts it: drafts and calls are theirs. */
  owner: string;
  kind: 'bot' | 'workflow';
  /** Name of a binding of the manifest; its id counts unless `id` is given. */
  binding?: string;
  id?: string;
  region?: Region;
  /** Address of the API. */
  baseUrl?: string;
  /** The token, or a reference such as `secret:COZE_API_TOKEN`; default: what the deployment is set up with. */
  token?: { value: string } | { secret: string };
  /** Goes on with this conversation. */
  conversationId?: string;
}

/** How a local service stands. */
export interface LocalState {
  status: 'off' | 'starting' | 'listening' | 'thinking' | 'error';
  target?: { kind: 'bot' | 'workflow'; name: string; id: string; region: Region; baseUrl: string };
  conversationId?: string;
  /** Why the start or the last turn failed. */
  error?: { code: string; message: string; hint?: string; logId?: string };
  /** What a person is asked. */
  question?: {
    id: number;
    kind: 'reply' | 'info' | 'question' | 'input' | 'authorization';
    text: string;
    parameters?: Readonly<Record<string, unknown>>;
    infos?: readonly string[];
  };
}

/** A bot or a workflow of the manifest. */
export interface LocalChoice {
  name: string;
  region: Region;
  /** Missing while the variable that the manifest names is not set. */
  id?: string;
  baseUrl?: string;
}

/** What a local service can be started with besides what a person types. */
export interface LocalChoices {
  bots: readonly LocalChoice[];
  workflows: readonly LocalChoice[];
  /** Whether the deployment has a token of its own. */
  hasToken: boolean;
}

/** What a local service calls tools with: records, drafts and limits are those of the server. */
export interface LocalTools {
  readonly tools: readonly Tool[];
  /** Calls a tool for an owner; every failure is in the result. */
  call(
    name: string,
    input: unknown,
    options: {
      owner: string;
      signal: AbortSignal;
      place: CallPlace;
      onProgress(progress: Progress): void;
    },
  ): Promise<CallResult>;
}

/**
 * Talks with a bot, or runs a workflow, from this machine for a person at the page. What the methods throw is
 * `UserError`.
 */
export interface LocalService {
  /** What can be started without typing an id or a token. */
  choices(): LocalChoices;
  /** How it stands now. */
  state(): LocalState;
  /** Begins a session; whether that goes well is told by the state. */
  start(request: LocalStart): void;
  /** Says something to the bot. */
  say(text: string): void;
  /** Runs the workflow. */
  run(parameters: Record<string, unknown>): void;
  /** Answers what is asked. */
  answer(answer: string | Readonly<Record<string, unknown>>, questionId?: number): void;
  /** Ends the turn or run that goes on, and nothing else. */
  cancel(): void;
  /** Ends everything and forgets the token. */
  stop(): Promise<void>;
  /** What happened behind number `after` and is still kept, and then everything that happens. */
  watch(options: {
    after: number;
    signal: AbortSignal;
  }): AsyncIterable<{ id: number; event: { type: string } }>;
  /** The server ends: what is open is left for the next start once tools had `graceMs` to end. */
  close(graceMs: number): Promise<void>;
}
