import { isOfType } from '../../words.ts';
import { type Engine, UncommonSchema } from './node.ts';
import { TYPE_NAMES } from './types.ts';

const isNumber = (value: unknown) => typeof value === 'number';
const isText = (value: unknown) => typeof value === 'string';
const isMap = (value: unknown) => isOfType(value, 'object');
const isFlag = (value: unknown) => typeof value === 'boolean';
const isSchema = (value: unknown) => isMap(value) || isFlag(value);
const isList = (value: unknown) => Array.isArray(value) && value.length > 0;

/** The common keywords, and what they have to hold. */
const COMMON = new Map<string, (value: unknown) => boolean>([
  ['type', (value) => [value].flat().length > 0 && [value].flat().every((type) => TYPE_NAMES.has(type))],
  ['$ref', (value) => typeof value === 'string' && /^#($|\/)/.test(value)],
  ['enum', isList],
  ['anyOf', isList],
  ['oneOf', isList],
  ['allOf', isList],
  ['prefixItems', isList],
  ['required', (value) => Array.isArray(value) && value.every(isText)],
  ['properties', isMap],
  ['patternProperties', isMap],
  ['discriminator', isMap],
  ['items', isSchema],
  ['additionalProperties', isSchema],
  ['propertyNames', isSchema],
  ['pattern', isText],
  ['format', isText],
  ['uniqueItems', isFlag],
  ...[
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
    ...['minItems', 'maxItems', 'minProperties', 'maxProperties'],
  ].map((keyword) => [keyword, isNumber] as const),
]);

/** Keywords that restrict a value, or change what a reference means, in ways that only ajv knows. */
const UNCOMMON: ReadonlySet<string> = new Set([
  ...['$id', 'id', '$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveAnchor', '$recursiveRef', '$async'],
  ...['not', 'if', 'then', 'else', 'contains', 'minContains', 'maxContains', '$vocabulary'],
  ...['dependencies', 'dependentRequired', 'dependentSchemas', 'unevaluatedItems', 'unevaluatedProperties'],
]);

/** Accepts a schema of common keywords that are well formed; any other keyword is a note for people. */
export function assertCommon(schema: unknown): asserts schema is Record<string, unknown> {
  if (!isMap(schema)) throw new UncommonSchema();
  for (const [keyword, value] of Object.entries(schema as object)) {
    if (value === undefined) continue;
    if (UNCOMMON.has(keyword) || COMMON.get(keyword)?.(value) === false) throw new UncommonSchema();
  }
  const { type, nullable } = schema as { type?: unknown; nullable?: unknown };
  // Without a type, or against it, this is a mistake that ajv names.
  const isOdd = type === undefined || (nullable === false && [type].flat().includes('null'));
  if (nullable !== undefined && isOdd) throw new UncommonSchema();
}

/** A regular expression as schemas mean it. */
export function patternOf(pattern: string, engine: Engine): ReturnType<Engine> {
  try {
    return engine(pattern, 'u');
  } catch {
    throw new UncommonSchema();
  }
}
