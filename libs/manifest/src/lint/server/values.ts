import { testGoPattern } from '../../json-schema/linear-pattern.ts';
import { child, entriesOf, itemsOf, type MapNode, type Node, textOf, toValue } from '../../source/node.ts';
import { type Document, follow, refOf } from '../document.ts';
import { has, isTrue, textAt } from '../spot.ts';
import { goJson } from './go.ts';

/** How a value is checked: a default stops at its first mistake, an example collects them. */
export type ValueMode = 'default' | 'request' | 'response';

interface Failure {
  /** Words of the server without the place and the quoted schema. */
  reason: string;
  path: string[];
  schema: MapNode;
  value: unknown;
}

/** What is wrong with a value in the words of the server; nothing when it fits. */
export function valueError(
  document: Document,
  schema: Node,
  value: unknown,
  mode: ValueMode,
): { reason: string; full: string } | undefined {
  const failures = new ValueChecker(document, mode).check(schema, value, [], 0);
  const [first] = failures;
  if (first === undefined) return undefined;
  const shown = mode === 'default' ? [first] : failures;
  return { reason: first.reason, full: shown.map(print).join(' | ') };
}

function print({ reason, path, schema, value }: Failure): string {
  const place = path.length === 0 ? '' : `Error at "${path.map((part) => `/${part}`).join('')}": `;
  return `${place}${reason}\nSchema:\n  ${goJson(goSchema(schema), '  ')}\n\nValue:\n  ${goJson(value, '  ')}\n`;
}

/** Keywords that the server leaves out when they say nothing. */
const EMPTY_LEFT_OUT = new Set([
  'minLength',
  'minItems',
  'minProperties',
  'type',
  'title',
  'format',
  'description',
  'pattern',
]);

/** A schema as the server writes it. */
function goSchema(node: Node): unknown {
  const ref = refOf(node);
  if (ref !== undefined) return { $ref: ref };
  if (node.kind !== 'map') return toValue(node);
  return Object.fromEntries(
    entriesOf(node).flatMap(([key, { value }]): [string, unknown][] => {
      const plain = toValue(value);
      if (plain === null || (plain === false && key !== 'additionalProperties')) return [];
      if ((plain === '' || plain === 0) && EMPTY_LEFT_OUT.has(key)) return [];
      if (Array.isArray(plain) && plain.length === 0) return [];
      if (key === 'properties') {
        const inner = entriesOf(value).map(([name, entry]) => [name, goSchema(entry.value)]);
        return inner.length === 0 ? [] : [[key, Object.fromEntries(inner)]];
      }
      if (['items', 'not', 'additionalProperties'].includes(key)) return [[key, goSchema(value)]];
      if (['oneOf', 'anyOf', 'allOf'].includes(key)) return [[key, itemsOf(value).map(goSchema)]];
      return [[key, plain]];
    }),
  );
}

/** Text formats that the server checks. */
const FORMATS: Readonly<Record<string, string>> = {
  byte: '(^$|^[a-zA-Z0-9+/\\-_]*=*$)',
  date: '^[0-9]{4}-(0[0-9]|10|11|12)-([0-2][0-9]|30|31)$',
  'date-time':
    '^[0-9]{4}-(0[0-9]|10|11|12)-([0-2][0-9]|30|31)T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|(\\+|-)[0-9]{2}:[0-9]{2})?$',
};

const MAX_DEPTH = 60;
/** Schemas that are combined of each other grow without end. */
const MAX_CHECKS = 20_000;

class ValueChecker {
  private readonly document: Document;
  private readonly mode: ValueMode;
  private checks = 0;

  constructor(document: Document, mode: ValueMode) {
    this.document = document;
    this.mode = mode;
  }

