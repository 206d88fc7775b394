/** What a person says, in the order in which it comes, for whoever reads it. */
export interface MessageQueue<Item = string> {
  /** Adds something for the reader. */
  push(item: Item): void;
  /** Nothing comes any more. */
  end(): void;
  /** What was pushed and what will be, until the end; for one reader. */
  items(): AsyncGenerator<Item>;
}

/** A queue with nothing in it. */
export function createMessageQueue<Item = string>(): MessageQueue<Item> {
  const kept: Item[] = [];
  let isOver = false;
  let wake = () => {};
  return {
    push(item) {
      kept.push(item);
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
    async *items() {
      for (;;) {
        const next = kept.shift();
        if (next !== undefined) yield next;
        else if (isOver) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
