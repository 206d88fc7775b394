/**
 * The program of a thread that looks into one content after the other. It has no files and no network: the bytes come
 * from whoever started it. What it answers with is in `messages.ts`.
 */
import { parentPort } from 'node:worker_threads';
import { lookInto } from './look-into.ts';
import type { FromThread, ToThread } from './messages.ts';

const port = parentPort!;
const answer = (message: FromThread) => port.postMessage(message);
/** What waits for bytes, by the number of the read. */
const reads = new Map<number, PromiseWithResolvers<Uint8Array>>();
let lastRead = 0;
/** Of the content that is looked into; what goes on for a former one gets no more bytes. */
let current = 0;

// What a parser does besides what was asked of it is nobody's error.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});

// What it takes to start is not the time of a content.
end();

port.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'look':
      void look(message);
      break;
    case 'bytes': {
      const read = reads.get(message.read);
      reads.delete(message.read);
      if (message.failure === undefined) read?.resolve(message.bytes);
      else read?.reject(new Error(message.failure));
      break;
    }
    case 'leave':
      end();
  }
});

async function look({ size, isFar, sniffed }: Extract<ToThread, { kind: 'look' }>): Promise<void> {
  current += 1;
  const own = current;
  const source = {
    size,
    isFar,
    async read(start: number, end: number): Promise<Uint8Array> {
      if (own !== current) return new Promise(() => {});
      const bytes = Promise.withResolvers<Uint8Array>();
      lastRead += 1;
      reads.set(lastRead, bytes);
      answer({ kind: 'read', read: lastRead, start, end });
      return bytes.promise;
    },
  };
  const result = await lookInto(source, sniffed).catch((error: unknown) => ({
    failed: error instanceof Error ? error.message : String(error),
  }));
  if (own !== current) return;
  answer({ kind: 'look', ...result });
  end();
}

/** What still runs for the content shows itself by not letting this come. */
function end(): void {
  current += 1;
  reads.clear();
  setImmediate(() => answer({ kind: 'free' }));
}
