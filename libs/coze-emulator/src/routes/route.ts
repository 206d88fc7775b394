import type { Frame } from '../wire.ts';
import type { ChatRecord, World } from '../world.ts';

/** A request, after authentication. */
export interface Call {
  world: World;
  query: URLSearchParams;
  /** Parsed JSON body; `undefined` without one. */
  body: unknown;
}

/**
 * What a route answers: one JSON envelope or a stream of frames. `chat` is the chat it is about, `beside` what the
 * envelope has besides `data`.
 */
export type Answer =
  | { kind: 'json'; data: unknown; chat?: ChatRecord; beside?: object }
  | { kind: 'stream'; frames: AsyncIterable<Frame>; chat: ChatRecord };

/** Handles one route. @throws Refusal for answers that are not a success. */
export type Handler = (call: Call) => Answer | Promise<Answer>;
