import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS, type Setting } from '@cozecut/manifest';
import { type Schema, tableRow, typeName } from './schema-words.ts';

/** An entry of the table that the command line reads, too. */
interface NamedSetting {
  name: string;
  aliases?: string[];
  kind: string;
  meaning: string;
  default?: string;
}

const TABLE = join(import.meta.dirname, '../../../apps/cli/src/setting-table.json');

const INTRO = `# Settings

Every variable that the program reads, made by \`npm run generate -w tools\` from the table of the command line and the
schema of the manifest. How they are read is in [the guide](../guides/settings.md). \`cozecut config list\` shows what
holds on a machine; [.env.example](../../.env.example) has all of them.
`;

/** The reference page of the settings. */
export function settingsReference(): string {
  const above = (of: Setting['of'], title: string) => [
    '',
    `## ${title}`,
    '',
    '| name | key | value | meaning |',
    '|---|---|---|---|',
    ...SETTINGS.filter((setting) => setting.of === of).map(({ key, variables, schema }) =>
      tableRow([names(variables), `\`${key}\``, typeName(schema as Schema), schema.description ?? '']),
    ),
  ];
  return [
    INTRO,
    '## Of the program',
    '',
    '| name | default | meaning |',
    '|---|---|---|',
    ...namedSettings().map(({ name, aliases = [], meaning, default: fallback = '' }) =>
      tableRow([names([name, ...aliases]), fallback, meaning]),
    ),
    ...above('tools', 'Above every tool of the manifest'),
    ...above('deployment', 'Above the deployment that is selected'),
    '',
  ].join('\n');
}

/** `.env.example`: every variable, none of them set. */
export function envExample(): string {
  const named = namedSettings().flatMap(({ name, kind, meaning, default: fallback }) => [
    `# ${plain(meaning)}${fallback === undefined ? '' : ` (default: ${plain(fallback)})`}`,
    ...(kind === 'secret' || kind === 'key' ? [`# secret; ${name}_FILE may name a file that holds it`] : []),
    `#${name}=`,
    '',
  ]);
  const above = SETTINGS.flatMap(({ key, of, variables, schema }) => [
    `# ${of === 'tools' ? `${key} of every tool` : `${key} of the deployment`}: ${plain(schema.description ?? key)}`,
    `#${variables[0]}=`,
    '',
  ]);
  return [
    '# Every setting; made by `npm run generate -w tools`. Copy to .env, which is read from the current folder.',
    '',
    ...named,
    '# What follows stands above what the manifest says.',
    '',
    ...above,
  ].join('\n');
}

function namedSettings(): NamedSetting[] {
  return JSON.parse(readFileSync(TABLE, 'utf8')) as NamedSetting[];
}

function names([name, ...aliases]: readonly string[]): string {
  return `\`${name}\`${aliases.map((alias) => ` (\`${alias}\`)`).join('')}`;
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
