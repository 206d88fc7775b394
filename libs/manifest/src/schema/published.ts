import { ManifestSchema, ToolFileSchema } from './manifest.ts';

type Schema = { [keyword: string]: unknown };

/** What may stand for any value: the loader puts the value of the variable in its place. */
const REFERENCE: Schema = {
  type: 'string',
  pattern: '\\$\\{env:',
  description: 'Value of an environment variable',
};

/**
 * The JSON Schema (2020-12) of `plugin.yaml` for editors, or that of a file of `kind: Tool`. It is the schema that
 * the loader validates with, plus `${env:…}` where a value is not free text.
 */
export function manifestJsonSchema(kind: 'Plugin' | 'Tool' = 'Plugin'): Record<string, unknown> {
  const source = kind === 'Plugin' ? ManifestSchema : ToolFileSchema;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://json.schemastore.org/cozecut-${kind.toLowerCase()}.json`,
    title: kind === 'Plugin' ? 'cozecut plugin manifest' : 'cozecut tool file',
    ...publish(JSON.parse(JSON.stringify(source)) as Schema),
  };
}

function publish(schema: Schema): Schema {
  const copy: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' || keyword === 'patternProperties')
      copy[keyword] = publishMap(value as Schema);
    else if (keyword === 'items') copy[keyword] = publish(value as Schema);
    else if (keyword === 'anyOf') copy[keyword] = (value as Schema[]).map(publish);
    else copy[keyword] = value;
  }
  const isFreeText = copy.type === 'string' && copy.pattern === undefined;
  const isValue =
    ['string', 'integer', 'number', 'boolean'].includes(String(copy.type)) || Array.isArray(copy.enum);
  if (!isValue || isFreeText || copy.const !== undefined) return copy;
  const { description: _, default: __, ...form } = copy;
  return {
    anyOf: [form, REFERENCE],
    ...(copy.description === undefined ? {} : { description: copy.description }),
    ...(copy.default === undefined ? {} : { default: copy.default }),
  };
}

function publishMap(schemas: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, publish(schema as Schema)]),
  );
}
