import type { JsonSchema } from '../types.ts';

/** Whether a type is for what a handler gets, where defaults are filled in, or for what it gives. */
export type TypeSide = 'input' | 'output';

/** A TypeScript type as text. */
interface TypeText {
  text: string;
  /** How tightly its parts hang together: a union inside of a list needs brackets. */
  kind: 'atom' | 'union' | 'intersection';
  /** The types that a union is made of. */
  members?: readonly TypeText[];
}

/** Longest line of a generated file. */
export const MAX_LINE = 110;
const UNKNOWN: TypeText = { text: 'unknown', kind: 'atom' };
const NEVER: TypeText = { text: 'never', kind: 'atom' };

/**
 * The TypeScript type of the values that a JSON Schema accepts. What a type cannot say, such as a bound or a pattern,
 * is left out.
 *
 * @param indent - Blanks before the lines after the first.
 * @param before - Characters before the type in its first line.
 */
export function emitType(schema: unknown, side: TypeSide, indent = '', before = 0): string {
  return typeOf(schema, { side, indent, before }).text;
}

interface Context {
  side: TypeSide;
  indent: string;
  before: number;
}

function typeOf(schema: unknown, context: Context): TypeText {
  if (schema === false) return NEVER;
  if (!isMap(schema)) return UNKNOWN;
  const parts = [ownType(schema, context), ...combined(schema, context)].filter(
    ({ text }) => text !== 'unknown',
  );
  const type = intersection(parts);
  return schema.nullable === true ? union([type, { text: 'null', kind: 'atom' }], context) : type;
}

function ownType(schema: JsonSchema, context: Context): TypeText {
  if ('const' in schema) return union([literal(schema.const)], context);
  if (Array.isArray(schema.enum)) return union(schema.enum.map(literal), context);
  const types = schema.type === undefined ? implied(schema) : [schema.type].flat().map(String);
  return types.length === 0
    ? UNKNOWN
    : union(
        types.map((type) => named(type, schema, context)),
        context,
      );
}

function named(type: string, schema: JsonSchema, context: Context): TypeText {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return { text: type, kind: 'atom' };
    case 'integer':
    case 'number':
      return { text: 'number', kind: 'atom' };
    case 'array':
      return listType(schema, context);
    case 'object':
      return objectType(schema, context);
    default:
      return UNKNOWN;
  }
}

/** A schema without `type` that speaks of members or items; it accepts other values too, but is not meant to. */
function implied(schema: JsonSchema): string[] {
  if ('properties' in schema) return ['object'];
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : [];
}

function listType(schema: JsonSchema, context: Context): TypeText {
  const inner = { ...context, before: context.before + 1 };
  if (!Array.isArray(schema.prefixItems)) {
    return { text: `${bracketed(typeOf(schema.items ?? {}, inner))}[]`, kind: 'atom' };
  }
  const line = tupleItems(schema, inner).join(', ');
  const isShort = !line.includes('\n') && context.before + line.length + 2 <= MAX_LINE;
  if (isShort) return { text: `[${line}]`, kind: 'atom' };
  const indent = `${context.indent}  `;
  const items = tupleItems(schema, { ...context, indent, before: indent.length + 1 });
  return {
    text: `[\n${items.map((item) => `${indent}${item},\n`).join('')}${context.indent}]`,
    kind: 'atom',
  };
}

function tupleItems(schema: JsonSchema, context: Context): string[] {
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
  const items = (schema.prefixItems as unknown[]).map((item, index) => {
    const type = typeOf(item, context);
    if (index >= least) return `${bracketed(type)}?`;
    return type.text.startsWith('\n') ? bracketed(type) : type.text;
  });
  return schema.items === false
    ? items
    : [...items, `...${bracketed(typeOf(schema.items ?? {}, context))}[]`];
}

