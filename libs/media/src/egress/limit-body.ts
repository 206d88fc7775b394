/** What {@link limitBody} needs to know. */
export interface BodyLimits {
  /** Limit of the whole content, in bytes. */
  maxBytes: number;
  /** Where in the content this body begins, for an answer to a request of a range. */
  startsAt: number;
  /** `content-length` of the answer. */
  announced: string | null;
  /** Rate that must be kept up, see `EGRESS_LIMITS`. */
  minBytesPerSecond: number;
  slowGraceMs: number;
  /** Makes the error for a body that is too long; `what` says how that was seen. */
  tooLarge(what: string): Error;
  /** Called when the body lags too far behind; has to stop the connection, whose error then comes out of the body. */
  tooSlow(): void;
  /** Turns an error of the connection into the one to show. */
  explain(error: unknown): unknown;
  /** Called once when nothing more will be read. */
  finished(): void;
}

/**
 * Passes a body on and stops it as soon as it is longer than `maxBytes`, whether or not its length was announced, or
 * comes too slowly. Only time that is spent waiting for the host counts, not that of a reader who takes its time.
 *
 * @throws what `tooLarge` makes, at once when the announced length is already too much.
 */
export function limitBody(
  body: ReadableStream<Uint8Array> | null,
  limits: BodyLimits,
): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  const { maxBytes, explain, finished } = limits;
  if (body === null) {
    finished();
    return null;
  }
  const reader = body.getReader();
  const announced = limits.startsAt + Number(limits.announced ?? 0);
  if (announced > maxBytes) {
    void reader.cancel().catch(() => undefined);
    throw limits.tooLarge(`announces ${announced} bytes, the limit is ${maxBytes}`);
  }
  const read = paced(reader, limits);
  let received = limits.startsAt;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await read();
        if (done) {
          finished();
          return controller.close();
        }
        received += value.byteLength;
        if (received > maxBytes) {
          void reader.cancel().catch(() => undefined);
          throw limits.tooLarge(`is longer than the limit of ${maxBytes} bytes`);
        }
        return controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        finished();
        throw explain(error);
      }
    },
    async cancel(reason) {
      finished();
      await reader.cancel(reason);
    },
  });
}

/** Reads with a purse of time: waiting spends it, every byte that arrives pays a little in, up to the grace. */
function paced(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { minBytesPerSecond, slowGraceMs, tooSlow }: BodyLimits,
): () => ReturnType<typeof reader.read> {
  let leftMs = slowGraceMs;
  return async () => {
    const began = performance.now();
    const timer = setTimeout(tooSlow, leftMs);
    timer.unref();
    try {
      const result = await reader.read();
      const paidMs = ((result.value?.byteLength ?? 0) * 1000) / minBytesPerSecond;
      leftMs = Math.min(slowGraceMs, Math.max(0, leftMs - (performance.now() - began)) + paidMs);
      return result;
    } finally {
      clearTimeout(timer);
    }
  };
}
