import { SCHEMA_HOLDERS } from '../json-schema/keywords.ts';

type Data = Record<string, unknown>;

/** A copy of a document whose schemas do not have some keywords. A property of that name stays. */
export function dropKeywords(document: Data, keywords: readonly string[]): Data {
  return keywords.length === 0 ? document : (dropIn(document, new Set(keywords)) as Data);
}

/** Goes through the parts of a document that are no schemas. Examples are values and stay as they are. */
function dropIn(part: unknown, keywords: ReadonlySet<string>): unknown {
  if (Array.isArray(part)) return part.map((item) => dropIn(item, keywords));
  if (!isMap(part)) return part;
  return mapEntries(part, (value, key) => {
    if (key === 'schema') return dropInSchema(value, keywords);
    if (key === 'schemas' && isMap(value)) return mapEntries(value, (item) => dropInSchema(item, keywords));
    return key === 'example' || key === 'examples' ? value : dropIn(value, keywords);
  });
}

function dropInSchema(schema: unknown, keywords: ReadonlySet<string>): unknown {
  if (!isMap(schema)) return schema;
  const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.has(keyword)));
  return mapEntries(kept, (value, keyword) => {
    const holder = SCHEMA_HOLDERS[keyword];
    if (holder === 'schema') return dropInSchema(value, keywords);
    if (holder === 'schemas' && Array.isArray(value)) {
      return value.map((item) => dropInSchema(item, keywords));
    }
    if (holder === 'map' && isMap(value)) return mapEntries(value, (item) => dropInSchema(item, keywords));
    return value;
  });
}

function mapEntries(map: Data, change: (value: unknown, key: string) => unknown): Data {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
