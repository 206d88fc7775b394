import { parsePointer } from '../pointer.ts';

/** The references of one schema document. */
export interface Refs {
  /** What a schema means: the target beside its own keywords when it is a reference. */
  resolve(schema: object): object;
  /** Whether checking the alternative of a union comes to `part` by way of references, and not through the union. */
  reaches(branches: readonly object[], index: number, part: unknown): boolean;
}

/** Reads the references of a schema document, when it has any. */
export function createRefs(root: object): Refs {
  const reached = new Map<object, Set<unknown>>();
  return {
    resolve: (schema) => {
      const seen = new Set<object>();
      let resolved = schema;
      for (let next = targetOf(root, schema); next !== undefined && !seen.has(next); ) {
        seen.add(next);
        resolved = { ...next, ...resolved };
        next = targetOf(root, next);
      }
      return resolved;
    },
    reaches: (branches, index, part) => {
      const branch = branches[index]!;
      let parts = reached.get(branch);
      if (parts === undefined) {
        parts = new Set<unknown>([branches]);
        collect(root, branch, parts);
        reached.set(branch, parts);
      }
      return parts.has(part);
    },
  };
}

function collect(root: object, value: unknown, parts: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || parts.has(value)) return;
  parts.add(value);
  for (const item of Object.values(value)) collect(root, item, parts);
  collect(root, targetOf(root, value), parts);
}

/** The schema that a reference within the document leads to. */
export function targetOf(root: object, schema: object): object | undefined {
  const { $ref } = schema as { $ref?: unknown };
  if (typeof $ref !== 'string' || !$ref.startsWith('#')) return undefined;
  const target = parsePointer(decodeURIComponent($ref.slice(1))).reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    root,
  );
  return typeof target === 'object' && target !== null ? target : undefined;
}
