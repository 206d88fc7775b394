import { basename, dirname } from 'node:path';
import type { Plugin, Tool } from '@cozecut/manifest';
import { defaultText, type Schema, tableRow, typeName } from './schema-words.ts';

/** Groups of tools, by the folder of their files; those in the manifest itself come first. */
const GROUPS: Readonly<Record<string, string>> = {
  '': 'The way of a draft',
  draft: 'Drafts',
  add: 'Adding',
  edit: 'Looking and changing',
  edits: 'Edits',
  helper: 'Helpers',
  catalog: 'Catalog',
};

/** `docs/reference/jianying-tools.md`: every tool of a plugin, made from its manifest. */
export function toolsReference(plugin: Plugin): string {
  const groups = new Map<string, Tool[]>();
  for (const tool of plugin.tools) {
    const folder = basename(dirname(tool.location.file));
    const group = Object.hasOwn(GROUPS, folder) ? folder : '';
    groups.set(group, [...(groups.get(group) ?? []), tool]);
  }
  const lines = [...groups].flatMap(([group, tools]) => [
    `## ${GROUPS[group]}`,
    '',
    ...tools.flatMap(toolText),
  ]);
  return `${[
    '<!-- Made by `npm run generate -w tools`; a change here is lost. -->',
    '',
    `# Tools of ${plugin.name}`,
    '',
    'Each is at the path that is named, below `/coze/plugin` in the way of Coze, and a command: `cozecut tool run NAME`.',
    'All times are whole microseconds. Lists may be JSON text as well. [The guide](../guides/tools.md) tells how they go',
    'together.',
    '',
    ...lines,
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function toolText(tool: Tool): string[] {
  const { name, summary, description, http, modes, input, output, errors } = tool;
  const inputs = rows(input as Schema, '');
  return [
    `### ${name}`,
    '',
    `${summary}. ${description.model ?? ''}`.trim(),
    '',
    `\`${http.method} ${http.path}\`, ${modes.join(', ')}; answers ${keysOf(output as Schema)}; errors: ${errors.join(', ')}`,
    '',
    ...(inputs.length === 0
      ? []
      : ['| key | | what | default | meaning |', '|---|---|---|---|---|', ...inputs, '']),
  ];
}

function rows(schema: Schema, prefix: string): string[] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Schema>;
    required?: readonly string[];
  };
  return Object.entries(properties).flatMap(([key, property]) => {
    const items = property.items as Schema | undefined;
    const inner = property.properties === undefined ? items : property;
    const below =
      inner?.properties === undefined
        ? []
        : rows(inner, `${prefix}${key}${items === undefined ? '' : '[]'}.`);
    const cells = [
      `\`${prefix}${key}\``,
      required.includes(key) ? 'needed' : '',
      typeName(property),
      defaultText(property.default),
      String(property.description ?? '') + otherNames(property),
    ];
    return [tableRow(cells), ...below];
  });
}

function otherNames({ 'x-aliases': aliases }: Schema): string {
  if (!Array.isArray(aliases)) return '';
  return `; also ${aliases.map((alias) => `\`${alias}\``).join(', ')}`;
}

function keysOf({ properties = {} }: Schema): string {
  return Object.keys(properties as object)
    .map((key) => `\`${key}\``)
    .join(', ');
}
