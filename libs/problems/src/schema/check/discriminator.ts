import { type Check, fail, type SchemaNode, UncommonSchema } from './node.ts';

interface Alternative {
  properties?: Record<string, { const?: unknown; enum?: unknown } | undefined>;
  required?: unknown[];
}

/** The check of a `oneOf` whose alternatives are told apart by the value of a key: that one alone is looked at. */
export function discriminatorChecks(node: SchemaNode): Check[] {
  const {
    discriminator,
    oneOf = [],
    required,
  } = node.schema as { oneOf?: Alternative[] } & Alternative & Record<string, unknown>;
  if (discriminator === undefined) return [];
  const { propertyName: tag, mapping } = discriminator as { propertyName?: unknown; mapping?: unknown };
  if (typeof tag !== 'string' || mapping !== undefined) throw new UncommonSchema();
  const byValue = new Map<unknown, Check>();
  oneOf.forEach((alternative, index) => {
    const value = alternative?.properties?.[tag]?.const;
    const isRequired = required?.includes(tag) || alternative?.required?.includes(tag);
    if (typeof value !== 'string' || byValue.has(value) || !isRequired) throw new UncommonSchema();
    byValue.set(value, node.inner(alternative, ['oneOf', index]));
  });
  if (byValue.size === 0) throw new UncommonSchema();
  return [
    (value, errors) => {
      const tagValue = (value as Record<string, unknown>)[tag];
      const check = byValue.get(tagValue);
      if (check !== undefined) return check(value, errors);
      const error = typeof tagValue === 'string' ? 'mapping' : 'tag';
      fail(errors, node, 'discriminator', value, { error, tag, tagValue });
    },
  ];
}
