import type { PathSegment } from '@cozecut/problems';
import { child, entriesOf, type MapNode, type Node } from '../../source/node.ts';
import { type Document, follow } from '../document.ts';
import { contentOf, has, isTrue, type Placed, parametersOf, placedAt, textAt } from '../spot.ts';

/** One value of a tool as the server lists it: a parameter, a property or the items of a list. */
export interface ToolField {
  side: 'parameter' | 'body' | 'response';
  /** Name in messages of the server; items of a list are called `[Array Item]`. */
  name: string;
  node: MapNode;
  path: readonly PathSegment[];
  /** Where a parameter travels. */
  location: string;
  required: boolean;
  isItem: boolean;
  /** Whether the field, or one that it is in, is hidden from the model. */
  isHidden: boolean;
  /** Whether the server reads `x-assist-type` here: not in answers, in hidden fields or in lists of simple values. */
  readsAssist: boolean;
}

/** Every field that the server makes out of an operation, in its order, `$ref`s followed. */
export function toolFields(document: Document, operation: Placed): readonly ToolField[] {
  const before = document.fields.get(operation.node);
  if (before !== undefined) return before;
  const fields: ToolField[] = [];
  document.fields.set(operation.node, fields);
  const collector = new FieldCollector(document, fields);
  for (const parameter of parametersOf(document, operation)) {
    const schema = placedAt(document, parameter, 'schema');
    if (schema === undefined) continue;
    const location = textAt(parameter.node, 'in');
    const required = isTrue(parameter.node, 'required');
    collector.add(schema, { side: 'parameter', name: textAt(parameter.node, 'name'), location, required });
  }
  const body = placedAt(document, operation, 'requestBody');
  const [media] = contentOf(body?.node);
  if (body !== undefined && media !== undefined) {
    const schema = placedAt(document, body, 'content', media[0], 'schema');
    if (schema !== undefined) collector.properties(schema, { side: 'body', location: 'body' });
  }
  const answer = placedAt(document, operation, 'responses', '200', 'content', 'application/json', 'schema');
  if (answer !== undefined) collector.properties(answer, { side: 'response', location: 'body' });
  return fields;
}

type Inherited = Pick<ToolField, 'side' | 'location'> & { isHidden?: boolean; readsAssist?: boolean };

/** Schemas that use each other twice grow without end; nobody has so many fields. */
const MAX_FIELDS = 20_000;

class FieldCollector {
  private readonly document: Document;
  private readonly fields: ToolField[];
  private readonly above = new Set<Node>();

  constructor(document: Document, fields: ToolField[]) {
    this.document = document;
    this.fields = fields;
  }

  properties(schema: Placed, inherited: Inherited): void {
    const required = new Set(
      (child(schema.node, 'required') as { items?: readonly Node[] } | undefined)?.items?.map((item) =>
        item.kind === 'scalar' ? item.value : undefined,
      ),
    );
    for (const [name, { value }] of entriesOf(child(schema.node, 'properties'))) {
      const found = follow(this.document, value, [...schema.path, 'properties', name]);
      if (found !== undefined) this.add(found, { ...inherited, name, required: required.has(name) });
    }
  }

  add(schema: Placed, field: Inherited & { name: string; required: boolean; isItem?: boolean }): void {
    const { node, path } = schema;
    if (this.above.has(node) || this.fields.length >= MAX_FIELDS) return;
    const isHidden = field.isHidden || isDisabled(node);
    const readsAssist = field.side !== 'response' && (field.readsAssist ?? true) && !isHidden;
    this.fields.push({ isItem: false, ...field, node, path, isHidden, readsAssist });
    this.above.add(node);
    const { side, location } = field;
    const type = textAt(node, 'type');
    if (type === 'object') this.properties(schema, { side, location, isHidden, readsAssist });
    if (type === 'array' && has(node, 'items')) {
      const items = placedAt(this.document, schema, 'items');
      const reads = readsAssist && side === 'body' && textAt(items?.node, 'type') === 'object';
      if (items !== undefined) {
        const { required } = field;
        this.add(items, {
          side,
          location,
          isHidden,
          readsAssist: reads,
          name: '[Array Item]',
          required,
          isItem: true,
        });
      }
    }
    this.above.delete(node);
  }
}

/** Whether a schema is hidden from the model. */
export function isDisabled(node: Node | undefined): boolean {
  return isTrue(node, 'x-global-disable') || isTrue(node, 'x-local-disable');
}
