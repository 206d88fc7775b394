import type { BotBinding, Region, WorkflowBinding } from '@cozecut/manifest';
import type { Failure } from '../bot-events.ts';
import type { ListenEvent } from '../session/listen-event.ts';

/** How a local service stands. */
export type LocalStatus = 'off' | 'starting' | 'listening' | 'thinking' | 'error';

/** What a local service talks to. */
export interface LocalTarget {
  kind: 'bot' | 'workflow';
  /** Name of the binding; the id where there is none. */
  name: string;
  id: string;
  region: Region;
  /** Address of the API. */
  baseUrl: string;
}

/** What a person is asked. `reply` and `info` are answered by the next message. */
export interface LocalQuestion {
  /** Number of the question, from 1. */
  id: number;
  kind: 'reply' | 'info' | 'question' | 'input' | 'authorization';
  /** What is asked; the address to open for an authorization; may be empty. */
  text: string;
  /** Of an input form: its parameters by name, as Coze describes them. An object with all of them is an answer. */
  parameters?: Readonly<Record<string, unknown>>;
  /** Facts that a bot wants, such as `location`. */
  infos?: readonly string[];
}

/** State of a local service. */
export interface LocalState {
  status: LocalStatus;
  target?: LocalTarget;
  conversationId?: string;
  /** Why the start or the last turn failed; gone with the next turn. */
  error?: Failure;
  question?: LocalQuestion;
}

/** Everything that a local service tells. */
export type ServiceEvent = ListenEvent | ({ type: 'service.state' } & LocalState);

/** The binding that a target stands for. */
export type LocalBinding =
  | { kind: 'bot'; bot: BotBinding }
  | { kind: 'workflow'; workflow: Pick<WorkflowBinding, 'name' | 'workflowId'> };
