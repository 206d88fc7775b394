/** Which requests a fault is for. */
export interface FaultTarget {
  /** Path of the route, such as `/v3/chat`; see {@link FaultInfo} for what holds when absent. */
  on?: string;
  /** Request of that route that is hit, from 1; every one when absent. */
  nth?: number;
  /** Chance from 0 to 1 that a request is hit; always when absent. */
  probability?: number;
  /** Seed of that chance; default 1. */
  seed?: number;
}

/** An answer in place of that of the route. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** What goes wrong with the bytes of a stream. */
export type StreamFault =
  /** Connection reset after k bytes of the body; without a number inside the first character of several bytes. */
  | { id: 'F01'; afterBytes?: number }
  /** Clean end of the body after k bytes; without a number, before the `done` frame. */
  | { id: 'F02'; afterBytes?: number }
  /** The last frame is not followed by line ends. */
  | { id: 'F03' }
  /** The same bytes in chunks of this size; default 1. */
  | { id: 'F04'; chunkBytes?: number }
  /** Other spellings that the SSE specification allows; default all of them but `cr`. */
  | { id: 'F05'; forms?: readonly ('crlf' | 'cr' | 'bom' | 'comments' | 'fields' | 'retry')[] }
  | { id: 'F06'; variant?: 'multi-line' | 'empty-data' | 'no-event' | 'event-after-data' }
  | { id: 'F07' }
  /**
   * Silence: for ever after k bytes, or for `silenceMs` after `afterFrames` frames (default 1) with a heartbeat every
   * `pingMs` (default none). Without numbers 180 s.
   */
  | { id: 'F08'; afterBytes?: number; silenceMs?: number; afterFrames?: number; pingMs?: number }
  /** The number of a workflow frame is skipped, after `afterFrames` frames (default 1). */
  | { id: 'F27'; afterFrames?: number }
  | { id: 'F29'; variant?: 'gzip' | 'no-charset' | 'close' }
  /** One large delta of `bytes` (default 1 MiB), or many empty ones (`events`, default 100 000). */
  | { id: 'F34'; variant?: 'large' | 'many'; bytes?: number; events?: number };

/** An answer that is given instead of the route's own; the route does not run. `reply` says it in full. */
export type ReplyFault =
  | { id: 'F09'; variant?: 'token' | 'scope'; reply?: Reply }
  | { id: 'F10'; variant?: 'plain' | 'seconds' | 'date' | '4009' | '4020' | '4008'; reply?: Reply }
  | { id: 'F11'; variant?: '500' | '502' | '503' | '5000'; reply?: Reply }
  | { id: 'F12'; variant?: 'line' | 'newline' | 'pretty'; reply?: Reply }
  /** `start`: nothing but an error event; `middle`: one after the deltas, and the stream ends. */
  | { id: 'F13'; variant?: 'start' | 'middle'; reply?: Reply }
  | { id: 'F14'; reply?: Reply }
  | { id: 'F15'; variant?: 'history' | 'chat' | 'call' | 'state'; reply?: Reply }
  | { id: 'F22'; variant?: 'http413' | 'code4000'; reply?: Reply };

/** What is wrong with an action. */
export type ActionFault =
  | { id: 'F17'; variant?: 'again' | 'same-ids' }
  | { id: 'F18'; variant?: 'empty' | 'null' | 'blank-id' | 'no-function' | 'unknown-type' }
  | {
      id: 'F19';
      variant?:
        | 'blank'
        | 'null'
        | 'truncated'
        | 'array'
        | 'nan'
        | 'same-keys'
        | 'large'
        | 'proto'
        | 'texts'
        | 'comma';
    }
  | { id: 'F20'; name?: string };

/** What is odd about an object. */
export type DataFault =
  | { id: 'F24'; variant?: 'canceled' | 'cancelled' }
  | { id: 'F25'; variant?: 'empty' | 'blank' }
  | { id: 'F26' }
  /** An interrupt of another `type` (default 99), other `data`, without parameters. */
  | { id: 'F28'; type?: number; data?: 'empty' | 'json' | 'garbage' };

/** What happens on the side of the service while a client is busy. */
export type StateFault =
  /** `lost`: the submit works, its answer never comes. `again`: it is forgotten, and a second one asks again. */
  | { id: 'F16'; variant?: 'lost' | 'again' }
  /** The action of the chat is too old when the submit arrives. */
  | { id: 'F21' }
  /** The chat is cancelled after `afterFrames` frames (default 3); its stream goes on. */
  | { id: 'F23'; afterFrames?: number }
  /** The service is `skewMs` ahead (default 2 h) when it looks at a JWT, or the token expires in mid-stream. */
  | { id: 'F30'; variant?: 'skew' | 'mid-stream'; skewMs?: number }
  /** Ways of a self-hosted service. */
  | { id: 'F31'; variant?: 'stream-done' | 'plain-error' | 'token' | 'no-submit' }
  /** Another runner answers the action first. */
  | { id: 'F32' }
  /** `reset`, bytes that are not HTTP, or nobody listening for `downMs` (default 1000). */
  | { id: 'F33'; variant?: 'reset' | 'garbage' | 'refused'; downMs?: number };

/** Everything that can go wrong. */
export type FaultKind = StreamFault | ReplyFault | ActionFault | DataFault | StateFault;

/** Name of a fault. */
export type FaultId = FaultKind['id'];

/** A fault and the requests it hits. */
export type Fault = FaultTarget & FaultKind;
