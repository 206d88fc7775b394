import type { ErrorObject } from 'ajv';
import { formatPointer, type PathSegment, parsePointer } from '../pointer.ts';
import { explain } from './explain.ts';
import { createRefs, type Refs } from './refs.ts';
import { chooseBranch, wrongTag } from './union.ts';
import { hidden, type Violation } from './violation.ts';

/** An error of the validator; that of a union holds what its alternatives said. */
interface Finding {
  error: ErrorObject;
  inside: readonly Finding[];
}

const NOTHING: readonly Finding[] = [];

/**
 * Turns the errors of a validator about a value (all of them, verbose) into one violation for each mistake.
 *
 * @param most - How many errors are looked at: to explain one takes longer than to find it.
 */
export function createResolver(
  schema: object,
  most: number,
): (errors: ErrorObject[], value: unknown) => Violation[] {
  const refs = createRefs(schema);
  return (errors, value) => {
    const explainAll = (findings: readonly Finding[]): Violation[] =>
      withoutMisspelled(onePerValue(findings.flatMap(explainOne)));
    const explainOne = ({ error, inside }: Finding): Violation[] => {
      const path = pathOf(value, error.instancePath);
      if (error.keyword === 'discriminator') return [explainTag(error, path, refs)];
      if (inside.length === 0) return [explain(error, path)];
      const branches = (error.schema as object[]).map(refs.resolve);
      const violations = chooseBranch(branches, error.data, path, (index) =>
        explainAll(inside.filter((finding) => isInside(finding, error, refs, index))),
      );
      // A reference that cannot be followed leaves an alternative without a reason; what was refused stays refused.
      if (violations.length === 0) return [explain(error, path)];
      return isSecretUnion(error) ? violations.map(hidden) : violations;
    };
    return explainAll(nest(errors, refs).slice(0, most));
  };
}

/** Puts what the alternatives of a union said, which comes directly before the error of the union, inside of it. */
function nest(errors: ErrorObject[], refs: Refs): Finding[] {
  const findings: Finding[] = [];
  for (const error of errors) {
    if (error.keyword === 'if' || isNameDetail(error)) continue;
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      findings.push({ error, inside: NOTHING });
      continue;
    }
    let first = findings.length;
    while (first > 0 && isInside(findings[first - 1]!, error, refs)) first -= 1;
    const inside = findings.splice(first);
    // Where more than one alternative fits, what the others said is of no use.
    findings.push({ error, inside: error.params.passingSchemas ? NOTHING : inside });
  }
  return findings;
}

/** Whether a finding comes from an alternative of `union`, or from that at `index`. */
function isInside({ error }: Finding, union: ErrorObject, refs: Refs, index?: number): boolean {
  const { instancePath, schemaPath } = union;
  if (error.instancePath !== instancePath && !error.instancePath.startsWith(`${instancePath}/`)) return false;
  if (error.schemaPath.startsWith(`${schemaPath}/${index === undefined ? '' : `${index}/`}`)) return true;
  const branches = union.schema as object[];
  return branches.some((_, at) => (index ?? at) === at && refs.reaches(branches, at, error.parentSchema));
}

function explainTag({ parentSchema, params, data }: ErrorObject, path: PathSegment[], refs: Refs): Violation {
  const { oneOf } = parentSchema as { oneOf: object[] };
  return wrongTag(oneOf.map(refs.resolve), String(params.tag), data as object, path);
}

function isSecretUnion({ parentSchema }: ErrorObject): boolean {
  return (parentSchema as { writeOnly?: unknown } | undefined)?.writeOnly === true;
}

/** `propertyNames` reports the name once for itself and once for what it breaks. */
function isNameDetail(error: ErrorObject): boolean {
  return error.propertyName !== undefined && error.keyword !== 'propertyNames';
}

/** Path of an error with list indexes as numbers. */
function pathOf(root: unknown, instancePath: string): PathSegment[] {
  let value = root;
  return parsePointer(instancePath).map((segment) => {
    const list = Array.isArray(value);
    value = (value as Record<string, unknown> | undefined)?.[segment];
    return list ? Number(segment) : segment;
  });
}

/**
 * A value of the wrong type breaks other rules too; only the first thing to repair is worth saying. Of two that say the
 * same the one with a hint is kept.
 */
function onePerValue(violations: Violation[]): Violation[] {
  if (violations.length < 2) return violations;
  const rank = { WRONG_TYPE: 0, WRONG_VALUE: 1, MISSING_KEY: 2, UNKNOWN_KEY: 2 };
  const kept = new Map<string, Violation>();
  for (const violation of violations) {
    const key = formatPointer(violation.path);
    const before = kept.get(key);
    const isBetter =
      before === undefined ||
      rank[violation.code] < rank[before.code] ||
      (violation.code === before.code && violation.hint !== undefined && before.hint === undefined);
    if (isBetter) kept.set(key, violation);
  }
  return [...kept.values()];
}

/** A misspelled key is unknown, and the key it was meant to be is missing: that is one mistake. */
function withoutMisspelled(violations: Violation[]): Violation[] {
  const missing = new Set(
    violations.filter(({ code }) => code === 'MISSING_KEY').map(({ path }) => formatPointer(path)),
  );
  if (missing.size === 0) return violations;
  const meant = new Set<string>();
  const named = violations.map((violation) => {
    if (violation.code !== 'UNKNOWN_KEY') return violation;
    const beside = (key: string) => formatPointer([...violation.path.slice(0, -1), key]);
    const key = violation.suggestions?.find((one) => missing.has(beside(one)) && !meant.has(beside(one)));
    if (key === undefined) return violation;
    meant.add(beside(key));
    return { ...violation, meant: key };
  });
  return named.filter(({ code, path }) => code !== 'MISSING_KEY' || !meant.has(formatPointer(path)));
}
