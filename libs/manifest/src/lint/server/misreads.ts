import { formatPointer, type PathSegment } from '@cozecut/problems';
import { entriesOf, type MapNode, type Node, toValue } from '../../source/node.ts';
import { refOf } from '../document.ts';
import { type Field, GRAMMAR, type Kind, REFERABLE } from '../grammar.ts';
import { jsonKind } from './go.ts';

/** A value whose type the server cannot read: the document is refused before anything in it is looked at. */
export interface Misread {
  path: readonly PathSegment[];
  /** Object that the value is in. */
  kind: Kind;
  key: string;
  /** What should be there, for a person. */
  expected: string;
  value: unknown;
  /** What the server says. */
  predicted: string;
}

/** Everything in a document that has another type than the server reads. */
export function findMisreads(root: Node): Misread[] {
  if (root.kind !== 'map') return [];
  const reader = new MisreadReader();
  reader.object(root, 'document', [], new Set());
  return reader.found;
}

const EXPECTED: Readonly<Record<string, [words: string, go: string]>> = {
  string: ['text', 'string'],
  boolean: ['true or false', 'bool'],
  number: ['a number', 'float64'],
  count: ['a whole number that is not negative', 'uint64'],
  strings: ['a list of texts', '[]string'],
  anys: ['a list', '[]interface {}'],
  stringMap: ['a map of texts', 'map[string]string'],
  requirements: ['a list of maps of lists of scopes', 'openapi3.SecurityRequirements'],
  anyMap: ['a map', 'map[string]interface {}'],
};

class MisreadReader {
  readonly found: Misread[] = [];

  object(node: MapNode, kind: Kind, path: readonly PathSegment[], above: ReadonlySet<Node>): void {
    if (above.has(node) || (REFERABLE.has(kind) && refOf(node) !== undefined)) return;
    const inside = new Set([...above, node]);
    for (const [key, { value }] of entriesOf(node)) {
      const field = GRAMMAR[kind][key];
      if (field === undefined || isNull(value)) continue;
      const at = [...path, key];
      if ('of' in field) this.holder(field, value, kind, at, inside);
      else if (!fits(field.type, value)) {
        const [words, go] = EXPECTED[field.type]!;
        this.say(kind, at, key, value, words, go);
      }
    }
  }

  private holder(
    field: Extract<Field, { of: Kind }>,
    value: Node,
    kind: Kind,
    path: readonly PathSegment[],
    above: ReadonlySet<Node>,
  ): void {
    const key = String(path.at(-1));
    if (field.in === 'one') {
      if (value.kind === 'map') this.object(value, field.of, path, above);
      else if (key === 'additionalProperties') {
        if (value.kind === 'scalar' && typeof value.value === 'boolean') return;
        const words =
          'cannot unmarshal additionalProperties: value must be either a schema object or a boolean';
        this.found.push({
          ...misread(kind, path, key, value, 'a schema, true or false'),
          predicted: `${BEFORE}${words}`,
        });
      } else this.say(kind, path, key, value, 'a map', field.go);
      return;
    }
    const wanted = field.in;
    if (value.kind !== wanted) {
      this.say(kind, path, key, value, `a ${wanted}`, field.go);
      return;
    }
    const children: [PathSegment, Node][] =
      value.kind === 'map'
        ? entriesOf(value).map(([name, entry]) => [name, entry.value])
        : value.items.map((item, index) => [index, item]);
    for (const [name, item] of children) {
      const at = [...path, name];
      if (item.kind === 'map') this.object(item, field.of, at, above);
      else if (!isNull(item)) {
        const go = `openapi3.${field.of.charAt(0).toUpperCase()}${field.of.slice(1)}Bis`;
        this.say(field.of, at, String(name), item, 'a map', go);
      } else if (REFERABLE.has(field.of)) {
        const words = `invalid ${MUST_NAMES[field.of] ?? field.of}: value MUST be an object`;
        this.found.push({ ...misread(field.of, at, String(name), item, 'a map'), predicted: words });
      }
    }
  }

  private say(
    kind: Kind,
    path: readonly PathSegment[],
    key: string,
    value: Node,
    expected: string,
    go: string,
  ) {
    const type = `Go struct field TBis.${String(path[0])} of type ${go}`;
    const predicted = `${BEFORE}json: cannot unmarshal ${goValue(value, go)} into ${type}`;
    this.found.push({ ...misread(kind, path, key, value, expected), predicted });
  }
}

const BEFORE = 'error unmarshaling JSON: while decoding JSON: ';

const MUST_NAMES: Partial<Record<Kind, string>> = {
  requestBody: 'requestBody',
  securityScheme: 'securityScheme',
};

function misread(kind: Kind, path: readonly PathSegment[], key: string, value: Node, expected: string) {
  return { path, kind, key, expected, value: toValue(value) };
}

/** Whole numbers of a wrong size are named by their digits. */
function goValue(node: Node, go: string): string {
  const value = toValue(node);
  return typeof value === 'number' && go === 'uint64' ? `number ${value}` : jsonKind(value);
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function fits(type: Exclude<Field, { of: Kind }>['type'], node: Node): boolean {
  const isText = (item: Node) =>
    item.kind === 'scalar' && (typeof item.value === 'string' || item.value === null);
  switch (type) {
    case 'any':
      return true;
    case 'string':
    case 'boolean':
    case 'number':
      return node.kind === 'scalar' && typeof node.value === type;
    case 'count':
      return node.kind === 'scalar' && Number.isInteger(node.value) && Number(node.value) >= 0;
    case 'strings':
      return node.kind === 'list' && node.items.every(isText);
    case 'anys':
      return node.kind === 'list';
    case 'stringMap':
      return node.kind === 'map' && entriesOf(node).every(([, { value }]) => isText(value));
    case 'requirements':
      return (
        node.kind === 'list' &&
        node.items.every(
          (item) =>
            item.kind === 'map' &&
            entriesOf(item).every(([, { value }]) => fits('strings', value) || isNull(value)),
        )
      );
    case 'anyMap':
      return node.kind === 'map';
  }
}

/** Pointers of the misread values, so that other rules leave them alone. */
export function misreadPointers(misreads: readonly Misread[]): ReadonlySet<string> {
  return new Set(misreads.map(({ path }) => formatPointer(path)));
}
