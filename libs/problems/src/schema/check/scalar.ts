import { FORMATS } from '../formats.ts';
import { patternOf } from './common.ts';
import { type Check, fail, type SchemaNode } from './node.ts';

type Comparison = readonly [
  keyword: string,
  comparison: string,
  isWithin: (value: number, limit: number) => boolean,
];

// Not-a-number is within no limit, hence positive comparisons.
const LIMITS: readonly Comparison[] = [
  ['maximum', '<=', (value, limit) => value <= limit],
  ['minimum', '>=', (value, limit) => value >= limit],
  ['exclusiveMaximum', '<', (value, limit) => value < limit],
  ['exclusiveMinimum', '>', (value, limit) => value > limit],
];

/** Checks of a number. */
export function numberChecks(node: SchemaNode): Check[] {
  const { multipleOf } = node.schema;
  const checks = LIMITS.flatMap(([keyword, comparison, isWithin]): Check[] => {
    const limit = node.schema[keyword];
    if (typeof limit !== 'number') return [];
    return [
      (value, errors) => {
        if (!isWithin(value as number, limit)) fail(errors, node, keyword, value, { comparison, limit });
      },
    ];
  });
  if (typeof multipleOf === 'number') {
    checks.push((value, errors) => {
      const ratio = (value as number) / multipleOf;
      // By way of text, as ajv does: a ratio that is written with an exponent counts as none.
      const isWhole = multipleOf !== 0 && ratio === Number.parseInt(String(ratio), 10);
      if (!isWhole) fail(errors, node, 'multipleOf', value, { multipleOf });
    });
  }
  return [...checks, ...formatChecks(node, 'number')];
}

/** Checks of a text. */
export function stringChecks(node: SchemaNode): Check[] {
  const { maxLength, minLength, pattern } = node.schema;
  const checks: Check[] = [];
  if (typeof maxLength === 'number') {
    checks.push((value, errors) => {
      const text = value as string;
      // No text has more code points than units; most are short enough without counting.
      if (text.length > maxLength && lengthOf(text) > maxLength)
        fail(errors, node, 'maxLength', value, { limit: maxLength });
    });
  }
  if (typeof minLength === 'number') {
    checks.push((value, errors) => {
      if (lengthOf(value as string) < minLength) fail(errors, node, 'minLength', value, { limit: minLength });
    });
  }
  if (typeof pattern === 'string') {
    const expression = patternOf(pattern, node.engine);
    checks.push((value, errors) => {
      if (!expression.test(value as string)) fail(errors, node, 'pattern', value, { pattern });
    });
  }
  return [...checks, ...formatChecks(node, 'string')];
}

function formatChecks(node: SchemaNode, type: 'string' | 'number'): Check[] {
  const { format } = node.schema;
  if (typeof format !== 'string') return [];
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  const isNumeric = typeof known === 'object' && 'validate' in known;
  if (known === undefined || isNumeric !== (type === 'number')) return [() => {}];
  const isValid: (value: never) => boolean =
    typeof known === 'function'
      ? known
      : 'test' in known
        ? (text: string) => known.test(text)
        : known.validate;
  return [
    (value, errors) => {
      if (!isValid(value as never)) fail(errors, node, 'format', value, { format });
    },
  ];
}

/** Number of characters: a pair of surrogates is one. */
function lengthOf(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; length += 1) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return length;
}
