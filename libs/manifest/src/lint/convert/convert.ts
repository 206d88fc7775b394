import {
  child,
  entriesOf,
  fromValue,
  type MapNode,
  mapOf,
  type Node,
  textOf,
  toValue,
} from '../../source/node.ts';
import { METHODS } from '../grammar.ts';
import { has, textAt } from '../spot.ts';
import { curlToOpenapi } from './curl.ts';
import { postmanToOpenapi } from './postman.ts';
import { DuplicatedTool, NotConverted } from './requests.ts';
import { swaggerToOpenapi } from './swagger.ts';

/** What the server puts in front of a failed conversion. */
export const CONVERT = '[109000010] convert protocol failed : ';

/** What became of a text on its way to OpenAPI 3. */
export type Converted = { format: 'openapi' | 'swagger' | 'postman' | 'curl' } & (
  | {
      /** OpenAPI 3, with its gaps filled. */
      document: Node;
    }
  | {
      /** Why there is none, in the words of the server where they are known. */
      refused: { message: string; text: string };
    }
);

/**
 * Detects the format of a text as the file import does, and does to the document what the import does.
 *
 * @param root - The text as a tree, when it can be read.
 * @returns Nothing when no format is detected.
 */
export function convertDocument(text: string, root: Node | undefined): Converted | undefined {
  if (text.startsWith('curl')) return converted('curl', () => curlToOpenapi(text));
  if (text.includes('_postman_id')) {
    return converted('postman', () => postmanToOpenapi(root === undefined ? undefined : toValue(root)));
  }
  if (root?.kind !== 'map') return undefined;
  if (isVersion(root, 'openapi', '3')) return { format: 'openapi', document: fillGaps(root) };
  if (isVersion(root, 'swagger', '2')) return converted('swagger', () => swaggerToOpenapi(root));
  return undefined;
}

function converted(format: Converted['format'], make: () => Record<string, unknown>): Converted {
  try {
    return { format, document: fillGaps(fromValue(make()) as MapNode) };
  } catch (error) {
    if (error instanceof DuplicatedTool) {
      const { message } = error;
      return { format, refused: { message, text: `[109000007] ${message}` } };
    }
    if (error instanceof NotConverted) return { format, refused: { message: '', text: CONVERT } };
    throw error;
  }
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
