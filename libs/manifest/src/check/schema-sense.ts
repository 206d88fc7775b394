import { closest, type PathSegment, type Problem } from '@cozecut/problems';
import { child, entriesOf, itemsOf, type MapNode, type Node, textOf, toValue } from '../source/node.ts';
import { type ToolFinding, type ToolSource, toolProblem } from './tool-source.ts';

/** Bounds of which the first must not be above the second. */
const BOUNDS = [
  ['minimum', 'maximum'],
  ['exclusiveMinimum', 'exclusiveMaximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** Keywords by which a level may have properties that `properties` does not list. */
const OPEN = ['allOf', 'anyOf', 'oneOf', 'if', 'patternProperties', 'dependentSchemas', '$ref'];

/** Keywords whose schemas say something more about a value that another schema describes. */
const BESIDE = new Set<PathSegment>([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
]);

/** Whether a schema below this path only adds to another one. */
function isBeside(path: readonly PathSegment[]): boolean {
  return path.some((segment) => BESIDE.has(segment));
}

/**
 * What is right keyword by keyword in one level of a schema, and cannot be meant: bounds that no value keeps, names in
 * `required` that are no properties, kinds of files on what is no text, numbers that lose digits.
 */
export function checkSense(
  tool: ToolSource,
  path: readonly PathSegment[],
  node: MapNode,
  problems: Problem[],
): void {
  const report: Report = (at, finding) =>
    problems.push(toolProblem(tool, [...path, ...at], 'value', finding));
  for (const [low, high] of BOUNDS) {
    const [least, most] = [child(node, low), child(node, high)].map((one) => one && toValue(one));
    const isEmpty = low === 'exclusiveMinimum' ? Number(least) >= Number(most) : Number(least) > Number(most);
    if (typeof least !== 'number' || typeof most !== 'number' || !isEmpty) continue;
    const message = `no value is right: ${low} is ${least}, and ${high} is ${most}`;
    report([low], { code: 'SCHEMA_INVALID', message });
  }
  if (isTrue(child(node, 'readOnly')) && isTrue(child(node, 'writeOnly'))) {
    const message = 'a property cannot be both readOnly and writeOnly';
    report(['writeOnly'], { code: 'SCHEMA_INVALID', message });
  }
  checkRequired(node, isBeside(path), report);
  checkFileKind(node, report);
  for (const keyword of ['default', 'const', 'enum']) {
    for (const { path: at, node: number } of inexactNumbers(child(node, keyword))) {
      report([keyword, ...at], inexact(number));
    }
  }
}

type Report = (at: readonly PathSegment[], finding: ToolFinding) => void;

function checkRequired(node: MapNode, beside: boolean, report: Report): void {
  const properties = child(node, 'properties');
  if (beside || properties?.kind !== 'map' || OPEN.some((keyword) => child(node, keyword) !== undefined))
    return;
  const known = entriesOf(properties).map(([name]) => name);
  const closed = child(node, 'additionalProperties');
  const isClosed = closed?.kind === 'scalar' && closed.value === false;
  for (const [index, item] of itemsOf(child(node, 'required')).entries()) {
    const name = textOf(item);
    if (name === undefined || known.includes(name)) continue;
    const suggestions = closest(name, known);
    report(['required', index], {
      code: 'REQUIRED_UNKNOWN',
      severity: isClosed ? 'error' : 'warning',
      message: `"${name}" is required and is no property`,
      ...(suggestions.length > 0 ? { suggestions } : {}),
    });
  }
}

function checkFileKind(node: MapNode, report: Report): void {
  const kind = textOf(child(node, 'x-assist-type'));
  if (kind === undefined) return;
  const type = textOf(child(node, 'type'));
  const format = textOf(child(node, 'format')) ?? '';
  const warn = (message: string) =>
    report(['x-assist-type'], { code: 'SCHEMA_KEYWORD', severity: 'warning', message });
  if (type !== undefined && type !== 'string') {
    warn(`x-assist-type stands on text: the address of the file (got type ${type})`);
  } else if (/_url$/.test(format) && format !== `${kind}_url`) {
    warn(`x-assist-type is ${kind}, and format says ${format}`);
  }
}

/** Numbers below a value that are not kept as they are written. */
export function inexactNumbers(
  node: Node | undefined,
  path: readonly PathSegment[] = [],
): { path: readonly PathSegment[]; node: Node }[] {
  if (node === undefined) return [];
  if (node.kind === 'map')
    return entriesOf(node).flatMap(([key, { value }]) => inexactNumbers(value, [...path, key]));
  if (node.kind === 'list') return node.items.flatMap((item, at) => inexactNumbers(item, [...path, at]));
  const { value } = node;
  const isInexact = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isInexact && /^[-+]?\d+$/.test(written(node)) && BigInt(written(node)) !== BigInt(value)
    ? [{ path, node }]
    : [];
}

/** The finding about such a number. */
export function inexact(node: Node): { code: string; severity: 'warning'; message: string; hint: string } {
  return {
    code: 'NUMBER_NOT_EXACT',
    severity: 'warning',
    message: `the number ${written(node)} has too many digits: it becomes ${String(toValue(node))}`,
    hint: `Make it text: "${written(node)}"`,
  };
}

function written({ place }: Node): string {
  return place === undefined ? '' : place.file.text.slice(place.start, place.end);
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}
