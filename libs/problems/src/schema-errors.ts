import { formatPointer } from './pointer.ts';
import type { Problem } from './problem.ts';
import { closest } from './suggest.ts';

/** The part of an ajv error object that is read here, so that this library needs no validator. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  message?: string;
  params: Record<string, unknown>;
  /** The schema beside the keyword; ajv gives it with `verbose: true`. */
  parentSchema?: Record<string, unknown> | undefined;
  /** The value that was refused; ajv gives it with `verbose: true`. */
  data?: unknown;
}

/** Options of {@link schemaProblems}. */
export interface SchemaProblemOptions {
  /** Code of every problem. */
  code: string;
  /** What the document is called in a message when the root itself is wrong: `input`, `timeline`. */
  root: string;
}

/**
 * Turns the errors of an ajv validator (`allErrors: true, verbose: true`) into one problem for each mistake, with
 * what was expected and what came. A union is reported for the branch that was meant, not once for each branch.
 */
export function schemaProblems(errors: readonly SchemaError[], options: SchemaProblemOptions): Problem[] {
  const kept = withoutUnionNoise(errors);
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const error of kept) {
    const problem = describe(error, options);
    const key = `${problem.pointer} ${problem.message}`;
    if (!seen.has(key)) problems.push(problem);
    seen.add(key);
  }
  return problems;
}

/** Name of a place for a message: `tracks[0].clips[2].start`; the root is called `root`. */
export function placeName(pointer: string, root: string): string {
  if (pointer === '') return root;
  const parts = pointer.slice(1).split('/');
  return parts.reduce((name, raw) => {
    const part = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (/^\d+$/.test(part)) return `${name}[${part}]`;
    return name === '' ? part : `${name}.${part}`;
  }, '');
}

/** A value as it is shown in a message: short, quoted when it is text. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (value !== null && typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}..."` : text;
}

function describe(error: SchemaError, options: SchemaProblemOptions): Problem {
  const { params, keyword } = error;
  const place = placeName(error.instancePath, options.root);
  const base = { code: options.code, severity: 'error' as const, pointer: error.instancePath };
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty);
      const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
      const suggestions = closest(key, known);
      return {
        ...base,
        pointer: error.instancePath + formatPointer([key]),
        message: `unknown key "${key}" in ${place}`,
        ...(suggestions.length > 0
          ? { suggestions }
          : known.length > 0
            ? { hint: `known keys: ${known.join(', ')}` }
            : {}),
      };
    }
    case 'required':
      return {
        ...base,
        message: `${placeName(`${error.instancePath}/${params.missingProperty}`, '')} is required`,
      };
    case 'type':
      return {
        ...base,
        message: `${place} must be ${typeNames(params.type)} (got ${showValue(error.data)})`,
      };
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).map((value) => JSON.stringify(value));
      const suggestions =
        typeof error.data === 'string'
          ? closest(error.data, (params.allowedValues as unknown[]).map(String))
          : [];
      return {
        ...base,
        message: `${place} must be one of ${allowed.join(', ')} (got ${showValue(error.data)})`,
        ...(suggestions.length > 0 ? { suggestions } : {}),
      };
    }
    case 'const':
      return {
        ...base,
        message: `${place} must be ${JSON.stringify(params.allowedValue)} (got ${showValue(error.data)})`,
      };
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return {
        ...base,
        message: `${place} must be ${params.comparison} ${params.limit} (got ${showValue(error.data)})`,
      };
    case 'minLength':
      return { ...base, message: `${place} must have at least ${plural(params.limit, 'character')}` };
    case 'maxLength':
      return { ...base, message: `${place} must have at most ${plural(params.limit, 'character')}` };
    case 'minItems':
      return { ...base, message: `${place} must have at least ${plural(params.limit, 'item')}` };
    case 'maxItems':
      return { ...base, message: `${place} must have at most ${plural(params.limit, 'item')}` };
    case 'pattern':
      return { ...base, message: `${place} must match ${params.pattern} (got ${showValue(error.data)})` };
    case 'format':
      return { ...base, message: `${place} must be a valid ${params.format} (got ${showValue(error.data)})` };
    case 'discriminator':
      return { ...base, ...discriminator(error, place) };
    default:
      return {
        ...base,
        message: `${place} ${error.message ?? 'is not valid'} (got ${showValue(error.data)})`,
      };
  }
}

function discriminator(error: SchemaError, place: string): Pick<Problem, 'message'> {
  const tag = String(error.params.tag);
  const branches =
    (error.parentSchema?.oneOf as { properties?: Record<string, { const?: unknown }> }[]) ?? [];
  const known = branches.map((branch) => JSON.stringify(branch.properties?.[tag]?.const));
  return {
    message: `${place}.${tag} must be one of ${known.join(', ')} (got ${showValue(error.params.tagValue)})`,
  };
}

/**
 * Of a failed `anyOf`/`oneOf`, keeps the errors of the branch that came closest: the one whose type fits and which
 * has the fewest errors. When no branch fits by type, one error names all the types.
 */
function withoutUnionNoise(errors: readonly SchemaError[]): SchemaError[] {
  let kept = [...errors];
  // Innermost unions first, so that an outer one counts real mistakes.
  const unions = errors
    .filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf')
    .sort((a, b) => b.schemaPath.length - a.schemaPath.length);
  for (const union of unions) {
    const prefix = `${union.schemaPath}/`;
    const inside = kept.filter(
      (error) => error.schemaPath.startsWith(prefix) && error.instancePath.startsWith(union.instancePath),
    );
    if (inside.length === 0) continue;
    const branches = Map.groupBy(inside, (error) => error.schemaPath.slice(prefix.length).split('/')[0]!);
    const ofType = (branch: SchemaError[]) =>
      !branch.some(
        (error) =>
          error.instancePath === union.instancePath &&
          (error.keyword === 'type' || error.keyword === 'const'),
      );
    const fitting = [...branches.values()].filter(ofType).sort((a, b) => a.length - b.length);
    const best = fitting[0];
    const drop = new Set<SchemaError>([...inside, union]);
    kept = kept.filter((error) => !drop.has(error));
    kept.push(...(best ?? [unionError(union, inside)]));
  }
  return kept;
}

function unionError(union: SchemaError, inside: SchemaError[]): SchemaError {
  const own = inside.filter((error) => error.instancePath === union.instancePath);
  const constants = own
    .filter((error) => error.keyword === 'const')
    .map((error) => error.params.allowedValue);
  if (constants.length > 0 && constants.length === own.length) {
    return { ...union, keyword: 'enum', params: { allowedValues: constants } };
  }
  const types = own
    .filter((error) => error.keyword === 'type')
    .flatMap((error) => error.params.type as string);
  return types.length > 0 ? { ...union, keyword: 'type', params: { type: [...new Set(types)] } } : union;
}

function typeNames(type: unknown): string {
  const names = (Array.isArray(type) ? type : [type]).map((name) => TYPE_NAMES[String(name)] ?? String(name));
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names[0]!;
}

const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function plural(count: unknown, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
