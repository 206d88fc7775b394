import {
  child,
  entriesOf,
  fromValue,
  type MapNode,
  mapOf,
  type Node,
  textOf,
  toValue,
} from '../source/node.ts';
import { METHODS } from './grammar.ts';
import { has, textAt } from './spot.ts';
import { swaggerToOpenapi } from './swagger.ts';

/** A document after it was converted to OpenAPI 3 and its gaps were filled. */
export interface Converted {
  format: 'openapi' | 'swagger' | 'postman' | 'curl';
  /** None for what is not converted here: Postman collections and curl commands. */
  document: Node | undefined;
}

/**
 * Detects the format of a text as the file import does, and does to the document what the import does.
 *
 * @param root - The text as a tree, when it can be read.
 * @returns Nothing when no format is detected.
 */
export function convertDocument(text: string, root: Node | undefined): Converted | undefined {
  if (text.startsWith('curl')) return { format: 'curl', document: undefined };
  if (text.includes('_postman_id')) return { format: 'postman', document: undefined };
  if (root?.kind !== 'map') return undefined;
  if (isVersion(root, 'openapi', '3')) return { format: 'openapi', document: fillGaps(root) };
  if (isVersion(root, 'swagger', '2'))
    return { format: 'swagger', document: fillGaps(fromValue(swaggerToOpenapi(root)) as MapNode) };
  return undefined;
}

function isVersion(root: Node, key: string, major: string): boolean {
  const node = child(root, key);
  const value = node === undefined ? undefined : toValue(node);
  // A number in YAML is taken by its digits: 3.0 is a version.
  const text = typeof value === 'number' ? written(node!) : (textOf(node) ?? '');
  return text === major || text.startsWith(`${major}.`);
}

function written(node: Node): string {
  const { place } = node;
  return place === undefined ? String(toValue(node)) : place.file.text.slice(place.start, place.end);
}

/** Names, descriptions and answers that the import makes up. */
function fillGaps(root: MapNode): MapNode {
  return withKeys(root, { info: fillInfo(child(root, 'info')), paths: fillPaths(child(root, 'paths')) });
}

function fillInfo(info: Node | undefined): Node {
  const map = info?.kind === 'map' ? info : mapOf([]);
  const title = textAt(map, 'title') || 'title is required';
  return withKeys(map, {
    title: has(map, 'title') && textAt(map, 'title') !== '' ? undefined : fromValue(title),
    version: textAt(map, 'version') === '' ? fromValue('v1') : undefined,
    description: textAt(map, 'description') === '' ? fromValue(title) : undefined,
  });
}

function fillPaths(paths: Node | undefined): Node | undefined {
  if (paths?.kind !== 'map') return paths;
  const filled = entriesOf(paths).map(([path, entry], index) => {
    const { value } = entry;
    if (value.kind !== 'map') return [path, entry] as const;
    const operations = METHODS.flatMap((method, at) => {
      const operation = child(value, method);
      return operation?.kind === 'map'
        ? [[method, fillOperation(operation, `tool_${index}_${at}`)] as const]
        : [];
    });
    return [path, { ...entry, value: withKeys(value, Object.fromEntries(operations)) }] as const;
  });
  return mapOf(filled, paths.place);
}

function fillOperation(operation: MapNode, freeId: string): Node {
  const id = textAt(operation, 'operationId') || freeId;
  return withKeys(operation, {
    operationId: textAt(operation, 'operationId') === '' ? fromValue(id) : undefined,
    summary: textAt(operation, 'summary') === '' ? fromValue(id) : undefined,
    responses: fillResponses(child(operation, 'responses')),
  });
}

const EMPTY_JSON = { 'application/json': { schema: { type: 'object', properties: {} } } };

function fillResponses(responses: Node | undefined): Node | undefined {
  if (responses?.kind !== 'map') return undefined;
  const ok = child(responses, '200');
  if (ok?.kind === 'map' && child(ok, '$ref') !== undefined) return undefined;
  const content = child(ok, 'content');
  if (ok?.kind !== 'map' || entriesOf(content).length === 0) {
    return fromValue({ '200': { description: 'description is required', content: EMPTY_JSON } });
  }
  if (child(content, 'application/json') !== undefined || content?.kind !== 'map') return undefined;
  const added = withKeys(content, { 'application/json': fromValue(EMPTY_JSON['application/json']) });
  return withKeys(responses, { '200': withKeys(ok, { content: added }) });
}

/** A map with some keys set; those that are undefined stay as they are. */
function withKeys(map: MapNode, keys: Readonly<Record<string, Node | undefined>>): MapNode {
  const entries = new Map(map.entries);
  for (const [key, value] of Object.entries(keys)) {
    if (value !== undefined) entries.set(key, { ...entries.get(key), value });
  }
  return { ...map, entries };
}
