import type { PathSegment } from '@cozecut/problems';
import { parsePointer } from '@cozecut/problems';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { explain } from './explain.ts';
import { FORMATS } from './formats.ts';
import { chooseBranch } from './union.ts';
import type { Violation } from './violation.ts';

/** Checks a value against the schema it was made for. */
export type Validate = (value: unknown) => Violation[];

/**
 * Compiles a JSON Schema (2020-12, without `$ref`) into a check that reports each mistake once, in words.
 * Where a schema offers alternatives, the one that was meant is chosen and only its violations are reported.
 *
 * @throws Error when the schema itself is not valid.
 */
export function createValidator(schema: object): Validate {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    logger: false,
    meta: false,
    validateSchema: false,
    formats: FORMATS,
  });
  const compiled = new Map<object, ValidateFunction>();
  const compile = (part: object): ValidateFunction => {
    let validate = compiled.get(part);
    if (validate === undefined) {
      validate = ajv.compile(part);
      compiled.set(part, validate);
    }
    return validate;
  };
  const check = (part: object, value: unknown, path: PathSegment[]): Violation[] => {
    const validate = compile(part);
    if (validate(value)) return [];
    const errors = validate.errors ?? [];
    const unions = errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf');
    const outer = unions.filter((union) => !unions.some((other) => isInside(union, other)));
    const violations = errors
      .filter((error) => !unions.includes(error) && !unions.some((union) => isInside(error, union)))
      .filter((error) => error.keyword !== 'if' && !isNameDetail(error))
      .map((error) => explain(error, at(value, path, error.instancePath)));
    for (const union of outer) {
      const where = at(value, path, union.instancePath);
      const branches = union.schema as object[];
      const choice = chooseBranch(branches, union.data, where, (branch) => check(branch, union.data, where));
      violations.push(...choice);
    }
    return withoutMisspelled(onePerValue(violations));
  };
  compile(schema);
  return (value) => check(schema, value, []);
}

/** Whether `error` was found while trying the alternatives of `union`. */
function isInside(error: ErrorObject, union: ErrorObject): boolean {
  return (
    error !== union &&
    error.schemaPath.startsWith(`${union.schemaPath}/`) &&
    (error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`))
  );
}

/** `propertyNames` reports the name once for itself and once for what it breaks. */
function isNameDetail(error: ErrorObject): boolean {
  return error.propertyName !== undefined && error.keyword !== 'propertyNames';
}

/** Path of an error with list indexes as numbers. */
function at(root: unknown, base: PathSegment[], instancePath: string): PathSegment[] {
  let value = root;
  const tail = parsePointer(instancePath).map((segment) => {
    const list = Array.isArray(value);
    value = (value as Record<string, unknown> | undefined)?.[segment];
    return list ? Number(segment) : segment;
  });
  return [...base, ...tail];
}

/** A value of the wrong type breaks other rules too; only the first thing to repair is worth saying. */
function onePerValue(violations: Violation[]): Violation[] {
  const rank = { WRONG_TYPE: 0, WRONG_VALUE: 1, MISSING_KEY: 2, UNKNOWN_KEY: 2 };
  const kept = new Map<string, Violation>();
  for (const violation of violations) {
    const key = JSON.stringify(violation.path);
    const before = kept.get(key);
    if (before === undefined || rank[violation.code] < rank[before.code]) kept.set(key, violation);
  }
  return [...kept.values()];
}

/** A misspelled key is unknown, and the key it was meant to be is missing: that is one mistake. */
function withoutMisspelled(violations: Violation[]): Violation[] {
  const meant = new Set<string>();
  for (const { code, path, suggestions = [] } of violations) {
    if (code !== 'UNKNOWN_KEY') continue;
    for (const key of suggestions) meant.add(JSON.stringify([...path.slice(0, -1), key]));
  }
  return violations.filter(({ code, path }) => code !== 'MISSING_KEY' || !meant.has(JSON.stringify(path)));
}
