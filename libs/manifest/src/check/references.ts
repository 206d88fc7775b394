import { closest, type PathSegment, type Problem } from '@cozecut/problems';
import { child, entriesOf, itemsOf, type Node, placeOf, problemAt, textOf } from '../source/node.ts';
import { toPosition } from '../source/source-file.ts';
import { parseHandlerText } from './handler-text.ts';
import { checkWorkflows } from './handler-workflow.ts';
import { checkServerAuth } from './server-auth.ts';
import { type ToolSource, toolProblem } from './tool-source.ts';

/** Checks everything that names something else: tools, bindings, routes, names that must be unique. */
export function checkReferences(root: Node, tools: readonly ToolSource[], problems: Problem[]): void {
  checkToolNames(tools, problems);
  checkRoutes(tools, problems);
  const names = tools.map(({ name }) => name);
  const workflows = namesOf(child(child(root, 'bindings'), 'workflows'), 'name');
  for (const tool of tools) checkToolReferences(tool, names, workflows, problems);
  checkBots(root, names, problems);
  checkWorkflows(root, tools, problems);
  for (const path of [
    ['bindings', 'bots'],
    ['bindings', 'workflows'],
  ]) {
    checkUnique(root, path, 'name', problems);
    checkBaseUrls(root, path, problems);
  }
  checkUnique(root, ['auth', 'server'], 'id', problems);
  checkServerAuth(root, problems);
  for (const [deployment, entry] of entriesOf(child(root, 'deployments'))) {
    const overridden = child(child(entry.value, 'overrides'), 'tools');
    for (const [name] of entriesOf(overridden)) {
      const path = ['deployments', deployment, 'overrides', 'tools', name];
      if (!names.includes(name)) problems.push(unknownTool(root, path, 'key', name, names));
    }
  }
}

function checkToolNames(tools: readonly ToolSource[], problems: Problem[]): void {
  const first = new Map<string, ToolSource>();
  for (const tool of tools) {
    const before = first.get(tool.name);
    if (before === undefined) {
      first.set(tool.name, tool);
      continue;
    }
    const finding = {
      code: 'TOOL_DUPLICATE',
      message: `there is another tool of this name${whereIs(before, tool)}`,
    };
    problems.push(toolProblem(tool, ['name'], 'value', finding));
  }
}

function checkRoutes(tools: readonly ToolSource[], problems: Problem[]): void {
  const first = new Map<string, ToolSource>();
  for (const tool of tools) {
    const http = child(tool.node, 'http');
    const path = textOf(child(http, 'path')) ?? `/v1/tools/${tool.name}`;
    const method = textOf(child(http, 'method')) ?? 'POST';
    const route = `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;
    const before = first.get(route);
    if (before === undefined) first.set(route, tool);
    else if (before.name !== tool.name) {
      problems.push(
        toolProblem(tool, ['http', 'path'], 'value', {
          code: 'ROUTE_DUPLICATE',
          message: `${method} ${path} is already the route of tool ${before.name}${whereIs(before, tool)}`,
        }),
      );
    }
  }
}

function checkToolReferences(
  tool: ToolSource,
  tools: readonly string[],
  workflows: readonly string[],
  problems: Problem[],
): void {
  const handler = textOf(child(tool.node, 'handler'));
  const parsed = handler === undefined ? undefined : parseHandlerText(handler);
  if (parsed?.kind === 'workflow' && !workflows.includes(parsed.binding)) {
    problems.push(
      toolProblem(tool, ['handler'], 'value', {
        code: 'BINDING_UNKNOWN',
        message: `there is no workflow "${parsed.binding}" in bindings.workflows`,
        suggestions: closest(parsed.binding, workflows).map((name) => `workflow:${name}`),
      }),
    );
  }
  const replacedBy = textOf(child(child(tool.node, 'deprecated'), 'replacedBy'));
  if (replacedBy !== undefined && (!tools.includes(replacedBy) || replacedBy === tool.name)) {
    problems.push(
      toolProblem(tool, ['deprecated', 'replacedBy'], 'value', {
        code: 'TOOL_UNKNOWN',
        message:
          replacedBy === tool.name ? 'a tool cannot replace itself' : `there is no tool "${replacedBy}"`,
        suggestions: closest(
          replacedBy,
          tools.filter((name) => name !== tool.name),
        ),
      }),
    );
  }
}

function checkBots(root: Node, tools: readonly string[], problems: Problem[]): void {
  for (const [index, bot] of itemsOf(child(child(root, 'bindings'), 'bots')).entries()) {
    for (const [at, item] of itemsOf(child(bot, 'tools')).entries()) {
      const name = textOf(item);
      if (name === undefined || tools.includes(name)) continue;
      problems.push(unknownTool(root, ['bindings', 'bots', index, 'tools', at], 'value', name, tools));
    }
  }
}

function unknownTool(
  root: Node,
  path: readonly PathSegment[],
  part: 'key' | 'value',
  name: string,
  tools: readonly string[],
): Problem {
  return problemAt(root, path, part, {
    code: 'TOOL_UNKNOWN',
    severity: 'error',
    message: `there is no tool "${name}"`,
    suggestions: closest(name, tools),
  });
}

function checkUnique(root: Node, path: readonly string[], key: string, problems: Problem[]): void {
  const seen = new Set<string>();
  const list = path.reduce<Node | undefined>(child, root);
  for (const [index, item] of itemsOf(list).entries()) {
    const name = textOf(child(item, key));
    if (name === undefined) continue;
    if (seen.has(name)) {
      problems.push(
        problemAt(root, [...path, index, key], 'value', {
          code: 'NAME_DUPLICATE',
          severity: 'error',
          message: `${path.join('.')} has two entries called "${name}"`,
        }),
      );
    }
    seen.add(name);
  }
}

function checkBaseUrls(root: Node, path: readonly string[], problems: Problem[]): void {
  const list = path.reduce<Node | undefined>(child, root);
  for (const [index, item] of itemsOf(list).entries()) {
    if (textOf(child(item, 'region')) !== 'studio' || child(item, 'baseUrl') !== undefined) continue;
    problems.push(
      problemAt(root, [...path, index, 'region'], 'value', {
        code: 'MISSING_KEY',
        severity: 'error',
        message: `${path.join('.')}[${index}] needs "baseUrl", because its region is studio`,
        hint: 'baseUrl: the address of your studio, such as http://127.0.0.1:8888',
      }),
    );
  }
}

function namesOf(list: Node | undefined, key: string): string[] {
  return itemsOf(list).flatMap((item) => textOf(child(item, key)) ?? []);
}

/** Where another tool is: line and, when it is another one, file. */
function whereIs(tool: ToolSource, other: ToolSource): string {
  const place = placeOf(tool.node, ['name'], 'value');
  if (place === undefined) return '';
  const { line } = toPosition(place.file, place.start);
  const sameFile = other.node.place?.file.path === place.file.path;
  return sameFile ? ` in line ${line}` : ` in ${place.file.path}:${line}`;
}
