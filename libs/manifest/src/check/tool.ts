import { type Problem, typeWords } from '@cozecut/problems';
import type { Validate } from '@cozecut/problems/schema';
import { child, entriesOf, itemsOf, textOf, toValue } from '../source/node.ts';
import { inexact, inexactNumbers } from './schema-sense.ts';
import { STATUS_FIELDS } from './status-fields.ts';
import { type ToolSource, toolProblem } from './tool-source.ts';
import { valueProblems } from './values.ts';
import { compareVersions } from './version.ts';

const PATH_PARAMETER_TYPES = new Set(['string', 'integer', 'number', 'boolean']);

/** Names of the `{parameters}` of a path, in order; `undefined` when the braces do not match. */
export function pathParameters(path: string): string[] | undefined {
  const names = [...path.matchAll(/\{([A-Za-z_][\w-]*)\}/g)].map((match) => match[1]!);
  return /[{}]/.test(path.replace(/\{[A-Za-z_][\w-]*\}/g, '')) ? undefined : names;
}

/** Checks that the parameters of the path are required, simple properties of the input. */
export function checkPath(tool: ToolSource, problems: Problem[]): void {
  const path = textOf(child(child(tool.node, 'http'), 'path'));
  if (path === undefined) return;
  const report = (message: string, hint?: string) =>
    problems.push(
      toolProblem(tool, ['http', 'path'], 'value', {
        code: 'PATH_PARAMETER',
        message,
        ...(hint === undefined ? {} : { hint }),
      }),
    );
  const names = pathParameters(path);
  if (names === undefined) {
    report(`the braces of the path ${path} do not enclose names`, 'Write a parameter as {draft_id}');
    return;
  }
  const input = child(tool.node, 'input');
  const properties = child(input, 'properties');
  const required = itemsOf(child(input, 'required')).map(textOf);
  for (const name of new Set(names)) {
    const property = child(properties, name);
    const known = entriesOf(properties).map(([key]) => key);
    if (names.filter((other) => other === name).length > 1) report(`the path has {${name}} twice`);
    else if (property === undefined) {
      report(
        `the path has {${name}}, which is not a property of the input`,
        known.length > 0 ? `The input has ${known.join(', ')}` : `Add ${name} to the properties of the input`,
      );
    } else if (!required.includes(name)) {
      report(
        `the path has {${name}}, which the input does not require`,
        `Add ${name} to "required" of the input`,
      );
    } else if (!PATH_PARAMETER_TYPES.has(textOf(child(property, 'type')) ?? '')) {
      report(`the path has {${name}}, which is not text, a number or true/false`);
    }
  }
}

/** Checks the examples of a tool against its schemas. */
export function checkExamples(
  tool: ToolSource,
  validators: { input: Validate | undefined; output: Validate | undefined },
  problems: Problem[],
): void {
  const seen = new Set<string>();
  for (const [index, example] of itemsOf(child(tool.node, 'examples')).entries()) {
    const name = textOf(child(example, 'name')) ?? '';
    if (seen.has(name)) {
      const finding = { code: 'EXAMPLE_DUPLICATE', message: `there are two examples called "${name}"` };
      problems.push(toolProblem(tool, ['examples', index, 'name'], 'value', finding));
    }
    seen.add(name);
    for (const side of ['input', 'output'] as const) {
      const node = child(example, side);
      const partial = side === 'output' && textOf(child(example, 'match')) === 'subset';
      for (const { path, node: number } of inexactNumbers(node)) {
        problems.push(toolProblem(tool, ['examples', index, side, ...path], 'value', inexact(number)));
      }
      if (node === undefined || partial) continue;
      const violations = validators[side]?.(toValue(node)) ?? [];
      const what = `the ${side} of example "${name}"`;
      problems.push(...valueProblems(tool, ['examples', index, side], violations, 'EXAMPLE_INVALID', what));
    }
  }
}

/** Checks that the output does not say something else under a name by which Coze is told whether the call worked. */
export function checkStatusFields(tool: ToolSource, problems: Problem[]): void {
  const properties = child(child(tool.node, 'output'), 'properties');
  for (const [name, status] of Object.entries(STATUS_FIELDS)) {
    const type = textOf(child(child(properties, name), 'type'));
    if (type === undefined || type === status.type) continue;
    problems.push(
      toolProblem(tool, ['output', 'properties', name, 'type'], 'value', {
        code: 'OUTPUT_RESERVED',
        severity: 'warning',
        message: `Coze gets "${name}" as ${typeWords([status.type])}: ${status.description.toLowerCase()}`,
        hint: `Give ${name} another name`,
      }),
    );
  }
}

/** Checks that a tool is not there any more once the version says so. */
export function checkDeprecation(tool: ToolSource, version: string, problems: Problem[]): void {
  const removeIn = textOf(child(child(tool.node, 'deprecated'), 'removeIn'));
  if (removeIn === undefined || compareVersions(version, removeIn) < 0) return;
  problems.push(
    toolProblem(tool, ['deprecated', 'removeIn'], 'value', {
      code: 'DEPRECATED_PAST_REMOVAL',
      message: `it was to be removed in ${removeIn}, and the plugin is at ${version}`,
      hint: 'Remove the tool, or move removeIn to a later version',
    }),
  );
}
