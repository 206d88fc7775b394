import type { DefinedError, ErrorObject } from 'ajv';
import type { PathSegment } from '../pointer.ts';
import { closest } from '../suggest.ts';
import { isOfType, orList, parseBare, showValue, typeWords } from '../words.ts';
import { hidden, type Violation } from './violation.ts';

type Schema = Record<string, unknown>;

/** Keys that a hint names; a longer list is no help. */
const MAX_KEYS = 24;

/** Turns one error of the validator into words. Unions are resolved before. */
export function explain(error: ErrorObject, path: PathSegment[]): Violation {
  const violation = explainKeyword(error, path);
  const isSecret = (error.parentSchema as Schema | undefined)?.writeOnly === true;
  return isSecret && violation.part === 'value' ? hidden(violation) : violation;
}

function explainKeyword(error: ErrorObject, path: PathSegment[]): Violation {
  const known = error as DefinedError;
  const schema = (error.parentSchema ?? {}) as Schema;
  const value: unknown = error.data;
  const wrong = (expected: string, extra: Partial<Violation> = {}): Violation => ({
    code: 'WRONG_VALUE',
    path,
    part: 'value',
    expected,
    value,
    ...extra,
  });
  switch (known.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key =
        'additionalProperty' in known.params
          ? known.params.additionalProperty
          : (known.params as { unevaluatedProperty: string }).unevaluatedProperty;
      const keys = missingKeys(schema, value);
      const suggestions = closest(key, keys);
      return {
        code: 'UNKNOWN_KEY',
        path: [...path, key],
        part: 'key',
        expected: `unknown key "${key}"`,
        suggestions,
        ...(suggestions.length > 0 ? {} : keysHint(Object.keys(propertiesOf(schema)), keys)),
      };
    }
    case 'required':
    case 'dependentRequired':
      return explainMissing([...path, known.params.missingProperty], schema);
    case 'type':
      return explainType(path, value, [known.params.type].flat() as string[], schema);
    case 'enum':
    case 'const': {
      const allowed: unknown[] =
        known.keyword === 'enum' ? known.params.allowedValues : [known.params.allowedValue];
      return explainChoice(path, value, allowed);
    }
    case 'pattern':
      return wrong(
        typeof schema.patternErrorMessage === 'string'
          ? `must be ${schema.patternErrorMessage}`
          : `must match ${String(schema.pattern)}`,
      );
    case 'format':
      return wrong(`must be a valid ${known.params.format}`);
    case 'propertyNames': {
      const names = schema.propertyNames as Schema | undefined;
      const expected = names?.patternErrorMessage ?? `a name that matches ${String(names?.pattern)}`;
      const name = known.params.propertyName;
      return {
        ...wrong(`must be ${expected}`),
        path: [...path, name],
        part: 'key',
        value: name,
      };
    }
    case 'minLength':
      return wrong(
        known.params.limit === 1
          ? 'must not be empty'
          : `must have at least ${known.params.limit} characters`,
      );
    case 'maxLength':
      return wrong(`must have at most ${known.params.limit} characters`);
    case 'minItems':
      return wrong(`must have at least ${count(known.params.limit, 'item')}`);
    case 'maxItems':
      return wrong(`must have at most ${count(known.params.limit, 'item')}`);
    case 'minProperties':
      return wrong(`must have at least ${count(known.params.limit, 'key')}`);
    case 'maxProperties':
      return wrong(`must have at most ${count(known.params.limit, 'key')}`);
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return wrong(`must be ${known.params.comparison} ${known.params.limit}`);
    case 'multipleOf':
      return wrong(`must be a multiple of ${known.params.multipleOf}`);
    case 'uniqueItems': {
      const { i, j } = known.params;
      const first = Math.min(i, j);
      const second = Math.max(i, j);
      return {
        ...wrong(`must not repeat item ${first}`),
        path: [...path, second],
        value: Array.isArray(value) ? value[second] : value,
      };
    }
    case 'oneOf':
      return wrong('must fit one of the alternatives, and it fits more than one');
    default:
      return wrong(error.keyword === 'false schema' ? 'must be left out' : (error.message ?? 'is not valid'));
  }
}

