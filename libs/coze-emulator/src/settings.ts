/** Timing and choices; a scenario file can set them, options of the caller win. Times are in milliseconds. */
export interface EmulatorSettings {
  /** Delay before the headers of an answer. */
  firstByteMs: number;
  /** Gap between two frames. */
  interEventMs: number;
  /** Delay after a submit or a resume before anything new is said. */
  thinkMs: number;
  /** Age at which an unanswered action fails its chat. */
  actionTtlMs: number;
  /** Polls of one chat that come faster are noted as a violation. */
  pollFloorMs: number;
  /** Whether a poll that comes too fast is also refused with 429. */
  fastPolls: 'log' | '429';
  /** Silence after which a heartbeat is sent; 0 = none. */
  heartbeatMs: number;
  /** Data of the heartbeat of a workflow stream. */
  heartbeatData: '{}' | '';
  /** Longest time that a chat may take. */
  chatOverallMs: number;
  /** Whether `done` follows `requires_action`. */
  doneAfterAction: boolean;
  /** Whether `done` follows `chat.failed`. */
  doneAfterFailure: boolean;
  /** Whether a `function_call` message comes before an action. */
  announceCalls: boolean;
  /** Whether a submit may carry some outputs of an action and leave the others for another submit. */
  partialSubmit: boolean;
  /** Polls that a chat without a stream answers with `in_progress`. */
  pollsUntilReady: number;
  /** `POST /v3/chat/retrieve` answers 404. */
  strictMethods: boolean;
  /** HTTP status of refusals other than authentication: 200 or 400. */
  errorStyle: 'http200' | 'http4xx';
  /** Largest output of one tool call, in bytes. */
  maxOutputBytes: number;
  /** How a larger output is refused. */
  oversizeStyle: 'http413' | 'code4000';
  /** Number of the interrupt by which a local plugin shows in a workflow. */
  localPluginInterrupt: 1 | 6;
  /** What `interrupt_data.data` of a local plugin looks like. */
  localPluginData: 'tool_calls' | 'function' | 'content' | 'garbage';
  /** How often a question of a workflow can be answered. */
  maxResumes: number;
  /** `required_action` of a chatflow that asks: a `requires_action` event with it, without it, or no such event. */
  chatflowAction: 'full' | 'bare' | 'none';
  /** Whether runs can be asynchronous; without it they are refused with 6003. */
  asyncRuns: boolean;
  /** `execute_status` of an asynchronous run that waits for an answer. */
  asyncInterruptStatus: 'Running' | 'Success' | 'Fail';
  /** Largest upload in bytes. */
  maxUploadBytes: number;
  /** Polls of a device that are answered `authorization_pending` before the user agrees; `manual` waits for a decision. */
  devicePolls: number | 'manual';
}

const MEBIBYTE = 1024 * 1024;

/** What holds when nobody says otherwise. */
export const DEFAULT_SETTINGS: Readonly<EmulatorSettings> = {
  firstByteMs: 0,
  interEventMs: 5,
  thinkMs: 0,
  actionTtlMs: Number.POSITIVE_INFINITY,
  pollFloorMs: 1000,
  fastPolls: 'log',
  heartbeatMs: 0,
  heartbeatData: '{}',
  chatOverallMs: Number.POSITIVE_INFINITY,
  doneAfterAction: true,
  doneAfterFailure: false,
  announceCalls: false,
  partialSubmit: false,
  pollsUntilReady: 1,
  strictMethods: false,
  errorStyle: 'http200',
  maxOutputBytes: Number.POSITIVE_INFINITY,
  oversizeStyle: 'http413',
  localPluginInterrupt: 6,
  localPluginData: 'tool_calls',
  maxResumes: 3,
  chatflowAction: 'full',
  asyncRuns: true,
  asyncInterruptStatus: 'Running',
  maxUploadBytes: 512 * MEBIBYTE,
  devicePolls: 1,
};

/** Settings in layers: later ones win where they say something. */
export function mergeSettings(...layers: readonly Partial<EmulatorSettings>[]): EmulatorSettings {
  const known = (layer: Partial<EmulatorSettings>) =>
    Object.entries(layer).filter(([name, value]) => value !== undefined && name in DEFAULT_SETTINGS);
  return Object.assign({ ...DEFAULT_SETTINGS }, ...layers.map((layer) => Object.fromEntries(known(layer))));
}
