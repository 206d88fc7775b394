/** Something that happened, as the server tells it. */
export interface LiveEvent {
  id: number;
  type: string;
  data: Record<string, unknown>;
}

/**
 * The events of a `text/event-stream`. `EventSource` cannot show a token, so the body is read; the server writes each
 * event as one block with one line of data.
 */
export async function* readEvents(response: Response): AsyncGenerator<LiveEvent> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (text + value).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = eventOf(block);
        if (event !== undefined) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function eventOf(block: string): LiveEvent | undefined {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => {
      const at = line.indexOf(': ');
      return [line.slice(0, Math.max(at, 0)), line.slice(at + 2)];
    }),
  );
  if (fields.data === undefined) return undefined;
  return { id: Number(fields.id ?? 0), type: fields.event ?? 'message', data: JSON.parse(fields.data) };
}
