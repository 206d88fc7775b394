import type { Failure, ToolEvent } from '../bot-events.ts';

/**
 * What happens while a workflow runs; every event is one JSON object for `--jsonl`. A run begins with `run.started` or
 * `run.continued` and ends with exactly one of `run.completed` or `run.failed`.
 */
export type RunEvent =
  | { type: 'run.started'; workflow: string; parameters: Record<string, unknown> }
  /** A run that a former process left at an interrupt goes on. */
  | { type: 'run.continued'; workflow: string; eventId: string }
  /** A piece of what a node says. */
  | { type: 'node.message'; node: string; text: string; isLast: boolean }
  /** The workflow wants an answer; `parameters` are those of an input form. */
  | {
      type: 'question.asked';
      kind: 'question' | 'input';
      node: string;
      question: string;
      parameters: Readonly<Record<string, unknown>>;
    }
  /** A plugin of the workflow needs an authorization by a person. */
  | { type: 'authorization.requested'; node: string; url: string; text: string }
  /** An interrupt that cannot be read, as it came: nothing is guessed. */
  | { type: 'interrupt.unknown'; node: string; interruptType: number; data: string; raw: unknown }
  | ToolEvent
  /** An interrupt was answered; `count` counts them in this run from 1. */
  | { type: 'run.resumed'; eventId: string; interruptType: number; count: number }
  | { type: 'run.completed'; output: unknown; text: string; resumes: number; debugUrl?: string }
  /** `text` is what nodes said before. */
  | ({ type: 'run.failed'; text: string } & Failure);
