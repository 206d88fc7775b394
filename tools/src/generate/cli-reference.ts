import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { tableRow } from './schema-words.ts';

/** A flag, as the command line tells it; see `apps/cli/src/command-tree.ts`. */
interface Flag {
  name: string;
  char?: string;
  boolean?: true;
  allow_no?: true;
  required?: true;
  multiple?: true;
  options?: string[];
  default?: unknown;
  aliases?: string[];
  description: string;
}

/** What the command line tells of itself. */
export interface CliTree {
  topics: { topic: string; summary: { en: string; zh: string } }[];
  flags: Flag[];
  commands: {
    command: string;
    summary: { en: string; zh: string };
    description?: string;
    args: { name: string; required: boolean; multiple?: true; description: string }[];
    flags: Flag[];
    examples: string[];
  }[];
}

const PROGRAM = join(import.meta.dirname, '../../../apps/cli/src/command-tree.ts');

const INTRO = `# Command line

Every command, made by \`npm run generate -w tools\` from the commands themselves; [cli.json](cli.json) has the same for
programs. \`cozecut COMMAND --help\` shows it in the terminal, \`--lang zh\` in Chinese. Every tool of the manifest is a
command, too: \`cozecut tool run NAME --help\`.

stdout is for data, stderr for people. \`--json\` writes one object to stdout and nothing else; an error is
\`{"error": {"code", "message", "hint", "problems"}}\`. What takes its time is shown on a terminal by a sign or a bar that
goes away, and elsewhere by one line on stderr, such as \`Reading plugin.yaml\`, before it is done: for a manifest of many
tools, a tool that works with drafts or asks somebody, a large draft, a service, a store. Which lines there are depends on
the files and the command alone, not on how fast the machine is; \`--quiet\` and \`--json\` leave them out. \`NO_COLOR\` and \`--no-color\` leave out colours.

| exit code | meaning |
|---|---|
| 0 | it worked |
| 1 | it failed |
| 2 | the words on the command line, a setting or an input are wrong |
| 3 | findings: of a lint, a comparison, a test |
| 4 | a token, a secret or a sign-in is missing or refused |
| 5 | Coze, or another service, refused or failed |
| 6 | out of time |
| 130 | interrupted |
`;

/** Asks the command line for its tree; it is a program of its own, so that its packages are not those of the tools. */
export function cliTree(): CliTree {
  const text = execFileSync(process.execPath, ['--conditions=@cozecut/source', PROGRAM], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(text) as CliTree;
}

/** The reference page of the command line. */
export function cliReference({ topics, flags, commands }: CliTree): string {
  return [
    INTRO,
    '## Commands',
    '',
    '| command | does | 中文 |',
    '|---|---|---|',
    ...commands.map(({ command, summary }) =>
      tableRow([`[\`${command}\`](#${command.replaceAll(' ', '-')})`, summary.en, summary.zh]),
    ),
    '',
    '## Flags of every command',
    '',
    ...flagTable(flags),
    ...topicsAndCommands(topics, commands),
  ].join('\n');
}

function topicsAndCommands(topics: CliTree['topics'], commands: CliTree['commands']): string[] {
  return commands.flatMap((command, index) => {
    const [topic] = command.command.split(' ');
    const isFirst = commands[index - 1]?.command.split(' ')[0] !== topic;
    const about = topics.find((one) => one.topic === topic);
    return [
      ...(isFirst && about !== undefined ? [`## Topic \`${topic}\``, '', `${about.summary.en}.`, ''] : []),
      ...section(command),
    ];
  });
}

function section({
  command,
  summary,
  description,
  args,
  flags,
  examples,
}: CliTree['commands'][number]): string[] {
  const words = args.map(({ name, required, multiple }) => {
    const word = `${name.toUpperCase()}${multiple ? '…' : ''}`;
    return required ? word : `[${word}]`;
  });
  const needed = flags.filter(({ required }) => required).map((flag) => `${flagName(flag)}`);
  return [
    `### ${command}`,
    '',
    `\`${['cozecut', command, ...words, ...needed].join(' ')}\``,
    '',
    `${summary.en}.${description === undefined ? '' : ` ${description}`}`,
    '',
    ...(args.length === 0
      ? []
      : [
          '| argument | meaning |',
          '|---|---|',
          ...args.map(({ name, description: text }) => tableRow([`\`${name.toUpperCase()}\``, text])),
          '',
        ]),
    ...flagTable(flags),
    ...(examples.length === 0 ? [] : ['```', ...examples, '```', '']),
  ];
}

function flagTable(flags: readonly Flag[]): string[] {
  if (flags.length === 0) return [];
  return [
    '| flag | meaning |',
    '|---|---|',
    ...flags.map((flag) => {
      const { description, default: value, multiple, aliases = [] } = flag;
      const more = [
        value === undefined || value === false ? undefined : `default \`${String(value)}\``,
        multiple ? 'may be repeated' : undefined,
        aliases.length === 0 ? undefined : `also ${aliases.map((alias) => `\`--${alias}\``).join(', ')}`,
      ].filter((text) => text !== undefined);
      return tableRow([`\`${flagName(flag)}\``, [description, ...more].join('; ')]);
    }),
    '',
  ];
}

function flagName({ name, char, boolean, allow_no: allowNo, options }: Flag): string {
  const value = boolean ? '' : ` ${options === undefined ? 'VALUE' : options.join('|')}`;
  return `${char === undefined ? '' : `-${char}, `}--${allowNo ? '[no-]' : ''}${name}${value}`;
}
