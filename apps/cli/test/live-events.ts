/** One event of a stream of the server. */
export interface LiveEvent {
  id: string;
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what the tests are about
  data: any;
}

/** A stream of events that is read while the test goes on. */
export interface LiveEvents {
  /** What has come so far. */
  readonly all: LiveEvent[];
  /** The first event from now on, or that nobody has waited for yet, that is meant. */
  next(isMeant: (event: LiveEvent) => boolean): Promise<LiveEvent>;
  close(): void;
}

/** Reads the server-sent events of an address. */
export async function readEvents(url: string, headers: Record<string, string> = {}): Promise<LiveEvents> {
  const control = new AbortController();
  const response = await fetch(url, { headers, signal: control.signal });
  const all: LiveEvent[] = [];
  let seen = 0;
  let wake = Promise.withResolvers<void>();
  let isOver = false;
  void (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop()!;
      for (const frame of frames) {
        const fields = new Map(
          frame
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
        );
        const data = fields.get('data');
        if (data !== undefined) {
          all.push({ id: fields.get('id')!, type: fields.get('event')!, data: JSON.parse(data) });
        }
      }
      wake.resolve();
      wake = Promise.withResolvers();
    }
  })()
    .catch(() => {})
    .finally(() => {
      isOver = true;
      wake.resolve();
    });
  return {
    all,
    async next(isMeant) {
      for (;;) {
        const woken = wake.promise;
        for (; seen < all.length; seen++) {
          const event = all[seen]!;
          if (isMeant(event)) {
            seen++;
            return event;
          }
        }
        if (isOver) throw new Error(`the stream ended: ${JSON.stringify(all.slice(-5))}`);
        await woken;
      }
    },
    close: () => control.abort(),
  };
}
