import type { PathSegment } from '@cozecut/problems';
import { entriesOf, itemsOf, type MapNode, mapOf, type Node } from '../source/node.ts';
import { SCHEMA_HOLDERS } from './keywords.ts';

/** The schemas that a schema holds directly, with their path below it. */
export function subschemas(schema: MapNode): { path: PathSegment[]; node: Node }[] {
  return entriesOf(schema).flatMap(([keyword, { value }]) => {
    switch (SCHEMA_HOLDERS[keyword]) {
      case 'schema':
        return [{ path: [keyword], node: value }];
      case 'schemas':
        return itemsOf(value).map((node, index) => ({ path: [keyword, index], node }));
      case 'map':
        return entriesOf(value).map(([name, entry]) => ({ path: [keyword, name], node: entry.value }));
      default:
        return [];
    }
  });
}

/** A copy of a schema in which each directly held schema is replaced. */
export function mapSubschemas(schema: MapNode, replace: (node: Node) => Node): MapNode {
  const entries = [...schema.entries].map(([keyword, entry]) => {
    const { value } = entry;
    const holder = SCHEMA_HOLDERS[keyword];
    if (holder === 'schema') return [keyword, { ...entry, value: replace(value) }] as const;
    if (holder === 'schemas' && value.kind === 'list') {
      return [keyword, { ...entry, value: { ...value, items: value.items.map(replace) } }] as const;
    }
    if (holder === 'map' && value.kind === 'map') {
      const inner = [...value.entries].map(
        ([name, item]) => [name, { ...item, value: replace(item.value) }] as const,
      );
      return [keyword, { ...entry, value: mapOf(inner, value.place) }] as const;
    }
    return [keyword, entry] as const;
  });
  return mapOf(entries, schema.place);
}
