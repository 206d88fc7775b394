import { asList, asMap, type Data } from './operations.ts';

/** How the fields of two objects belong together. */
export interface FieldMatch {
  kept: string[];
  removed: string[];
  added: string[];
  /** Old name and new name of a field whose schema stayed. */
  renamed: (readonly [string, string])[];
}

/** Keywords that say something without deciding what is valid. */
const TEXTS = new Set(['title', 'description', 'example', 'examples', 'externalDocs', '$comment']);

/** Matches the fields of two objects by name, then by schema. A field that Coze is told to hide is not there. */
export function matchFields(old: Data, now: Data): FieldMatch {
  const before = visible(old);
  const after = visible(now);
  const removed = [...before.keys()].filter((name) => !after.has(name));
  const added = [...after.keys()].filter((name) => !before.has(name));
  const renamed = removed.flatMap((from) => {
    const shape = shapeOf(before.get(from));
    const targets = added.filter((to) => shapeOf(after.get(to)) === shape);
    const sources = removed.filter((other) => shapeOf(before.get(other)) === shape);
    const [to] = targets;
    return to !== undefined && targets.length === 1 && sources.length === 1 ? [[from, to] as const] : [];
  });
  return {
    kept: [...before.keys()].filter((name) => after.has(name)),
    removed: removed.filter((name) => !renamed.some(([from]) => from === name)),
    added: added.filter((name) => !renamed.some(([, to]) => to === name)),
    renamed,
  };
}

/** The required fields of an object that have no default: those a caller has to give. */
export function demanded(schema: Data): Set<string> {
  const properties = asMap(schema.properties);
  const names = asList(schema.required).map(String);
  return new Set(names.filter((name) => asMap(properties[name]).default === undefined));
}

function visible(schema: Data): Map<string, unknown> {
  const fields = Object.entries(asMap(schema.properties));
  return new Map(fields.filter(([, field]) => asMap(field)['x-global-disable'] !== true));
}

/** What decides whether a value is valid, as text. */
function shapeOf(schema: unknown): string {
  return JSON.stringify(schema, (key, value: unknown) =>
    TEXTS.has(key) && !isSchema(value) ? undefined : value,
  );
}

/** A property may be called `title` too. */
function isSchema(value: unknown): boolean {
  const map = asMap(value);
  return 'type' in map || 'properties' in map || 'enum' in map;
}
