import type { Fault } from '../faults/types.ts';
import type { EmulatorSettings } from '../settings.ts';

/** One call of a scripted action. */
export interface ScriptedCall {
  /** `function` unless said otherwise; `reply_message` and `require_info` ask the person. */
  type?: 'function' | 'reply_message' | 'require_info' | (string & {});
  /** Function name of a `function` call. */
  name?: string;
  /** An object is sent as JSON text; text is sent as it is, so it may be blank or broken. Blank when absent. */
  arguments?: object | string;
  /** Call id; made from a counter when absent. */
  id?: string;
  /** `null` sends the call without its function. */
  function?: null;
  /** What a `require_info` call asks for. */
  infos?: string[];
  /** Keys of the output that must be the id of an uploaded file or an http(s) address; otherwise the chat fails. */
  fileOutputs?: string[];
}

/** A message of the bot besides its answer. */
export interface ScriptedMessage {
  type: string;
  content: string;
}

/** What the bot does next. */
export type Step =
  /** Answers; every part is one delta. */
  | {
      answer: string[];
      /** Messages that come before the answer, such as `knowledge` or `tool_response`. */
      messages?: ScriptedMessage[];
      /** Suggested questions after the answer. */
      followUps?: string[];
      /** Base64 texts that come as `audio.delta` after the chat was completed. */
      audio?: string[];
    }
  /** Asks for tool outputs, and goes on when they were submitted. */
  | { toolCalls: ScriptedCall[]; next: Step }
  /** Ends the chat as failed. */
  | { fail: { code: number; msg: string } };

/** What a node of a workflow says on the way. */
export interface ScriptedNodeMessage {
  title: string;
  /** Every part is one `Message`. */
  parts: string[];
}

/** A question of a workflow. */
export interface ScriptedInterrupt {
  /** 1 or 6 local plugin, 2 question, 5 input, 7 authorization; `local_plugin` takes the number that is set. */
  type: number | 'local_plugin';
  /** An object is sent as JSON text, text as it is; blank when absent. */
  data?: object | string;
  requiredParameters?: object;
  nodeTitle?: string;
  /** The call of a local plugin, written into `data` in the shape that is set. */
  call?: { name: string; arguments: object | string };
}

/** What a run of a workflow does. */
export type ScriptedWorkflow = { messages?: ScriptedNodeMessage[] } & (
  | /** It answers; an object is sent as JSON text, text as it is. */ { output: object | string }
  /** It asks something first; without `next` it ends with an empty object once it was answered. */
  | { interrupt: ScriptedInterrupt; next?: ScriptedWorkflow }
  /** It is refused or breaks. */
  | { fail: { code: number; msg: string } }
);

/** What a turn of a chatflow does. */
export type ScriptedChatflow =
  | { answer: string[] }
  /** Asks; the next call in the same conversation goes on with `next`. */
  | { ask: string[]; next: ScriptedChatflow }
  /** Fails; some codes are texts on the wire. */
  | { fail: { code: number | string; msg: string } };

/**
 * What the bots say, as data: the n-th chat plays the n-th turn; after the last one it starts again.
 *
 * @example
 * ```ts
 * import { type Scenario, startEmulator } from '@cozecut/coze-emulator';
 *
 * const scenario: Scenario = {
 *   turns: [
 *     { toolCalls: [{ name: 'read_file', arguments: { path: 'a.txt' } }], next: { answer: ['Done', '.'] } },
 *   ],
 * };
 * const emulator = await startEmulator({ scenario });
 * await emulator.close();
 * ```
 */
export interface Scenario {
  /** For people. */
  title?: string;
  /** Empty when the scenario is about workflows only; a scenario file may leave it out then. */
  turns: Step[];
  /** Workflows that exist and are published, by id; every run of one begins alike. */
  workflows?: Readonly<Record<string, ScriptedWorkflow>>;
  /** Chatflows that exist and are published, by id. */
  chatflows?: Readonly<Record<string, ScriptedChatflow>>;
  /** Timing and choices for this scenario; options of the emulator win. */
  settings?: Partial<EmulatorSettings>;
  /** What goes wrong, until other faults are set. */
  faults?: Fault[];
}

/** What is said to a bot. */
export interface SaidToBot {
  /** The last message of the person. */
  text: string;
  botId: string;
  conversationId: string;
}

/** What a bot does that answers by itself: a step whose end may depend on the outputs of the tools. */
export type LiveStep =
  | Exclude<Step, { toolCalls: ScriptedCall[] }>
  | {
      toolCalls: ScriptedCall[];
      /** Gets the outputs that were submitted, in the order of the calls. */
      next: LiveStep | ((outputs: readonly string[]) => LiveStep);
    };

/**
 * A bot that answers by itself, in place of the turns of a scenario. When it throws, the chat fails with code 5000 and
 * the message of the error.
 */
export type LiveBot = (said: SaidToBot) => LiveStep | Promise<LiveStep>;

/** The scenario of an emulator that was given none. */
export const DEFAULT_SCENARIO: Scenario = { turns: [{ answer: ['Hello', ' from the', ' emulator.'] }] };
