import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type ByteSink, type Fault, type ReplyFault, type StreamFault, wrapSink } from './faults.ts';
import type { Transcript, TranscriptEntry } from './transcript.ts';
import { chatFrame, type Frame, toJson } from './wire.ts';
import type { ChatRecord } from './world.ts';

/** One request and what is answered to it, written to the transcript on the way. */
export interface Exchange {
  received(body: unknown): void;
  /** Answers JSON. */
  json(status: number, value: object, chat?: ChatRecord): void;
  /** Answers what a fault says. */
  canned(fault: ReplyFault): void;
  /** Answers a stream, bent by the faults. */
  stream(frames: AsyncIterable<Frame>, chat: ChatRecord, faults: readonly StreamFault[]): Promise<void>;
}

/** Options of {@link createExchange}. */
export interface ExchangeOptions {
  req: IncomingMessage;
  res: ServerResponse;
  transcript: Transcript;
  conn: number;
  request: number;
  logId: string;
  nowMs(): number;
}

/** Binds a request and its response to the transcript. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { req, res, transcript, conn, request, logId } = options;
  const note = (entry: Partial<TranscriptEntry> & { dir: 'in' | 'out' }) =>
    transcript.add({
      t: options.nowMs(),
      conn,
      request,
      route: req.url ?? '',
      method: req.method ?? '',
      ...entry,
    });
  res.setHeader('X-Tt-Logid', logId);
  return {
    received: (body) => note({ dir: 'in', headers: plainHeaders(req.headers), body }),
    json(status, value, chat) {
      note({ dir: 'out', status, body: value, ...chatNote(chat) });
      res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(toJson(value));
    },
    canned({ reply }) {
      note({ dir: 'out', status: reply.status, body: reply.body });
      res.writeHead(reply.status, { 'Content-Type': 'application/json', ...reply.headers }).end(reply.body);
    },
    async stream(frames, chat, faults) {
      let closed: TranscriptEntry['closed'];
      const close = (how: NonNullable<TranscriptEntry['closed']>) => {
        if (!closed) note({ dir: 'out', closed: how, ...chatNote(chat) });
        closed ??= how;
      };
      res.on('close', () => close('client'));
      res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
      res.flushHeaders();
      const wire = responseSink(res, close);
      const sink = faults.reduceRight((inner, fault) => wrapSink(fault, inner), wire);
      for await (const { event, data } of frames) {
        const text = typeof data === 'string' ? data : toJson(data);
        const sent = sink.write(Buffer.from(chatFrame(event, text)));
        note({ dir: 'out', frame: { event, data: text }, sent, ...chatNote(chat) });
      }
      sink.end();
    },
  };
}

/** The end of the pipe: bytes go to the socket, a reset waits until they have left. */
function responseSink(res: ServerResponse, close: (how: 'complete' | 'fault') => void): ByteSink {
  let flushed: Promise<void> = Promise.resolve();
  return {
    write(bytes) {
      if (res.destroyed) return false;
      flushed = new Promise((resolve) => {
        res.write(bytes, () => resolve());
      });
      return true;
    },
    end() {
      if (res.destroyed) return;
      close('complete');
      res.end();
    },
    reset() {
      close('fault');
      const { socket } = res;
      void flushed.then(() => setImmediate(() => socket?.resetAndDestroy()));
    },
  };
}

/** The faults for one request, split by what they bend. */
export function splitFaults(faults: readonly Fault[]): {
  reply: ReplyFault | undefined;
  stream: StreamFault[];
} {
  const isReply = (fault: Fault): fault is Fault & ReplyFault => 'reply' in fault;
  return {
    reply: faults.find(isReply),
    stream: faults.filter((fault): fault is Fault & StreamFault => !isReply(fault)),
  };
}

function chatNote(chat: ChatRecord | undefined): { chat?: string; state?: string } {
  return chat ? { chat: chat.id, state: chat.status } : {};
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name !== 'host')
      .map(([name, value]) => [name, String(value)]),
  );
}
