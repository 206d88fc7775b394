import { INHERITABLE_KEYS, manifestJsonSchema } from '@cozecut/manifest';
import { branchesOf, defaultText, type Schema, tableRow, typeName } from './schema-words.ts';

/** One key of the manifest. */
interface Row {
  key: string;
  type: string;
  isRequired: boolean;
  fallback: unknown;
  description: string;
}

const INTRO = `# plugin.yaml

Every key of a manifest, made by \`npm run generate -w tools\` from the schema that the loader checks with. An editor
reads the same schema when the first line of the file names it:

\`\`\`yaml
# yaml-language-server: $schema=<address or path of plugin.schema.json>
\`\`\`

\`cozecut manifest schema\` writes that file, and with \`--kind Tool\` the one for included files. JSON is read wherever
YAML is. \`\${env:NAME}\`, \`\${env:NAME:-default}\` and \`\${env:NAME:?message}\` may stand for any value, \`x-…\` keys are
your own.

Classes of keys: **top** stands at the top of the manifest only; **inherited** is taken from the built-in value, then
\`defaults\`, then the tool, then \`overrides\` of the deployment; **deployment** stands in an entry of \`deployments\`
only; **tool** belongs to one tool. A required key is marked with \\*.
`;

/** The reference page of the manifest. */
export function manifestReference(): string {
  const { properties = {}, required = [] } = manifestJsonSchema() as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  const sections = Object.entries(properties).map(([name, schema]) => {
    const rows = [row(name, schema, required.includes(name)), ...rowsBelow(schema, name)];
    return [
      `## ${name}`,
      '',
      '| key | type | default | class | description |',
      '|---|---|---|---|---|',
      ...rows.map(printRow),
      '',
    ].join('\n');
  });
  return `${[INTRO, ...sections].join('\n').trimEnd()}\n`;
}

function printRow({ key, type, isRequired, fallback, description }: Row): string {
  return tableRow([
    `\`${key}\`${isRequired ? ' \\*' : ''}`,
    type,
    defaultText(fallback),
    classOf(key),
    description,
  ]);
}

function classOf(key: string): string {
  const last = key.split('.').at(-1) ?? '';
  const isInherited = (INHERITABLE_KEYS as readonly string[]).includes(last);
  if (/^(defaults|tools\[\])\.\w+$/.test(key) && isInherited) return 'inherited';
  if (key.includes('.overrides.') && isInherited) return 'inherited';
  if (key.startsWith('deployments.')) return 'deployment';
  return key.startsWith('tools[]') ? 'tool' : 'top';
}

function row(key: string, schema: Schema, isRequired: boolean): Row {
  return {
    key,
    type: typeName(schema),
    isRequired,
    fallback: schema.default,
    description: String(schema.description ?? ''),
  };
}

/** The keys below a key, in the order of the schema. */
function rowsBelow(schema: Schema, path: string): Row[] {
  // The fallback of a way to call Coze is one of the same ways.
  if (path.endsWith('.fallback')) return [];
  const rows: Row[] = [];
  const required = (schema.required ?? []) as string[];
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) {
    const key = `${path}.${name}`;
    rows.push(row(key, property, required.includes(name)), ...rowsBelow(property, key));
  }
  if (schema.items !== undefined) rows.push(...rowsBelow(schema.items as Schema, `${path}[]`));
  for (const [pattern, value] of Object.entries((schema.patternProperties ?? {}) as Record<string, Schema>)) {
    if (pattern !== '^x-') rows.push(...rowsBelow(value, `${path}.<name>`));
  }
  for (const branch of branchesOf(schema)) {
    const { const: way } = (branch.properties as Record<string, Schema> | undefined)?.type ?? {};
    const named = way === undefined ? path : `${path}(${String(way)})`;
    rows.push(...rowsBelow(branch, named));
  }
  return rows;
}
