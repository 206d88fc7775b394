/** What {@link limitBody} needs to know. */
export interface BodyLimits {
  maxBytes: number;
  /** `content-length` of the answer. */
  announced: string | null;
  /** Makes the error for a body that is too long; `what` says how that was seen. */
  tooLarge(what: string): Error;
  /** Turns an error of the connection into the one to show. */
  explain(error: unknown): unknown;
  /** Called once when nothing more will be read. */
  finished(): void;
}

/**
 * Passes a body on and stops it as soon as it is longer than `maxBytes`, whether or not its length was announced.
 *
 * @throws what `tooLarge` makes, at once when the announced length is already too much.
 */
export function limitBody(
  body: ReadableStream<Uint8Array> | null,
  limits: BodyLimits,
): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  const { maxBytes, explain, finished } = limits;
  const announced = Number(limits.announced ?? 0);
  if (body === null) {
    finished();
    return null;
  }
  const reader = body.getReader();
  if (announced > maxBytes) {
    void reader.cancel().catch(() => undefined);
    throw limits.tooLarge(`announces ${announced} bytes, the limit is ${maxBytes}`);
  }
  let received = 0;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
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
