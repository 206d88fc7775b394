import { readFileSync } from 'node:fs';

/** A fenced block of a page, with the marks in front of it. */
export interface Block {
  /** Line of its fence, from 1. */
  line: number;
  language: string;
  text: string;
  /** `<!-- file: NAME -->`: the block is the content of this file. */
  file: string | undefined;
  /** `<!-- skip: REASON -->` for the whole block, `<!-- skip "WORDS": REASON -->` for commands with these words. */
  skips: { words: string | undefined; reason: string }[];
  /** `<!-- exit CODE "WORDS" -->`: commands with these words end with this code. */
  exits: { words: string; code: number }[];
  /** `<!-- setup` … `-->`: commands that make what the reader has anyway. */
  setup: string[];
  /** `<!-- shows -->`: what the commands of the block before print; `…` stands for what differs from time to time. */
  isOutput: boolean;
}

/**
 * Reads the blocks of a page of Markdown, or of the examples in the docstrings of a source; what a mark says that nobody
 * knows is a mistake.
 */
export function readPage(path: string): Block[] {
  const text = readFileSync(path, 'utf8');
  const lines = (path.endsWith('.ts') ? examplesOf(text) : text).split('\n');
  const blocks: Block[] = [];
  let marks = noMarks();
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const fence = /^( *)```(\w*)$/.exec(line);
    if (fence !== null) {
      const end = lines.findIndex((other, index) => index > at && other === `${fence[1]}\`\`\``);
      if (end < 0) throw new Error(`${path}:${at + 1} a block has no end`);
      const indent = fence[1]!.length;
      const text = lines
        .slice(at + 1, end)
        .map((inner) => inner.slice(indent))
        .join('\n');
      blocks.push({ line: at + 1, language: fence[2]!, text, ...marks });
      marks = noMarks();
      at = end;
    } else if (/^\s*(?:```|~~~)/.test(line)) {
      throw new Error(`${path}:${at + 1} is a fence that nobody would run: ${line}`);
    } else if (line.trim() === '<!-- setup') {
      const end = lines.findIndex((other, index) => index > at && other.trim() === '-->');
      marks.setup.push(lines.slice(at + 1, end).join('\n'));
      at = end;
    } else if (/^\s*<!--(?! Made by )/.test(line)) readMark(line, marks, `${path}:${at + 1}`);
    else if (line.trim() !== '') marks = { ...noMarks(), setup: marks.setup };
  }
  return blocks;
}

/** The examples of a source: everything else is a blank line, so that each line keeps its number. */
function examplesOf(source: string): string {
  let isExample = false;
  return source
    .split('\n')
    .map((line) => {
      const [, words] = /^\s*\* ?(?!\/)(.*)$/.exec(line) ?? [];
      const [, tag] = /^@(\w+)/.exec(words ?? '') ?? [];
      if (words === undefined || tag !== undefined) isExample = tag === 'example';
      return isExample && tag === undefined ? words : '';
    })
    .join('\n');
}

/** A page without its blocks. */
export function proseOf(path: string): string {
  return readFileSync(path, 'utf8').replace(/^( *)```[\s\S]*?^\1```$/gm, '');
}

type Marks = Pick<Block, 'file' | 'skips' | 'exits' | 'setup' | 'isOutput'>;

function noMarks(): Marks {
  return { file: undefined, skips: [], exits: [], setup: [], isOutput: false };
}

function readMark(line: string, marks: Marks, place: string): void {
  const [, file] = /^\s*<!-- file: (\S+) -->$/.exec(line) ?? [];
  const [, , words, reason] = /^\s*<!-- skip( "([^"]+)")?: (\S.*) -->$/.exec(line) ?? [];
  const [, code, about] = /^\s*<!-- exit (\d+) "([^"]+)" -->$/.exec(line) ?? [];
  if (/^\s*<!-- shows -->$/.test(line)) marks.isOutput = true;
  else if (file !== undefined) marks.file = file;
  else if (reason !== undefined) marks.skips.push({ words, reason });
  else if (code !== undefined) marks.exits.push({ words: about!, code: Number(code) });
  else throw new Error(`${place} is no mark that is known: ${line}`);
}

/** The commands of a shell block: one each, with lines that go on and texts behind `<<`. */
export function commandsOf(text: string): string[] {
  const commands: string[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    let command = lines[at]!;
    while (command.endsWith('\\') && at + 1 < lines.length) command += `\n${lines[++at]}`;
    const [, end] = /<<-?\s*'?(\w+)'?/.exec(command) ?? [];
    while (end !== undefined && at + 1 < lines.length) {
      command += `\n${lines[++at]}`;
      if (lines[at] === end) break;
    }
    if (command.trim() !== '' && !/^\s*#/.test(command)) commands.push(command);
  }
  return commands;
}