  check(written: Node, value: unknown, path: string[], depth: number): Failure[] {
    const schema = follow(this.document, written, [])?.node;
    if (schema === undefined || depth > MAX_DEPTH || ++this.checks > MAX_CHECKS) return [];
    const fail = (reason: string): Failure[] => [{ reason, path, schema, value }];
    if (value === null && isTrue(schema, 'nullable')) return [];
    const combined = this.combined(schema, value, path, depth, fail);
    if (combined !== undefined) return combined;
    const choices = child(schema, 'enum');
    const allowed = itemsOf(choices).map(toValue);
    if (allowed.length > 0 && !allowed.some((item) => goJson(item) === goJson(value))) {
      return fail(`value is not one of the allowed values ${goJson(allowed)}`);
    }
    const type = textAt(schema, 'type');
    if (value === null) {
      return [...schema.entries.keys()].length === 0 ? [] : fail('Value is not nullable');
    }
    if (Array.isArray(value)) return this.array(schema, type, value, path, depth, fail);
    if (typeof value === 'object') return this.object(schema, type, value as object, path, depth, fail);
    if (typeof value === 'number') return this.number(schema, type, value, fail);
    if (typeof value === 'string') return this.string(schema, type, value, fail);
    return type === '' || type === 'boolean' ? [] : fail(expected(type));
  }

  private combined(
    schema: MapNode,
    value: unknown,
    path: string[],
    depth: number,
    fail: (reason: string) => Failure[],
  ): Failure[] | undefined {
    const fits = (node: Node) => this.check(node, value, path, depth + 1).length === 0;
    const not = child(schema, 'not');
    if (not !== undefined && has(schema, 'not') && fits(not)) return fail(`Doesn't match schema "not"`);
    const oneOf = itemsOf(child(schema, 'oneOf'));
    if (oneOf.length > 0) {
      const matching = oneOf.filter(fits).length;
      if (matching > 1) return fail('input matches more than one oneOf schemas');
      if (matching === 0) return fail("doesn't match schema due to: ");
    }
    const anyOf = itemsOf(child(schema, 'anyOf'));
    if (anyOf.length > 0 && !anyOf.some(fits)) return fail(`doesn't match any schema from "anyOf"`);
    const allOf = itemsOf(child(schema, 'allOf'));
    if (allOf.length > 0 && !allOf.every(fits)) return fail(`doesn't match all schemas from "allOf"`);
    return oneOf.length + anyOf.length + allOf.length > 0 ? [] : undefined;
  }

  private number(
    schema: MapNode,
    type: string,
    value: number,
    fail: (reason: string) => Failure[],
  ): Failure[] {
    if (type === 'integer' && !Number.isInteger(value)) return fail('value must be an integer');
    if (type !== '' && type !== 'integer' && type !== 'number') return fail(expected(type));
    const minimum = numberAt(schema, 'minimum');
    const maximum = numberAt(schema, 'maximum');
    const multiple = numberAt(schema, 'multipleOf');
    const bits = /^int(32|64)$/.exec(textAt(schema, 'format'))?.[1];
    const found: string[] = [];
    if (
      type === 'integer' &&
      bits !== undefined &&
      (value < -(2 ** (Number(bits) - 1)) || value >= 2 ** (Number(bits) - 1))
    ) {
      found.push(`number must be an int${bits}`);
    }
    if (minimum !== undefined) {
      if (isTrue(schema, 'exclusiveMinimum') && value <= minimum)
        found.push(`number must be more than ${minimum}`);
      if (value < minimum) found.push(`number must be at least ${minimum}`);
    }
    if (maximum !== undefined) {
      if (isTrue(schema, 'exclusiveMaximum') && value >= maximum)
        found.push(`number must be less than ${maximum}`);
      if (value > maximum) found.push(`number must be at most ${maximum}`);
    }
    if (multiple !== undefined && multiple !== 0 && !Number.isInteger(value / multiple)) {
      found.push(`number must be a multiple of ${multiple}`);
    }
    return found.flatMap(fail);
  }

