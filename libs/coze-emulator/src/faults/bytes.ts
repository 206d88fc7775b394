import type { ByteSink } from './sink.ts';

const END_FRAME = /^(id: \d+\n)?event: ?(done|Done|conversation\.stream\.done)\n/;

/** Passes the first bytes on and then does `cut`. */
export function cutAfter(maxBytes: number, sink: ByteSink, cut: () => void): ByteSink {
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

/** Ends before the frame that says that the stream is over. */
export function endBeforeDone(sink: ByteSink): ByteSink {
  let isEnded = false;
  return {
    write(bytes) {
      isEnded ||= END_FRAME.test(bytes.toString('latin1'));
      return isEnded ? false : sink.write(bytes);
    },
    end: () => sink.end(),
    reset: () => sink.reset(),
  };
}

/** Holds back line ends until more comes. */
export function withoutFinalNewline(sink: ByteSink): ByteSink {
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

/** Every chunk travels by itself. */
export function inChunks(chunkBytes: number, sink: ByteSink, chunkLeft: () => Promise<void>): ByteSink {
  let written: Promise<void> = Promise.resolve();
  return {
    write(bytes) {
      written = written.then(async () => {
        for (let at = 0; at < bytes.length; at += chunkBytes) {
          sink.write(bytes.subarray(at, at + chunkBytes));
          await chunkLeft();
        }
      });
      return true;
    },
    end: () => void written.then(() => sink.end()),
    reset: () => void written.then(() => sink.reset()),
  };
}

/** Resets inside the first character that takes several bytes, or at the end when there is none. */
export function cutInsideCharacter(sink: ByteSink): ByteSink {
  let isCut = false;
  return {
    write(bytes) {
      if (isCut) return false;
      const at = bytes.findIndex((byte) => byte >= 0xc2);
      if (at < 0) return sink.write(bytes);
      isCut = true;
      sink.write(bytes.subarray(0, at + 1));
      sink.reset();
      return false;
    },
    end: () => (isCut ? undefined : sink.reset()),
    reset: () => sink.reset(),
  };
}
