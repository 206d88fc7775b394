import type { Progress } from '@cozecut/plugin-host';

/** What a tool call came to. */
export type ToolResult =
  | { ok: true; output: unknown }
  | { ok: false; error: { code: string; message: string; hint?: string } };

/** What a tool call gets besides its input. */
export interface ToolCallOptions {
  mode: 'local';
  /** Id of the call at Coze; the same id is the same call. */
  callId: string;
  /** Aborted when the answer would come too late or the person stops the run. */
  signal: AbortSignal;
  /** Told how far the tool has come. */
  onProgress(progress: Progress): void;
}

/** A tool of this device. */
export interface CallableTool {
  readonly name: string;
  /** JSON Schema of its output; values that are files are told by it. */
  readonly output?: Readonly<Record<string, unknown>>;
}

/** The tools of this device. Input is validated behind this door, and failures come back as results. */
export interface ToolCaller {
  readonly tools: readonly CallableTool[];
  /** Runs a tool; every failure is in the result. */
  call(name: string, input: unknown, options: ToolCallOptions): Promise<ToolResult>;
}