/** A value of the wrong type. */
export function explainType(
  path: PathSegment[],
  value: unknown,
  types: readonly string[],
  schema: Schema = {},
): Violation {
  const form = schema.patternErrorMessage;
  const expected = `must be ${typeof form === 'string' ? form : typeWords(types)}`;
  return {
    code: 'WRONG_TYPE',
    path,
    part: 'value',
    expected,
    types,
    value,
    ...typeHint(value, types, schema),
  };
}

/** A key that is not there. */
export function explainMissing(path: PathSegment[], schema: Schema = {}): Violation {
  const key = String(path.at(-1));
  const property = (schema.properties as Record<string, Schema> | undefined)?.[key];
  const fixed = property?.const ?? property?.enum;
  const hint = Array.isArray(fixed)
    ? `${key} is one of ${orList(fixed.map(String))}`
    : fixed !== undefined
      ? `Add ${key}: ${String(fixed)}`
      : typeof property?.description === 'string'
        ? `${key}: ${property.description}`
        : undefined;
  return {
    code: 'MISSING_KEY',
    path,
    part: 'key',
    expected: `needs "${key}"`,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** A value that is none of those that are allowed. */
export function explainChoice(path: PathSegment[], value: unknown, allowed: readonly unknown[]): Violation {
  const words = allowed.filter((item) => typeof item === 'string');
  const list = orList(allowed.map((item) => (typeof item === 'string' ? item : showValue(item))));
  const expected = allowed.length === 1 ? `must be ${list}` : `must be one of ${list}`;
  const suggestions = typeof value === 'string' ? closest(value, words) : [];
  return { code: 'WRONG_VALUE', path, part: 'value', expected, value, suggestions };
}

function typeHint(value: unknown, types: readonly string[], schema: Schema): { hint?: string } {
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  if (types.includes('string') && scalar) {
    const fits = typeof schema.pattern !== 'string' || fitsPattern(schema.pattern, String(value));
    if (fits) return { hint: `Put it in quotes: "${value}"` };
  }
  if (types.includes('boolean') && typeof value === 'string' && /^(yes|no|on|off)$/i.test(value)) {
    return { hint: 'Write true or false' };
  }
  if (typeof value === 'string' && value !== '') {
    const bare = parseBare(value);
    if (bare !== undefined && types.some((type) => isOfType(bare, type))) {
      return { hint: `Write it without quotes: ${value}` };
    }
  }
  if (types.includes('array') && !types.includes('string') && scalarText(value)) {
    return { hint: `Write it as a list: [${String(value)}]` };
  }
  return {};
}

function scalarText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function propertiesOf(schema: Schema): object {
  return (schema.properties as object | undefined) ?? {};
}

function missingKeys(schema: Schema, value: unknown): string[] {
  const present = typeof value === 'object' && value !== null ? value : {};
  return Object.keys(propertiesOf(schema)).filter((key) => !Object.hasOwn(present, key));
}

/** All keys of a map, those that are there as well: the unknown one may stand for any. */
function keysHint(known: readonly string[], missing: readonly string[]): { hint?: string } {
  if (known.length === 0) return {};
  if (known.length <= MAX_KEYS) return { hint: `It may have ${known.join(', ')}` };
  return missing.length > MAX_KEYS ? {} : { hint: `It may also have ${missing.join(', ')}` };
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Patterns of somebody else may go back and forth without end: only short texts and plain patterns are tried. */
function fitsPattern(source: string, text: string): boolean {
  const isPlain = !source.includes('(') && (source.match(/[*+?{]/g)?.length ?? 0) <= 2;
  return (isPlain || text.length <= 12) && new RegExp(source, 'u').test(text);
}
