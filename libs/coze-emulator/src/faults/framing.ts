import { gzipSync } from 'node:zlib';
import type { Frame } from '../wire/frame.ts';
import type { FaultEffect } from './effect.ts';
import type { ByteSink } from './sink.ts';
import type { StreamFault } from './types.ts';

type Params<Id extends StreamFault['id']> = Extract<StreamFault, { id: Id }>;

const ALL_FORMS = ['crlf', 'bom', 'comments', 'fields', 'retry'] as const;

/** F05: line ends, byte order mark, comments, unknown fields, `retry:`. */
export function otherSpelling({ forms = ALL_FORMS }: Params<'F05'>): FaultEffect {
  const has = (form: (typeof forms)[number]) => forms.includes(form);
  return {
    bendText(text, index) {
      const before = [
        has('comments') ? ': a comment\n' : '',
        has('retry') && index === 0 ? 'retry: 3000\n' : '',
        has('fields') ? 'future-field: 1\n' : '',
      ].join('');
      const lineEnd = has('cr') ? '\r' : has('crlf') ? '\r\n' : '\n';
      const mark = has('bom') && index === 0 ? '\uFEFF' : '';
      return mark + (before + text).replaceAll('\n', lineEnd);
    },
  };
}

/** F06: data over several lines, blank data, no event, event after the data. */
export function otherFields({ variant = 'multi-line' }: Params<'F06'>): FaultEffect {
  const extra = { 'empty-data': 'event:empty\ndata:\n\n', 'no-event': 'data:{}\n\n' };
  return {
    bendText(text, index) {
      if (variant === 'multi-line') return text.replace(/^data: ?(.*)$/m, (_, data) => manyLines(data));
      if (variant === 'event-after-data') return text.replace(/^(event:.*)\n((?:data:.*\n)+)/m, '$2$1\n');
      return index === 0 ? text + extra[variant] : text;
    },
  };
}

/** A line ends behind every comma and opening bracket; what the values are is left as it is. */
function manyLines(data: string): string {
  const text = data.replace(/"(?:\\.|[^"\\])*"|[{[,]/g, (part) =>
    part.startsWith('"') ? part : `${part}\n`,
  );
  return `data:${text.replaceAll('\n', '\ndata: ')}`;
}

/** F07: an unknown event after the first frame, an unknown key in front of the others. */
export function unknownThings(): FaultEffect {
  return {
    async *bendFrames(frames) {
      let isFirst = true;
      for await (const frame of frames) {
        yield frame;
        if (isFirst) yield { event: 'conversation.future.event', data: { future: true } };
        isFirst = false;
      }
    },
    bendJson: (text) => text.replace(/^\{(\}?)/, (_, end) => `{"future_field":{"a":[1]}${end || ','}`),
  };
}

/** F08 with a length: silence between two frames, with or without heartbeats. */
export function silence({ silenceMs = 180_000, afterFrames = 1, pingMs = 0 }: Params<'F08'>): FaultEffect {
  return {
    async *bendFrames(frames, { world, chat }) {
      let count = 0;
      for await (const frame of frames) {
        yield frame;
        if (++count !== afterFrames) continue;
        let leftMs = silenceMs;
        for (; pingMs > 0 && leftMs > pingMs; leftMs -= pingMs) {
          await world.clock.sleep(pingMs);
          yield chat ? { event: 'comment', data: 'ping', isComment: true } : { event: 'PING', data: {} };
        }
        await world.clock.sleep(leftMs);
      }
    },
  };
}

/** F27: the frames after the gap are numbered one higher. */
export function numberGap({ afterFrames = 1 }: Params<'F27'>): FaultEffect {
  return {
    async *bendFrames(frames) {
      let count = 0;
      for await (const frame of frames) {
        const isLate = count++ >= afterFrames;
        yield isLate && frame.id !== undefined ? { ...frame, id: frame.id + 1 } : frame;
      }
    },
  };
}

/** F29: compressed, without charset, or without chunks and ended by closing, as HTTP/1.0 does. */
export function otherTransport({ variant = 'gzip' }: Params<'F29'>): FaultEffect {
  if (variant === 'no-charset') {
    return {
      head: (res) => {
        const type = String(res.getHeader('Content-Type') ?? '');
        res.setHeader('Content-Type', type.replace(/;.*/, ''));
      },
    };
  }
  if (variant === 'close') {
    return {
      head(res) {
        res.useChunkedEncodingByDefault = false;
        res.shouldKeepAlive = false;
      },
    };
  }
  return { head: (res) => void res.setHeader('Content-Encoding', 'gzip'), wrapSink: gzipped };
}

/** Every write is a gzip member of its own; members may follow each other. */
function gzipped(sink: ByteSink): ByteSink {
  return { ...sink, write: (bytes) => sink.write(gzipSync(bytes)) };
}

/** F34: one large delta, or very many. */
export function flood(params: Params<'F34'>): FaultEffect {
  const { variant = 'large', bytes = 1024 * 1024, events = 100_000 } = params;
  const large = 'x'.repeat(bytes);
  let hit: string | undefined;
  return {
    async *bendFrames(frames) {
      for await (const frame of frames) {
        const message = answerOf(frame);
        const isDelta = message !== undefined && frame.event === 'conversation.message.delta';
        if (variant === 'many') {
          const blank = { ...message, content: '' };
          if (isDelta && hit === undefined) for (let n = 0; n < events; n++) yield { ...frame, data: blank };
          if (isDelta) hit = message.id;
          yield frame;
          continue;
        }
        const isBent = message !== undefined && (isDelta ? hit === undefined : hit === message.id);
        if (isDelta) hit ??= message.id;
        yield isBent ? { ...frame, data: { ...message, content: large + message.content } } : frame;
      }
    },
  };
}

function answerOf({ data }: Frame): { id: string; content: string } | undefined {
  if (typeof data === 'string') return undefined;
  const message = data as { type?: string; id: string; content: string };
  return message.type === 'answer' ? message : undefined;
}
