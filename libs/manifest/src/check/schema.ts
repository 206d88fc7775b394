import { type PathSegment, type Problem, parsePointer, showValue } from '@cozecut/problems';
import { createValidator, type Validate } from '@cozecut/problems/schema';
import { validateTree } from '../compose/schema-problems.ts';
import type { foreignPattern } from '../json-schema/foreign-pattern.ts';
import { KeywordsSchema } from '../json-schema/keywords.ts';
import { subschemas } from '../json-schema/walk.ts';
import { child, type MapNode, mapOf, type Node, textOf, toValue } from '../source/node.ts';
import { checkSense } from './schema-sense.ts';
import { type ToolSource, toolProblem } from './tool-source.ts';
import { valueProblems } from './values.ts';

/**
 * Checks the input or output schema of a tool: every keyword, patterns, names in `required`, defaults.
 *
 * @param pattern - Makes the regular expressions of the schema.
 * @returns The compiled schema when it can be used.
 */
export function checkToolSchema(
  tool: ToolSource,
  side: 'input' | 'output',
  pattern: typeof foreignPattern,
  problems: Problem[],
): Validate | undefined {
  const root = child(tool.node, side);
  if (root?.kind !== 'map') return undefined;
  const before = problems.length;
  checkRoot(tool, side, root, problems);
  checkLevel(tool, [side], root, problems);
  // What a name in "required" was meant to be decides about every value.
  const isBroken = ({ severity, code }: Problem) => severity === 'error' || code === 'REQUIRED_UNKNOWN';
  if (problems.slice(before).some(isBroken)) return undefined;
  try {
    const validate = createValidator(toValue(root) as object, { pattern });
    checkDefaults(tool, [side], root, pattern, problems);
    return validate;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(toolProblem(tool, [side], 'value', { code: 'SCHEMA_INVALID', message: reason }));
    return undefined;
  }
}

function checkRoot(tool: ToolSource, side: string, root: MapNode, problems: Problem[]): void {
  const type = child(root, 'type');
  if (textOf(type) === 'object') return;
  const message =
    type === undefined
      ? `the ${side} schema needs "type: object"`
      : `the ${side} schema must be of type object (got ${JSON.stringify(toValue(type))})`;
  problems.push(
    toolProblem(tool, [side, 'type'], type === undefined ? 'key' : 'value', {
      code: 'SCHEMA_NOT_OBJECT',
      message,
      hint: `Every ${side} is one map; put a single value under a name of its own`,
    }),
  );
}

function checkLevel(tool: ToolSource, path: readonly PathSegment[], node: Node, problems: Problem[]): void {
  if (node.kind !== 'map') {
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return;
    const message = `a schema must be a map (got ${showValue(toValue(node))})`;
    problems.push(toolProblem(tool, path, 'value', { code: 'SCHEMA_INVALID', message }));
    return;
  }
  for (const { code, message, suggestions, hint, pointer = '' } of keywordProblems(node)) {
    const inner = parsePointer(pointer);
    const unknown = code === 'UNKNOWN_KEY';
    problems.push(
      toolProblem(tool, [...path, ...inner], unknown ? 'key' : 'value', {
        code: unknown ? 'SCHEMA_KEYWORD' : 'SCHEMA_INVALID',
        severity: unknown ? 'warning' : 'error',
        message: unknown ? `unknown schema keyword "${inner.at(-1)}"` : message,
        ...(suggestions === undefined ? {} : { suggestions }),
        ...(hint === undefined ? {} : { hint }),
      }),
    );
  }
  checkPattern(tool, path, node, problems);
  checkSense(tool, path, node, problems);
  for (const { path: inner, node: schema } of subschemas(node)) {
    // What is not a schema where a keyword holds one has been said; only maps of schemas are looked at here.
    const isNamed = inner.length === 2 && typeof inner[1] === 'string';
    if (schema.kind === 'map' || isNamed) checkLevel(tool, [...path, ...inner], schema, problems);
  }
}

/** What is wrong with the keywords of one level; the held schemas are levels of their own. */
function keywordProblems(node: MapNode): Problem[] {
  return validateTree(withoutHeld(node), KeywordsSchema, 'the schema').problems;
}

/** The level with its held schemas emptied, so that a large schema is not validated once per level. */
function withoutHeld(node: MapNode): MapNode {
  const entries = [...node.entries].map(([key, entry]) => {
    const { value } = entry;
    const kept =
      key === 'default' || key === 'enum' || key === 'const' || key === 'examples' || key === 'required';
    if (kept || value.kind !== 'map') return [key, entry] as const;
    return [key, { ...entry, value: mapOf([], value.place) }] as const;
  });
  return mapOf(entries, node.place);
}

function checkPattern(
  tool: ToolSource,
  path: readonly PathSegment[],
  node: MapNode,
  problems: Problem[],
): void {
  const pattern = textOf(child(node, 'pattern'));
  if (pattern === undefined) return;
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(
      toolProblem(tool, [...path, 'pattern'], 'value', {
        code: 'SCHEMA_PATTERN',
        message: `not a regular expression: ${reason}`,
      }),
    );
  }
}

function checkDefaults(
  tool: ToolSource,
  path: readonly PathSegment[],
  node: Node,
  pattern: typeof foreignPattern,
  problems: Problem[],
): void {
  if (node.kind !== 'map') return;
  const fallback = child(node, 'default');
  if (fallback !== undefined) {
    const validate = createValidator(toValue(node) as object, { pattern });
    problems.push(
      ...valueProblems(
        tool,
        [...path, 'default'],
        validate(toValue(fallback)),
        'DEFAULT_INVALID',
        'the default',
      ),
    );
  }
  for (const { path: inner, node: schema } of subschemas(node)) {
    checkDefaults(tool, [...path, ...inner], schema, pattern, problems);
  }
}
