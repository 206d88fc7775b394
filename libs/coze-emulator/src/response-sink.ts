import type { ServerResponse } from 'node:http';
import type { ByteSink } from './faults/sink.ts';

/** Waits until the socket takes more, so that a slow reader costs no memory. */
export function drained(res: ServerResponse): Promise<void> | undefined {
  if (!res.writableNeedDrain || res.destroyed) return undefined;
  return new Promise((resolve) => {
    const go = () => {
      res.off('drain', go).off('close', go);
      resolve();
    };
    res.on('drain', go).on('close', go);
  });
}

/** The end of the pipe: bytes go to the socket, a reset waits until they have left. */
export function responseSink(res: ServerResponse, close: (how: 'complete' | 'fault') => void): ByteSink {
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
