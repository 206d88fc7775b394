import type { PathSegment } from '../pointer.ts';
import { isOfType, orList, typeWords } from '../words.ts';
import { explainChoice, explainMissing, explainType } from './explain.ts';
import type { Violation } from './violation.ts';

interface Branch {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Branch>;
  required?: string[];
  pattern?: string;
  patternErrorMessage?: string;
}

/**
 * Finds the alternative of a union that was meant, by type, by the value of a key that tells the alternatives apart,
 * by the keys that are there, and reports what is wrong with it.
 *
 * @param check - Violations of the alternative at an index.
 */
export function chooseBranch(
  branches: readonly object[],
  value: unknown,
  path: PathSegment[],
  check: (index: number) => Violation[],
): Violation[] {
  const all = branches as readonly Branch[];
  const fitting = all.filter((branch) => acceptsType(branch, value));
  if (fitting.length === 0) return [wrongType(all, value, path)];
  const allowed = fitting.map(choices);
  if (allowed.every((items) => items !== undefined)) {
    const choice = explainChoice(path, value, allowed.flat());
    return [fitting.length === all.length ? choice : { ...choice, expected: `must be ${describe(all)}` }];
  }
  const told = tellApart(fitting, value, path);
  if (told.violation !== undefined) return [told.violation];
  const ranked = told.branches
    .map((branch) => ({ violations: check(all.indexOf(branch)), score: familiarity(branch, value) }))
    .sort((a, b) => b.score - a.score || a.violations.length - b.violations.length);
  return ranked[0]?.violations ?? [];
}

/** Narrows object alternatives by a key that has another fixed value in each of them, such as `type`. */
function tellApart(
  branches: readonly Branch[],
  value: unknown,
  path: PathSegment[],
): { branches: readonly Branch[]; violation?: Violation } {
  if (branches.length < 2 || typeof value !== 'object' || value === null) return { branches };
  const keys = Object.keys(branches[0]?.properties ?? {});
  const key = keys.find((name) => branches.every((branch) => branch.properties?.[name]?.const !== undefined));
  if (key === undefined) return { branches };
  const given = (value as Record<string, unknown>)[key];
  const matching = branches.filter((branch) => branch.properties?.[key]?.const === given);
  return matching.length > 0
    ? { branches: matching }
    : { branches, violation: wrongTag(branches, key, value, path) };
}

/** The key that tells the alternatives apart is missing, or has a value that none of them has. */
export function wrongTag(
  branches: readonly object[],
  key: string,
  value: object,
  path: PathSegment[],
): Violation {
  const allowed = (branches as readonly Branch[]).flatMap(
    ({ properties }) => choices(properties?.[key] ?? {}) ?? [],
  );
  const given = (value as Record<string, unknown>)[key];
  return given === undefined
    ? explainMissing([...path, key], { properties: { [key]: { enum: allowed } } })
    : explainChoice([...path, key], given, allowed);
}

function wrongType(branches: readonly Branch[], value: unknown, path: PathSegment[]): Violation {
  const types = branches.flatMap((branch) => branch.type ?? []);
  const form = branches.find((branch) => branch.patternErrorMessage !== undefined);
  const patternErrorMessage = form?.patternErrorMessage ?? describe(branches);
  return explainType(path, value, types, { pattern: form?.pattern, patternErrorMessage });
}

/** `true or false or "key"`: types in words, fixed values as they are. */
function describe(branches: readonly Branch[]): string {
  const words = branches.flatMap((branch) => {
    const fixed = choices(branch);
    if (fixed !== undefined) return fixed.map((item) => JSON.stringify(item));
    return branch.type === undefined ? [] : [typeWords([branch.type].flat())];
  });
  return orList([...new Set(words)]);
}

function choices(branch: Branch): unknown[] | undefined {
  return branch.const !== undefined ? [branch.const] : branch.enum;
}

function acceptsType(branch: Branch, value: unknown): boolean {
  const fixed = choices(branch);
  if (branch.type === undefined && fixed !== undefined) {
    return fixed.some((item) => typeof item === typeof value);
  }
  return branch.type === undefined || [branch.type].flat().some((type) => isOfType(value, type));
}

/** How much the keys of a value look like those of an alternative. */
function familiarity(branch: Branch, value: unknown): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 0;
  const keys = Object.keys(value);
  const known = keys.filter((key) => branch.properties?.[key] !== undefined).length;
  const required = (branch.required ?? []).filter((key) => keys.includes(key)).length;
  return known + required - (keys.length - known);
}
