import type { ServerResponse } from 'node:http';
import type { ScriptedCall } from '../scenario/types.ts';
import type { Frame } from '../wire/frame.ts';
import type { ChatRecord, World } from '../world.ts';
import type { ByteSink } from './sink.ts';
import type { Reply } from './types.ts';

/** What a fault knows of the request it hits. */
export interface FaultContext {
  world: World;
  query: URLSearchParams;
  /** The bearer token as it was sent. */
  token: string | undefined;
}

/** What a fault does to a request; every part is optional. */
export interface FaultEffect {
  /** Given instead of the route's answer. */
  reply?: Reply;
  /** The connection breaks before anything is said. */
  connection?: { how: 'reset' | 'garbage' | 'refused'; downMs: number };
  /** The route runs and its answer is dropped. */
  loseAnswer?: boolean;
  /** The submit is forgotten: the same action is asked again later. */
  forgetSubmit?: boolean;
  /** Before the route runs. */
  before?(context: FaultContext): void;
  /** Calls of the actions that this request leads to. */
  bendCalls?(calls: ScriptedCall[]): ScriptedCall[];
  /** Frames of the answer; `chat` is absent for workflows. */
  bendFrames?(
    frames: AsyncIterable<Frame>,
    context: FaultContext & { chat: ChatRecord | undefined },
  ): AsyncIterable<Frame>;
  /** JSON text of an answer or of the data of a frame. */
  bendJson?(text: string, event?: string): string;
  /** A frame as it is written. */
  bendText?(text: string, index: number): string;
  /** The bytes of a stream; a chunk that is written travels by itself once `chunkLeft` has resolved. */
  wrapSink?(sink: ByteSink, chunkLeft: () => Promise<void>): ByteSink;
  /** Whether JSON answers go through that sink, too. */
  isForJson?: true;
  /** Status line and headers of an answer. */
  head?(res: ServerResponse): void;
}