function objectType(schema: JsonSchema, { side, indent }: Context): TypeText {
  const properties = Object.entries(isMap(schema.properties) ? schema.properties : {});
  const required = Array.isArray(schema.required) ? (schema.required as unknown[]) : [];
  const inner = `${indent}  `;
  const lines = properties.flatMap(([name, property]) => {
    const isFilled = side === 'input' && isMap(property) && property.default !== undefined;
    const mark = required.includes(name) || isFilled ? '' : '?';
    const head = `${inner}${propertyName(name)}${mark}: `;
    const type = emitType(property, side, inner, head.length + 1);
    return [...comment(property, inner), `${type.startsWith('\n') ? head.trimEnd() : head}${type};`];
  });
  const others = otherKeys(schema, { side, indent: inner, before: 0 });
  if (lines.length === 0) {
    return {
      text: `Record<string, ${others ?? (schema.additionalProperties === false ? 'never' : 'unknown')}>`,
      kind: 'atom',
    };
  }
  // A key that is named must fit what is said of all keys.
  if (others !== undefined) lines.push(`${inner}[key: string]: unknown;`);
  return { text: `{\n${lines.join('\n')}\n${indent}}`, kind: 'atom' };
}

/** Type of the keys that are not named; none when there are none, or nothing is said of them. */
function otherKeys(schema: JsonSchema, context: Context): string | undefined {
  const patterns = isMap(schema.patternProperties) ? Object.values(schema.patternProperties) : [];
  const { additionalProperties: additional } = schema;
  if (additional === true) return 'unknown';
  const schemas = [...patterns, ...(isMap(additional) ? [additional] : [])];
  return schemas.length === 0
    ? undefined
    : union(
        schemas.map((one) => typeOf(one, context)),
        context,
      ).text;
}

/** What `allOf`, `anyOf` and `oneOf` add. Branches that only demand keys say nothing that a type can. */
function combined(schema: JsonSchema, context: Context): TypeText[] {
  const all = Array.isArray(schema.allOf) ? schema.allOf.map((part: unknown) => typeOf(part, context)) : [];
  // The validator fills in no defaults below anyOf and oneOf, so there a key may be missing in an input too.
  const branchContext: Context = { ...context, side: 'output' };
  const unions = [schema.anyOf, schema.oneOf].filter(Array.isArray).map((branches) =>
    union(
      branches.map((branch: unknown) => typeOf(branch, branchContext)),
      context,
    ),
  );
  return [...all, ...unions];
}

/** One type or another, each once; as the formatter writes it. */
function union(parts: readonly TypeText[], { indent, before }: Context): TypeText {
  const flat = parts.flatMap((part) => part.members ?? [part]);
  const members = flat.filter(
    ({ text }, index) => text !== 'never' && flat.findIndex((other) => other.text === text) === index,
  );
  const [only] = members;
  if (only === undefined) return NEVER;
  if (members.length === 1) return only;
  if (members.some(({ text }) => text === 'unknown')) return UNKNOWN;
  const texts = members.map(bracketed);
  const line = texts.join(' | ');
  const isBroken = line.includes('\n');
  // An object beside null stays on the line of its name.
  const isShort = isBroken ? members.length === 2 && texts[1] === 'null' : before + line.length <= MAX_LINE;
  if (isShort) return { text: line, kind: 'union', members };
  const shifted = texts.map((text) => `\n${indent}  | ${text.replaceAll('\n', '\n    ')}`);
  return { text: shifted.join(''), kind: 'union', members };
}

function intersection(parts: readonly TypeText[]): TypeText {
  if (parts.length === 0) return UNKNOWN;
  if (parts.length === 1) return parts[0]!;
  return {
    text: parts.map((part) => (part.kind === 'union' ? `(${part.text.trimStart()})` : part.text)).join(' & '),
    kind: 'intersection',
  };
}

function bracketed({ text, kind }: TypeText): string {
  if (kind === 'atom') return text;
  const closing = /^\n( *) {2}\|/.exec(text);
  return closing === null ? `(${text})` : `(${text}\n${closing[1]})`;
}

function literal(value: unknown): TypeText {
  if (typeof value === 'string') return { text: quote(value), kind: 'atom' };
  if (typeof value === 'object' && value !== null) return UNKNOWN;
  return { text: String(value), kind: 'atom' };
}

/** A text in the quotes that the formatter chooses. */
export function quote(text: string): string {
  const double = JSON.stringify(text);
  if (text.includes("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"')}'`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/** The description of a property as a comment above it. */
function comment(property: unknown, indent: string): string[] {
  if (!isMap(property) || typeof property.description !== 'string') return [];
  const text = property.description.replace(/\s+/g, ' ').trim().replaceAll('*/', '*\\/');
  return text === '' ? [] : [`${indent}/** ${text} */`];
}

function isMap(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