  private string(
    schema: MapNode,
    type: string,
    value: string,
    fail: (reason: string) => Failure[],
  ): Failure[] {
    if (type !== '' && type !== 'string') return fail(expected(type));
    const length = [...value].length;
    const minLength = numberAt(schema, 'minLength') ?? 0;
    const maxLength = numberAt(schema, 'maxLength');
    const pattern = textAt(schema, 'pattern');
    const format = textAt(schema, 'format');
    const found: string[] = [];
    if (length < minLength) found.push(`minimum string length is ${minLength}`);
    if (maxLength !== undefined && length > maxLength) found.push(`maximum string length is ${maxLength}`);
    if (pattern !== '' && !matches(pattern, value)) {
      found.push(`string doesn't match the regular expression "${pattern}"`);
    }
    const wanted = Object.hasOwn(FORMATS, format) ? FORMATS[format]! : undefined;
    if (wanted !== undefined && !new RegExp(wanted).test(value)) {
      found.push(`string doesn't match the format "${format}" (regular expression "${wanted}")`);
    }
    return found.flatMap(fail);
  }

  private array(
    schema: MapNode,
    type: string,
    value: unknown[],
    path: string[],
    depth: number,
    fail: (reason: string) => Failure[],
  ): Failure[] {
    if (type !== '' && type !== 'array') return fail(expected(type));
    const minItems = numberAt(schema, 'minItems') ?? 0;
    const maxItems = numberAt(schema, 'maxItems');
    const found: Failure[] = [];
    if (value.length < minItems) found.push(...fail(`minimum number of items is ${minItems}`));
    if (maxItems !== undefined && value.length > maxItems)
      found.push(...fail(`maximum number of items is ${maxItems}`));
    if (isTrue(schema, 'uniqueItems') && new Set(value.map((item) => goJson(item))).size < value.length) {
      found.push(...fail('duplicate items found'));
    }
    const items = child(schema, 'items');
    if (items !== undefined) {
      for (const [index, item] of value.entries()) {
        found.push(...this.check(items, item, [...path, String(index)], depth + 1));
      }
    }
    return found;
  }

  private object(
    schema: MapNode,
    type: string,
    value: object,
    path: string[],
    depth: number,
    fail: (reason: string) => Failure[],
  ): Failure[] {
    if (type !== '' && type !== 'object') return fail(expected(type));
    const minProps = numberAt(schema, 'minProperties') ?? 0;
    const maxProps = numberAt(schema, 'maxProperties');
    const count = Object.keys(value).length;
    const found: Failure[] = [];
    if (count < minProps) found.push(...fail(`there must be at least ${minProps} properties`));
    if (maxProps !== undefined && count > maxProps)
      found.push(...fail(`there must be at most ${maxProps} properties`));
    const properties = child(schema, 'properties');
    const additional = child(schema, 'additionalProperties');
    for (const [name, inner] of Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const property = child(properties, name);
      if (property !== undefined) found.push(...this.check(property, inner, [...path, name], depth + 1));
      else if (additional?.kind === 'map')
        found.push(...this.check(additional, inner, [...path, name], depth + 1));
      else if (additional?.kind === 'scalar' && additional.value === false) {
        found.push(
          ...fail(`property "${name}" is unsupported`).map((one) => ({ ...one, path: [...path, name] })),
        );
      }
    }
    for (const item of itemsOf(child(schema, 'required'))) {
      const name = textOf(item) ?? '';
      if (Object.hasOwn(value, name)) continue;
      const property = follow(this.document, child(properties, name), [])?.node;
      const isSkipped =
        (this.mode === 'request' && isTrue(property, 'readOnly')) ||
        (this.mode === 'response' && isTrue(property, 'writeOnly'));
      if (isSkipped) continue;
      found.push(...fail(`property "${name}" is missing`).map((one) => ({ ...one, path: [...path, name] })));
    }
    return found;
  }
}

function expected(type: string): string {
  return `value must be ${['array', 'object', 'integer'].includes(type) ? 'an' : 'a'} ${type}`;
}

function numberAt(node: MapNode, key: string): number | undefined {
  const value = child(node, key);
  return value?.kind === 'scalar' && typeof value.value === 'number' ? value.value : undefined;
}

function matches(pattern: string, value: string): boolean {
  // What cannot be told here is no finding.
  return testGoPattern(pattern, value) ?? true;
}
