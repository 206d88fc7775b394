import { createInterface, type Interface } from 'node:readline';

/** Lines that a person or a pipe gives. */
export interface Lines {
  /** The next line; `undefined` when there are no more. A person is shown `prompt`. */
  next(prompt: string): Promise<string | undefined>;
  /** Called for Ctrl-C of a person. */
  onInterrupt(run: () => void): void;
  close(): void;
}

/** Reads lines; those that come while nobody asks are kept. */
export function readLines(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Lines {
  let reader: Interface | undefined;
  const kept: string[] = [];
  const waiting: ((line: string | undefined) => void)[] = [];
  let isOver = false;
  let interrupt = () => {};
  // Nothing is read before somebody asks: a process that asks nothing leaves its input alone.
  const open = (): Interface => {
    reader ??= createInterface({ input, terminal: input.isTTY, ...(input.isTTY ? { output } : {}) })
      .on('line', (line) => {
        const ask = waiting.shift();
        if (ask) ask(line);
        else kept.push(line);
      })
      .on('close', () => {
        isOver = true;
        for (const ask of waiting.splice(0)) ask(undefined);
      })
      .on('SIGINT', () => interrupt());
    return reader;
  };
  return {
    next(prompt) {
      const line = kept.shift();
      if (line !== undefined || isOver) return Promise.resolve(line);
      const opened = open();
      if (input.isTTY) {
        opened.setPrompt(prompt);
        opened.prompt();
      }
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    onInterrupt(run) {
      interrupt = run;
      if (input.isTTY) open();
    },
    close: () => reader?.close(),
  };
}
