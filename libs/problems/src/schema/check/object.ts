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
        if ((value as Map_)[missingProperty] === undefined)
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
        if ((value as Map_)[key] === undefined) (value as Map_)[key] = structuredClone(fallback);
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
  const { additionalProperties } = node.schema;
  const patterns = Object.entries((node.schema.patternProperties ?? {}) as object).map(
    ([pattern, schema]) => [patternOf(pattern), node.inner(schema, ['patternProperties', pattern])] as const,
  );
  const properties = propertiesOf(node).map(
    ([key, schema]) => [key, node.inner(schema, ['properties', key])] as const,
  );
  const checks: Check[] = [];
  if (additionalProperties !== undefined && additionalProperties !== true) {
    const known = new Set(properties.map(([key]) => key));
    const isKnown = (key: string) => known.has(key) || patterns.some(([pattern]) => pattern.test(key));
    const check =
      additionalProperties === false ? undefined : node.inner(additionalProperties, ['additionalProperties']);
    checks.push((value, errors) => {
      for (const key in value as object) {
        if (isKnown(key)) continue;
        if (check !== undefined) checkPart(check, (value as Map_)[key], key, errors);
        else fail(errors, node, 'additionalProperties', value, { additionalProperty: key });
      }
    });
  }
  if (properties.length > 0) {
    checks.push((value, errors) => {
      for (const [key, check] of properties) {
        const property = (value as Map_)[key];
        if (property !== undefined) checkPart(check, property, key, errors);
      }
    });
  }
  for (const [pattern, check] of patterns) {
    checks.push((value, errors) => {
      for (const key in value as object) {
        if (pattern.test(key)) checkPart(check, (value as Map_)[key], key, errors);
      }
    });
  }
  return checks;
}

/** The named properties; the name that JavaScript keeps for itself is passed over. */
function propertiesOf({ schema }: SchemaNode): [key: string, schema: unknown][] {
  return Object.entries((schema.properties ?? {}) as object).filter(([key]) => key !== '__proto__');
}
