import type { PluginServices } from '../plugin/types.ts';
import type { ScriptedCall } from '../scenario/types.ts';
import type { Frame, Framing } from '../wire/frame.ts';
import type { ChatRecord, World } from '../world.ts';

/** A file of a multipart body. */
export interface Upload {
  field: string;
  name: string;
  bytes: number;
}

/** A request, after authentication. */
export interface Call {
  world: World;
  query: URLSearchParams;
  /** Values of the `:name` parts of the path. */
  params: Readonly<Record<string, string>>;
  /** Parsed JSON body; `undefined` without one. */
  body: unknown;
  /** Files of a multipart body; `undefined` when the body is none. */
  uploads: readonly Upload[] | undefined;
  /** Who asks: conversations of others do not exist for them. */
  user: string;
  /** The bearer token as it was sent. */
  token: string | undefined;
  /** Host that the request named. */
  host: string;
  /** What the faults of this request do to the calls of its actions. */
  bendCalls: (calls: ScriptedCall[]) => ScriptedCall[];
  /** What registers plugins, when the emulator was given it. */
  plugins: PluginServices | undefined;
}

/**
 * What a route answers: one JSON envelope, a body of its own, or a stream of frames. `chat` is the chat it is about,
 * `beside` what the envelope has besides `data`.
 */
export type Answer =
  | { kind: 'json'; data: unknown; chat?: ChatRecord; beside?: object; violation?: string }
  | { kind: 'raw'; status: number; headers?: Record<string, string>; body: object }
  | { kind: 'stream'; frames: AsyncIterable<Frame>; framing: Framing; chat?: ChatRecord };

/** Handles one route. @throws Refusal for answers that are not a success. */
export type Handler = (call: Call) => Answer | Promise<Answer>;
