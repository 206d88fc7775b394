import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { parseExact } from './exact-json.ts';
import type { FaultContext, FaultEffect } from './faults/effect.ts';
import type { ByteSink } from './faults/sink.ts';
import type { Reply } from './faults/types.ts';
import { drained, responseSink } from './response-sink.ts';
import type { Answer } from './routes/route.ts';
import type { Transcript, TranscriptEntry } from './transcript/transcript.ts';
import { dataText, type Frame, frameText, toJson } from './wire/frame.ts';
import type { ChatRecord } from './world.ts';

/** One request and what is answered to it, written to the transcript on the way. */
export interface Exchange {
  received(body: unknown, faults: readonly string[]): void;
  /** Answers JSON. */
  json(status: number, value: object, more?: JsonMore): void;
  /** Answers what a fault says. */
  canned(reply: Reply): void;
  /** Answers a stream, bent by the faults. */
  stream(answer: Extract<Answer, { kind: 'stream' }>, context: FaultContext): Promise<void>;
  /** Runs a stream to its end and answers nothing; without a stream the connection just breaks. */
  lose(frames?: AsyncIterable<Frame>): Promise<void>;
}

/** What belongs to a JSON answer besides its value. */
export interface JsonMore {
  chat?: ChatRecord | undefined;
  headers?: Record<string, string>;
  violation?: string | undefined;
}

/** Options of {@link createExchange}. */
export interface ExchangeOptions {
  req: IncomingMessage;
  res: ServerResponse;
  transcript: Transcript;
  conn: number;
  request: number;
  logId: string;
  effects: readonly FaultEffect[];
  nowMs(): number;
  /** Resolves when what was written travels by itself. */
  chunkLeft(): Promise<void>;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Binds a request and its response to the transcript. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { req, res, transcript, conn, request, logId, effects, chunkLeft } = options;
  /** The first fault is the first to see the bytes. */
  const wrapped = (bending: readonly FaultEffect[], sink: ByteSink): ByteSink =>
    bending.reduceRight((inner, { wrapSink }) => wrapSink?.(inner, chunkLeft) ?? inner, sink);
  const note = (entry: Partial<TranscriptEntry> & { dir: 'in' | 'out' }) =>
    transcript.add({
      t: options.nowMs(),
      conn,
      request,
      route: req.url ?? '',
      method: req.method ?? '',
      ...entry,
    });
  const bent = (text: string, event?: string) =>
    effects.reduce((value, { bendJson }) => bendJson?.(value, event) ?? value, text);
  /** Sends the head of the answer as the faults want it. */
  const begin = (status: number, headers: Record<string, string>) => {
    res.statusCode = status;
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    for (const { head } of effects) head?.(res);
  };
  const packed = (text: string) =>
    res.getHeader('Content-Encoding') === 'gzip' ? gzipSync(text) : Buffer.from(text);
  res.setHeader('X-Tt-Logid', logId);
  // Clients find out by it how far the clocks are apart.
  res.setHeader('Date', new Date(options.nowMs()).toUTCString());
  return {
    received: (body, faults) =>
      note({
        dir: 'in',
        headers: plainHeaders(req.headers),
        body,
        ...(faults.length > 0 ? { faults: [...faults] } : {}),
      }),
    json(status, value, { chat, headers = {}, violation } = {}) {
      const text = bent(toJson(value));
      note({
        dir: 'out',
        status,
        body: parsed(text),
        ...chatNote(chat),
        ...(violation ? { violation } : {}),
      });
      begin(status, { 'Content-Type': JSON_TYPE, ...headers });
      const bytes = packed(text);
      const bending = effects.filter(({ isForJson }) => isForJson);
      if (bending.length === 0) return void res.end(bytes);
      const sink = wrapped(
        bending,
        responseSink(res, (how) => note({ dir: 'out', closed: how })),
      );
      sink.write(bytes);
      sink.end();
    },
    canned(reply) {
      note({ dir: 'out', status: reply.status, body: reply.body });
      begin(reply.status, { 'Content-Type': 'application/json', ...reply.headers });
      res.end(packed(reply.body));
    },
    async stream({ frames, framing, chat }, context) {
      let closed: TranscriptEntry['closed'];
      const close = (how: NonNullable<TranscriptEntry['closed']>) => {
        if (!closed) note({ dir: 'out', closed: how, ...chatNote(chat) });
        closed ??= how;
      };
      res.on('close', () => close('client'));
      begin(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
      res.flushHeaders();
      const bentFrames = effects.reduce(
        (inner, { bendFrames }) => bendFrames?.(inner, { ...context, chat }) ?? inner,
        frames,
      );
      const sink = wrapped(effects, responseSink(res, close));
      let index = 0;
      for await (const frame of bentFrames) {
        const data = frame.isComment ? dataText(frame) : bent(dataText(frame), frame.event);
        const text = effects.reduce(
          (value, { bendText }) => bendText?.(value, index) ?? value,
          frameText(framing, frame, data),
        );
        index++;
        const sent = sink.write(Buffer.from(text));
        note({ dir: 'out', frame: frameNote(frame, data), sent, ...chatNote(chat) });
        await drained(res);
      }
      sink.end();
    },
    async lose(frames) {
      if (frames) for await (const _ of frames);
      note({ dir: 'out', closed: 'fault' });
      res.socket?.resetAndDestroy();
    },
  };
}

function frameNote({ event, id }: Frame, data: string): NonNullable<TranscriptEntry['frame']> {
  return { ...(id === undefined ? {} : { id }), event, data };
}

function chatNote(chat: ChatRecord | undefined): { chat?: string; state?: string } {
  return chat ? { chat: chat.id, state: chat.status } : {};
}

function parsed(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return text;
  }
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name !== 'host')
      .map(([name, value]) => [name, String(value)]),
  );
}
