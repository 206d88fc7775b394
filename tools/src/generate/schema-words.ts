/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown };

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'map',
  boolean: 'true or false',
  integer: 'whole number',
  null: '`null`',
};

/** The forms of a value, without that of a reference to a variable. */
export function branchesOf(schema: Schema): Schema[] {
  const all = (schema.anyOf ?? schema.oneOf ?? []) as Schema[];
  return all.filter(({ pattern }) => pattern !== '\\$\\{env:');
}

/** What a value may be, in words. */
export function typeName(schema: Schema): string {
  const forms = branchesOf(schema);
  if (forms.length > 0) return [...new Set(forms.map(typeName))].join(' or ');
  if ('const' in schema) return `\`${String(schema.const)}\``;
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeName({ ...schema, type })).join(' or ');
  if (schema.type === 'array') return `list of ${typeName((schema.items ?? {}) as Schema)}`;
  if (schema.type === 'string' && typeof schema.patternErrorMessage === 'string') {
    return schema.patternErrorMessage;
  }
  return TYPE_WORDS[String(schema.type)] ?? String(schema.type ?? 'anything');
}

/** A default as it is written, or nothing. */
export function defaultText(fallback: unknown): string {
  return fallback === undefined
    ? ''
    : `\`${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}\``;
}

/** A row of a table; the last cell is plain text. */
export function tableRow(cells: readonly string[]): string {
  const last = cells.at(-1)!.replaceAll('*', '\\*');
  return `| ${[...cells.slice(0, -1), last].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
