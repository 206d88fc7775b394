import { type Answer, createMessageQueue } from '@cozecut/runner';
import { type Lines, readLines } from './lines.ts';

/** The person at the terminal, or the pipe in their place. */
export interface Person {
  /** Aborted when the person leaves. */
  readonly signal: AbortSignal;
  /** What each bot is told: the one text for all, or lines as they come; `@name text` chooses who gets it. */
  bots(names: readonly string[], say: string | undefined): Map<string, AsyncIterable<string>>;
  /** Told which turn Ctrl-C cancels. */
  onTurn(name: string, cancel: () => void): void;
  /** Told that a turn is over. */
  onTurnEnd(name: string): void;
  /** Told that a bot takes no more messages; who says something to it hears that. */
  onEnd(name: string): void;
  /** Answers a workflow. */
  answer: Answer;
  close(): void;
}

/** Words that a person is shown. */
export interface PersonTexts {
  cancelled: string;
  leave: string;
  /** Follows the name of a bot that takes no more messages. */
  ended: string;
}

/**
 * Reads lines from the terminal or a pipe. Ctrl-C at a terminal cancels what is going on; a second one, or one while
 * nothing goes on, leaves.
 */
export function createPerson(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  texts: PersonTexts,
): Person {
  const control = new AbortController();
  const running = new Map<string, () => void>();
  const ended = new Set<string>();
  let isWarned = false;
  const lines: Lines = readLines(input, output);
  const interrupt = () => {
    if (isWarned) {
      control.abort();
      lines.close();
      return;
    }
    isWarned = true;
    output.write(`\n${running.size > 0 ? texts.cancelled : texts.leave}\n`);
    for (const cancel of running.values()) cancel();
  };
  const ask = async (prompt: string): Promise<string | undefined> => {
    const line = await lines.next(prompt);
    isWarned = false;
    return line;
  };
  const isListening = (name: string): boolean => {
    if (ended.has(name)) output.write(`@${name} ${texts.ended}\n`);
    return !ended.has(name);
  };
  return {
    signal: control.signal,
    bots(names, say) {
      if (say !== undefined) return new Map(names.map((name) => [name, once(say)]));
      lines.onInterrupt(interrupt);
      return names.length === 1 ? new Map([[names[0]!, said(ask)]]) : shared(names, ask, isListening);
    },
    onTurn: (name, cancel) => running.set(name, cancel),
    onTurnEnd: (name) => running.delete(name),
    onEnd: (name) => void ended.add(name),
    answer: async ({ kind, text, isRequired }) => {
      lines.onInterrupt(interrupt);
      const prompt = { authorization: '↵ ', question: '> ', input: `${text}: ` }[kind];
      for (;;) {
        const line = await ask(prompt);
        // A person who presses Enter too early is asked again; a script has said what it has to say.
        if (line?.trim() !== '' || !isRequired || !input.isTTY) return line;
      }
    },
    close: () => lines.close(),
  };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** Blank lines are nothing to say. */
async function* said(ask: (prompt: string) => Promise<string | undefined>): AsyncGenerator<string> {
  for (let line = await ask('> '); line !== undefined; line = await ask('> ')) {
    if (line.trim() !== '') yield line;
  }
}

/**
 * One source of lines for several bots: a line goes to the bot that it names, else to the one named last.
 *
 * @param isListening - Asked before each message; says why not.
 */
function shared(
  names: readonly string[],
  ask: (prompt: string) => Promise<string | undefined>,
  isListening: (name: string) => boolean,
): Map<string, AsyncIterable<string>> {
  const queues = new Map(names.map((name) => [name, createMessageQueue()]));
  let current = names[0]!;
  const route = async () => {
    for (;;) {
      const line = await ask(`@${current}> `);
      if (line === undefined) break;
      const [, name, text] = /^@(\S+)\s*(.*)$/s.exec(line) ?? [];
      const isNamed = name !== undefined && queues.has(name);
      if (isNamed) current = name;
      const message = isNamed ? text! : line;
      if (message.trim() !== '' && isListening(current)) queues.get(current)!.push(message);
    }
    for (const queue of queues.values()) queue.end();
  };
  void route();
  return new Map([...queues].map(([name, queue]) => [name, queue.items()]));
}
