import type { Interface } from 'node:readline';
import type { Answerer, QuestionField } from '@cozecut/plugin-host';
import { isOfType, parseBare, typeWords, UserError } from '@cozecut/problems';

/** JSON types that are checked; anything else that Coze asks for, such as an image, is text. */
const TYPED: ReadonlySet<string> = new Set(['integer', 'number', 'boolean', 'object', 'array']);

/** The streams of a process that a person answers at; each is made when it is first looked at, which takes its time. */
type Terminal = Pick<NodeJS.Process, 'stdin' | 'stderr'>;

/**
 * The person at the terminal; nobody when input or output is something else, such as a pipe.
 *
 * @param tell - Says what is wanted in the language of the person; what Coze asks stays as it is.
 */
export function terminalAnswerer(terminal: Terminal, tell: (text: string) => string): Answerer | undefined {
  if (!terminal.stderr.isTTY || !terminal.stdin.isTTY) return undefined;
  const { stdin: input, stderr: output } = terminal;
  return {
    who: 'person',
    ask: async ({ text, fields }, signal) => {
      // Most tools ask nothing, and what reads lines takes its time to load.
      const { createInterface } = await import('node:readline');
      const reader = createInterface({ input, output });
      // In a terminal the reader gets Ctrl-C in place of the program.
      reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
      try {
        if (text !== '') output.write(`${printable(text)}\n`);
        if (fields.length === 0) return await ask({ reader, signal, tell }, '> ', notBlank);
        const values: [string, unknown][] = [];
        for (const field of fields) {
          const value = await ask({ reader, signal, tell }, promptOf(field, tell), (line) =>
            readField(field, line),
          );
          if (value !== '') values.push([field.name, value]);
        }
        return Object.fromEntries(values);
      } finally {
        reader.close();
      }
    },
  };
}

interface Dialogue {
  reader: Interface;
  signal: AbortSignal;
  tell(text: string): string;
}

/** Asks until a line is understood. */
async function ask<T>(
  { reader, signal, tell }: Dialogue,
  prompt: string,
  read: (line: string) => { value: T } | { wanted: string },
): Promise<T> {
  for (let hint = ''; ; ) {
    const result = read(await lineOf(reader, `${hint}${prompt}`, signal));
    if ('value' in result) return result.value;
    hint = `${tell(result.wanted)}\n`;
  }
}

function lineOf(reader: Interface, prompt: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    const end = () =>
      reject(
        new UserError('CANCELLED', 'the question was not answered', { hint: 'type an answer and Enter' }),
      );
    signal.addEventListener('abort', leave, { once: true });
    reader.once('close', end);
    reader.question(prompt, (line) => {
      signal.removeEventListener('abort', leave);
      reader.removeListener('close', end);
      resolve(line);
    });
  });
}

function promptOf(
  { name, type, description, isRequired }: QuestionField,
  tell: (text: string) => string,
): string {
  const notes = [type || 'string', ...(isRequired ? ['required'] : [])].join(', ');
  return printable(`${description === '' ? '' : `${description}\n`}${tell(`${name} (${notes}): `)}`);
}

function notBlank(line: string): { value: string } | { wanted: string } {
  return line.trim() === '' ? { wanted: 'an answer is needed' } : { value: line };
}

/** The value of a line by the type of the field; blank stands for no value. */
function readField(
  { name, type, isRequired }: QuestionField,
  line: string,
): { value: unknown } | { wanted: string } {
  const text = line.trim();
  if (text === '') return isRequired ? { wanted: `${name} is required` } : { value: '' };
  if (!TYPED.has(type)) return { value: line };
  const value = type === 'object' || type === 'array' ? parseJson(text) : parseBare(text);
  return isOfType(value, type) ? { value } : { wanted: `${name} must be ${typeWords([type])}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without the characters that move the cursor or change the terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '');
}
