import { formatPointer, type PathSegment } from '@cozecut/problems';
import type { ToolSource } from '../../check/tool-source.ts';
import { COZE_PREFIX } from '../../openapi/coze.ts';
import type { Parts } from '../../read.ts';
import { nodeAt, placeOf } from '../../source/node.ts';
import { toLocation } from '../../source/source-file.ts';
import type { Tool } from '../../types.ts';
import type { LintProblem } from '../types.ts';

/** A document that was made of a manifest. */
export interface Emitted {
  profile: 'coze' | 'local';
  /** The document, as plain data. */
  document: unknown;
}

/** Moves a problem of an emitted document to what it was made of in the manifest. */
export function mapBack(
  problem: LintProblem,
  path: readonly PathSegment[],
  emitted: Emitted,
  parts: Parts,
): LintProblem {
  const { fix: _, location: __, ...rest } = problem;
  const found = toolOf(path, emitted, parts);
  if (found === undefined) {
    const { root } = parts.composed;
    const at = rootPath(path, parts);
    const place = placeOf(root, at, 'value');
    return {
      ...rest,
      pointer: formatPointer(at),
      ...(place === undefined ? {} : { location: toLocation(place) }),
    };
  }
  const { tool, source } = found;
  const inner = toolPath(path.slice(3), emitted, path, tool);
  const at = nodeAt(source.node, inner) === undefined ? nearest(source, inner) : inner;
  const place = placeOf(source.node, at, 'value');
  return {
    ...rest,
    message: `tool ${tool.name}: ${problem.message}`,
    pointer: formatPointer([...source.base, ...at]),
    ...(place === undefined ? {} : { location: toLocation(place) }),
  };
}

function toolOf(
  path: readonly PathSegment[],
  { profile }: Emitted,
  { tools, composed }: Parts,
): { tool: Tool; source: ToolSource } | undefined {
  if (path[0] !== 'paths') return undefined;
  const tool = tools.find(({ tool: { name, http } }) =>
    profile === 'local'
      ? path[1] === `/${name}`
      : path[1] === COZE_PREFIX + http.path &&
        (path[2] === undefined || path[2] === http.method.toLowerCase()),
  );
  const written = composed.tools.find(({ name }) => name === tool?.tool.name);
  if (tool === undefined || written === undefined) return undefined;
  return { tool: tool.tool, source: { ...written, node: tool.node } };
}

/** Path in the tool for a path in its operation. */
function toolPath(
  path: readonly PathSegment[],
  { document }: Emitted,
  whole: readonly PathSegment[],
  tool: Tool,
): readonly PathSegment[] {
  const [first, second] = path;
  const schema = path.indexOf('schema');
  const below = schema === -1 ? [] : path.slice(schema + 1);
  switch (first) {
    case 'operationId':
    case 'x-functionName':
      return ['name'];
    case 'summary':
      return tool.summary.length > 200 ? ['summary'] : ['description', 'model'];
    case 'requestBody':
      return ['input', ...below];
    case 'responses':
      return ['output', ...below];
    case 'parameters': {
      const name = valueAt(document, [...whole.slice(0, 4), Number(second), 'name']);
      return ['input', 'properties', String(name), ...below];
    }
    default:
      return [];
  }
}

/** The longest part of a path that is written in the tool. */
function nearest({ node }: ToolSource, path: readonly PathSegment[]): readonly PathSegment[] {
  let at = path;
  while (at.length > 0 && nodeAt(node, at) === undefined) at = at.slice(0, -1);
  return at;
}

/** What a path outside of the operations comes from. */
function rootPath(
  [first, second]: readonly PathSegment[],
  { composed, deployment }: Parts,
): readonly PathSegment[] {
  const { root } = composed;
  const firstOf = (...paths: PathSegment[][]) => paths.find((path) => nodeAt(root, path) !== undefined) ?? [];
  if (first === 'info') {
    return firstOf(['openapi', String(second)], ['metadata', String(second)], ['metadata', 'name']);
  }
  if (first === 'servers')
    return firstOf(['deployments', deployment.name, 'server', 'publicUrl'], ['deployments', deployment.name]);
  return firstOf(['tools']);
}

function valueAt(value: unknown, path: readonly PathSegment[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
}
