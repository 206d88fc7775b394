import { setImmediate as nextTurn } from 'node:timers/promises';

/** Which request a fault is for. */
export interface FaultTarget {
  /** Path of the route, such as `/v3/chat`; any route when absent. */
  on?: string;
  /** Request of that route that is hit, from 1; every one when absent. */
  nth?: number;
}

/** What goes wrong with the bytes of a stream. */
export type StreamFault =
  /** Connection reset after k bytes of the body. */
  | { id: 'F01'; afterBytes: number }
  /** Clean end of the body after k bytes; without a number, before the `done` frame. */
  | { id: 'F02'; afterBytes?: number }
  /** The last frame is not followed by line ends. */
  | { id: 'F03' }
  /** The same bytes in chunks of this size. */
  | { id: 'F04'; chunkBytes: number }
  /** Nothing more after k bytes, and the connection stays open. */
  | { id: 'F08'; afterBytes: number };

/** An answer that is given instead of the route's own; the route does not run. */
export interface ReplyFault {
  id: 'F09' | 'F10' | 'F11' | 'F12' | 'F13' | 'F14' | 'F15';
  reply: { status: number; headers?: Record<string, string>; body: string };
}

/** A fault and the requests it hits. */
export type Fault = FaultTarget & (StreamFault | ReplyFault);

/** Where the bytes of a stream go. */
export interface ByteSink {
  /** Returns whether all of `bytes` are on their way. */
  write(bytes: Buffer): boolean;
  end(): void;
  reset(): void;
}

/** Wraps a sink so that the fault happens to what is written. */
export function wrapSink(fault: StreamFault, sink: ByteSink): ByteSink {
  switch (fault.id) {
    case 'F01':
      return cutAfter(fault.afterBytes, sink, () => sink.reset());
    case 'F02':
      if (fault.afterBytes === undefined) return endBeforeDone(sink);
      return cutAfter(fault.afterBytes, sink, () => sink.end());
    case 'F03':
      return withoutFinalNewline(sink);
    case 'F04':
      return inChunks(fault.chunkBytes, sink);
    case 'F08':
      return cutAfter(fault.afterBytes, sink, () => {});
  }
}

function cutAfter(maxBytes: number, sink: ByteSink, cut: () => void): ByteSink {
  let left = maxBytes;
  let isCut = false;
  const finish = () => {
    if (!isCut) cut();
    isCut = true;
  };
  return {
    write(bytes) {
      if (isCut) return false;
      const part = bytes.subarray(0, left);
      if (part.length > 0) sink.write(part);
      left -= part.length;
      if (left === 0) finish();
      return part.length === bytes.length;
    },
    end: finish,
    reset: () => sink.reset(),
  };
}

function endBeforeDone(sink: ByteSink): ByteSink {
  let isEnded = false;
  return {
    write(bytes) {
      isEnded ||= bytes.toString('latin1').startsWith('event:done\n');
      return isEnded ? false : sink.write(bytes);
    },
    end: () => sink.end(),
    reset: () => sink.reset(),
  };
}

function withoutFinalNewline(sink: ByteSink): ByteSink {
  let held = Buffer.alloc(0);
  return {
    write(bytes) {
      const all = Buffer.concat([held, bytes]);
      let end = all.length;
      while (end > 0 && all[end - 1] === 0x0a) end--;
      held = all.subarray(end);
      return sink.write(all.subarray(0, end));
    },
    end: () => sink.end(),
    reset: () => sink.reset(),
  };
}

/** Every chunk gets its own turn of the event loop; written in one turn they would travel as one. */
function inChunks(chunkBytes: number, sink: ByteSink): ByteSink {
  let written: Promise<void> = Promise.resolve();
  return {
    write(bytes) {
      written = written.then(async () => {
        for (let at = 0; at < bytes.length; at += chunkBytes) {
          sink.write(bytes.subarray(at, at + chunkBytes));
          await nextTurn();
        }
      });
      return true;
    },
    end: () => void written.then(() => sink.end()),
    reset: () => void written.then(() => sink.reset()),
  };
}
