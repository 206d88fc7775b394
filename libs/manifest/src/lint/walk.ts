import type { PathSegment } from '@cozecut/problems';
import { child, entriesOf, itemsOf, type MapNode, type Node, textOf } from '../source/node.ts';
import { refOf } from './document.ts';
import { type Field, GRAMMAR, type Kind } from './grammar.ts';
import { quote } from './server/go.ts';
import type { Spot } from './types.ts';

/** One object inside another one. */
export interface Child {
  field: string;
  kind: Kind;
  key: string;
  node: Node;
  path: readonly PathSegment[];
}

type Holder = Extract<Field, { of: Kind }>;

/** The fields of each kind that hold objects. */
const HOLDERS: ReadonlyMap<string, readonly (readonly [string, Holder])[]> = new Map(
  Object.entries(GRAMMAR).map(([kind, fields]) => [
    kind,
    Object.entries(fields).filter((entry): entry is [string, Holder] => 'of' in entry[1]),
  ]),
);

/** The objects that an object holds directly, maps in the order of their keys as the server sorts them. */
export function childrenOf(node: MapNode, kind: Kind, path: readonly PathSegment[]): Child[] {
  const found: Child[] = [];
  for (const [field, what] of HOLDERS.get(kind) ?? []) {
    const value = node.entries.get(field)?.value;
    if (value === undefined) continue;
    if (what.in === 'one') {
      found.push({ field, kind: what.of, key: field, node: value, path: [...path, field] });
    } else if (what.in === 'list') {
      for (const [index, item] of itemsOf(value).entries()) {
        found.push({ field, kind: what.of, key: String(index), node: item, path: [...path, field, index] });
      }
    } else {
      const sorted = entriesOf(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      for (const [key, entry] of sorted) {
        found.push({ field, kind: what.of, key, node: entry.value, path: [...path, field, key] });
      }
    }
  }
  return found;
}

/** Fields that the server reads and never checks. */
const UNCHECKED: Partial<Record<Kind, readonly string[]>> = {
  pathItem: ['parameters', 'servers'],
  operation: ['servers'],
  mediaType: ['encoding'],
  schema: ['xml', 'discriminator'],
  link: ['server'],
};

/** What is called on the way through a document. */
export interface WalkEvents {
  enter(spot: Spot): void;
  leave(spot: Spot): void;
}

/** Goes through everything that the server checks, in its order. What a `$ref` names is visited where it is written. */
export function walkDocument(root: MapNode, events: WalkEvents): void {
  visit(
    { kind: 'document', node: root, path: [], key: '', prefix: '', parent: undefined },
    events,
    new Set(),
  );
}

function visit(spot: Spot, events: WalkEvents, inside: Set<Node>): void {
  events.enter(spot);
  inside.add(spot.node);
  const skipped = UNCHECKED[spot.kind] ?? [];
  for (const inner of childrenOf(spot.node, spot.kind, spot.path)) {
    const { field, kind, key, node, path } = inner;
    if (skipped.includes(field) || node.kind !== 'map' || inside.has(node)) continue;
    if (kind !== 'pathItem' && refOf(node) !== undefined) continue;
    visit(
      { kind, node, path, key, prefix: spot.prefix + wordsFor(spot, inner), parent: spot },
      events,
      inside,
    );
  }
  inside.delete(spot.node);
  events.leave(spot);
}

const COMPONENTS: Readonly<Record<string, string>> = {
  schemas: 'schema',
  parameters: 'parameter',
  requestBodies: 'request body',
  responses: 'response',
  headers: 'header',
  securitySchemes: 'security scheme',
  examples: 'example',
  links: 'link',
};

/** Name of a group of components in the words of the server. */
export function componentWord(field: string): string {
  return COMPONENTS[field] ?? field;
}

function wordsFor(parent: Spot, { field, key }: Child): string {
  if (field === 'externalDocs') return 'invalid external docs: ';
  switch (parent.kind) {
    case 'document':
      return field === 'paths' ? `invalid paths: invalid path ${key}: ` : `invalid ${field}: `;
    case 'components':
      return `${componentWord(field)} ${quote(key)}: `;
    case 'pathItem':
      return `invalid operation ${field.toUpperCase()}: `;
    case 'parameter': {
      if (field === 'examples') return `example ${key}: `;
      const name = quote(textOf(child(parent.node, 'name')) ?? '');
      return `parameter ${name} ${field} is invalid: `;
    }
    case 'header':
      return field === 'examples' ? `example ${key}: ` : `header ${field} is invalid: `;
    case 'mediaType':
      return field === 'examples' ? `example ${key}: ` : '';
    case 'securityScheme':
      return "security scheme 'flows' is invalid: ";
    case 'oauthFlows':
      return `the OAuth flow '${field}' is invalid: `;
    default:
      return '';
  }
}
