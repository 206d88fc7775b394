import { Refusal } from './refusal.ts';

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
}

/** What the bot does next. */
export type Step =
  /** Answers; every part is one delta. */
  | { answer: string[] }
  /** Asks for tool outputs, and goes on when they were submitted. */
  | { toolCalls: ScriptedCall[]; next: Step }
  /** Ends the chat as failed. */
  | { fail: { code: number; msg: string } };

/** How a run of a workflow ends. */
export type ScriptedWorkflow =
  /** It answers; an object is sent as JSON text, text as it is. */
  | { output: object | string }
  /** It asks something first; `data` is sent like an output, and is blank when absent. */
  | { interrupt: { type: number; data?: object | string; requiredParameters?: object } }
  /** It is refused or breaks. */
  | { fail: { code: number; msg: string } };

/**
 * What the bots say, as data: the n-th chat plays the n-th turn; after the last one it starts again.
 *
 * @example
 * { turns: [{ toolCalls: [{ name: 'read_file', arguments: { path: 'a.txt' } }], next: { answer: ['Done', '.'] } }] }
 */
export interface Scenario {
  turns: Step[];
  /** Workflows that exist and are published, by id; every run of one ends alike. */
  workflows?: Readonly<Record<string, ScriptedWorkflow>>;
}

/** The scenario of an emulator that was given none. */
export const DEFAULT_SCENARIO: Scenario = { turns: [{ answer: ['Hello', ' from the', ' emulator.'] }] };

/**
 * Checks a scenario that came from outside.
 *
 * @throws Refusal 4000 with the place of the first mistake.
 */
export function parseScenario(value: unknown): Scenario {
  if (!isRecord(value) || !Array.isArray(value.turns) || value.turns.length === 0) {
    throw new Refusal(4000, 'a scenario is {"turns":[…]} with at least one turn');
  }
  value.turns.forEach((turn, index) => {
    checkStep(turn, `turns[${index}]`);
  });
  const workflows = value.workflows ?? {};
  if (!isRecord(workflows)) throw new Refusal(4000, 'workflows must be a map of workflow ids');
  for (const [id, workflow] of Object.entries(workflows)) checkWorkflow(workflow, `workflows.${id}`);
  return value as unknown as Scenario;
}

function checkWorkflow(workflow: unknown, place: string): void {
  if (isRecord(workflow)) {
    const { output, interrupt, fail } = workflow;
    if (typeof output === 'string' || (typeof output === 'object' && output !== null)) return;
    if (isRecord(interrupt) && typeof interrupt.type === 'number') return;
    if (isRecord(fail) && typeof fail.code === 'number') return;
  }
  throw new Refusal(4000, `${place} must have "output", "interrupt" with a type, or "fail" with a code`);
}

function checkStep(step: unknown, place: string): void {
  if (!isRecord(step)) throw new Refusal(4000, `${place} must be an object`);
  if (Array.isArray(step.answer) && step.answer.every((part) => typeof part === 'string')) return;
  if (Array.isArray(step.toolCalls) && step.toolCalls.every(isRecord)) {
    checkStep(step.next, `${place}.next`);
    return;
  }
  if (isRecord(step.fail) && typeof step.fail.code === 'number') return;
  throw new Refusal(4000, `${place} must have "answer" (texts), "toolCalls" and "next", or "fail"`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
