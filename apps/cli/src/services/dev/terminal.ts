import { createInterface } from 'node:readline';

/** A person at a terminal, or a pipe in their place. */
export interface DevTerminal {
  /** Asks for a line; nothing when the person presses Ctrl-C or there is no terminal. Keys wait meanwhile. */
  ask(prompt: string): Promise<string | undefined>;
  close(): void;
}

/** What the person does. */
export interface DevTerminalOptions {
  /** A key was pressed. */
  onKey(key: string): void;
  /** A line came from a pipe. */
  onLine(line: string): void;
  /** The pipe has ended. */
  onEnd(): void;
}

/** Reads keys one by one from a terminal, and lines from a pipe. */
export function openDevTerminal(
  { onKey, onLine, onEnd }: DevTerminalOptions,
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WriteStream = process.stderr,
): DevTerminal {
  if (!input.isTTY) {
    const lines = createInterface({ input })
      .on('line', (line) => {
        if (line.trim() !== '') onLine(line);
      })
      .on('close', onEnd);
    return { ask: async () => undefined, close: () => lines.close() };
  }
  const press = (keys: Buffer) => {
    for (const key of keys.toString()) onKey(key);
  };
  const listen = () => void input.setRawMode(true).resume().on('data', press);
  const deafen = () => void input.removeListener('data', press).setRawMode(false);
  listen();
  return {
    async ask(prompt) {
      deafen();
      const reader = createInterface({ input, output, terminal: true });
      try {
        return await new Promise<string | undefined>((resolve) => {
          reader.on('close', () => resolve(undefined));
          reader.on('SIGINT', () => {
            output.write('^C\n');
            resolve(undefined);
          });
          reader.question(prompt, resolve);
        });
      } finally {
        reader.close();
        listen();
      }
    },
    close() {
      deafen();
      input.pause();
    },
  };
}
