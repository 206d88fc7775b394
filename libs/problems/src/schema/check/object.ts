import { patternOf } from './common.ts';
import { discriminatorChecks } from './discriminator.ts';
import { type Check, checkPart, fail, type SchemaNode } from './node.ts';

type Map_ = Record<string, unknown>;

/** Checks of a map. */
export function objectChecks(node: SchemaNode): Check[] {
  const { maxProperties, minProperties, required = [] } = node.schema as { required?: string[] } & Map_;
  const checks: Check[] = defaultChecks(node);
  if (typeof maxProperties === 'number') {
    checks.push((value, errors) => {
      const { length } = Object.keys(value as object);
      if (length > maxProperties) fail(errors, node, 'maxProperties', value, { limit: maxProperties });
    });
  }
  if (typeof minProperties === 'number') {
    checks.push((value, errors) => {
      const { length } = Object.keys(value as object);
      if (length < minProperties) fail(errors, node, 'minProperties', value, { limit: minProperties });
    });
  }
  if (required.length > 0) {
    checks.push((value, errors) => {
      for (const missingProperty of required) {
        if (
          (value as Map_)[missingProperty] === undefined ||
          !Object.hasOwn(value as object, missingProperty)
        )
          fail(errors, node, 'required', value, { missingProperty });
      }
    });
  }
  return [...checks, ...nameChecks(node), ...propertyChecks(node), ...discriminatorChecks(node)];
}

/** Fills in what is missing and has a default, before anything is checked. */
function defaultChecks(node: SchemaNode): Check[] {
  if (!node.useDefaults || node.isAlternative) return [];
  const defaults = propertiesOf(node).flatMap(([key, property]) => {
    const fallback =
      typeof property === 'object' ? (property as { default?: unknown } | null)?.default : undefined;
    return fallback === undefined ? [] : [[key, fallback] as const];
  });
  if (defaults.length === 0) return [];
  return [
    (value) => {
      for (const [key, fallback] of defaults) {
        if ((value as Map_)[key] === undefined)
          (value as Map_)[key] = typeof fallback === 'object' ? structuredClone(fallback) : fallback;
      }
    },
  ];
}

function nameChecks(node: SchemaNode): Check[] {
  const { propertyNames } = node.schema;
  if (propertyNames === undefined) return [];
  const check = node.inner(propertyNames, ['propertyNames']);
  return [
    (value, errors) => {
      for (const propertyName of Object.keys(value as object)) {
        const wrong: typeof errors = [];
        check(propertyName, wrong);
        if (wrong.length > 0) fail(errors, node, 'propertyNames', value, { propertyName });
      }
    },
  ];
}

function propertyChecks(node: SchemaNode): Check[] {
  const { additionalProperties, patternProperties = {} } = node.schema;
  const patterns = Object.entries(patternProperties as object).map(([pattern, schema]) => ({
    expression: patternOf(pattern, node.engine),
    check: node.inner(schema, ['patternProperties', pattern]),
  }));
  const make = (key: string, schema: unknown) => node.inner(schema, ['properties', key]);
  const named = new Map(
    propertiesOf(node).map(([key, schema], order) => [
      key,
      { order, schema, check: node.isKnown ? undefined : make(key, schema) },
    ]),
  );
  const checkOther = otherCheck(node, additionalProperties);
  const checks: Check[] = [];
  if (named.size > 0 || checkOther !== undefined) {
    checks.push((value, errors) => {
      const before = errors.length;
      let wrong: WrongPart[] | undefined;
      // By the keys that are there, which are fewer than those that may be.
      for (const key in value as object) {
        const known = named.get(key);
        const part = (value as Map_)[key];
        const at = errors.length;
        if (known !== undefined) {
          if (part !== undefined) {
            known.check ??= make(key, known.schema);
            checkPart(known.check, part, key, errors);
          }
        } else if (checkOther !== undefined && !patterns.some(({ expression }) => expression.test(key))) {
          checkOther(value, key, errors);
        }
        if (errors.length > at) {
          wrong ??= [];
          wrong.push({ order: known?.order ?? -1, errors: errors.splice(at) });
        }
      }
      if (wrong !== undefined) putInOrder(wrong, errors, before);
    });
  }
  for (const { expression, check } of patterns) {
    checks.push((value, errors) => {
      for (const key in value as object) {
        if (expression.test(key)) checkPart(check, (value as Map_)[key], key, errors);
      }
    });
  }
  return checks;
}

interface WrongPart {
  /** Place of the property in the schema; -1 for one that is not in it. */
  order: number;
  errors: Parameters<Check>[1];
}

/** Reports what is not known first, then the properties in the order of the schema. */
function putInOrder(wrong: WrongPart[], errors: Parameters<Check>[1], at: number): void {
  const sorted = wrong.toSorted((a, b) => a.order - b.order).flatMap((part) => part.errors);
  errors.length = at;
  for (const error of sorted) errors.push(error);
}

/** What is said about a key that the schema does not name. */
function otherCheck(
  node: SchemaNode,
  schema: unknown,
): ((value: unknown, key: string, errors: Parameters<Check>[1]) => void) | undefined {
  if (schema === undefined || schema === true) return undefined;
  if (schema === false) {
    return (value, key, errors) =>
      fail(errors, node, 'additionalProperties', value, { additionalProperty: key });
  }
  const check = node.inner(schema, ['additionalProperties']);
  return (value, key, errors) => checkPart(check, (value as Map_)[key], key, errors);
}

/** The named properties; the name that JavaScript keeps for itself is passed over. */
function propertiesOf({ schema }: SchemaNode): [key: string, schema: unknown][] {
  return Object.entries((schema.properties ?? {}) as object).filter(([key]) => key !== '__proto__');
}
