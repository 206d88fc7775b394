import type { Problem } from '@cozecut/problems';
import { child, entriesOf, itemsOf, type Node, problemAt, textOf } from '../source/node.ts';
import { parseTemplate } from './handler-template.ts';
import { knownProperties, templateFinding, writtenText } from './handler-templates.ts';
import { parseHandlerText } from './handler-text.ts';
import type { ToolSource } from './tool-source.ts';

const SIDES = {
  parameters: { paths: ['input'], secrets: false },
  output: { paths: ['data', 'input'], secrets: false },
} as const;

/** Checks the templates of workflow bindings, with the inputs of the tools that run them. */
export function checkWorkflowTemplates(root: Node, tools: readonly ToolSource[], problems: Problem[]): void {
  for (const [index, workflow] of itemsOf(child(child(root, 'bindings'), 'workflows')).entries()) {
    const users = tools.filter((tool) => runs(tool, textOf(child(workflow, 'name'))));
    // A template that one tool can fill in is right, whatever the others have.
    const inputs = users.map((tool) => knownProperties(child(tool.node, 'input')));
    const isOpen = inputs.length === 0 || inputs.includes(undefined);
    const properties = isOpen ? undefined : [...new Set(inputs.flatMap((names) => names ?? []))];
    for (const [side, rules] of Object.entries(SIDES)) {
      for (const [key, { value }] of entriesOf(child(workflow, side))) {
        const text = writtenText(value);
        if (text === undefined) continue;
        const finding = templateFinding(() => parseTemplate(text, rules), properties, 'it');
        if (finding === undefined) continue;
        problems.push(
          problemAt(root, ['bindings', 'workflows', index, side, key], 'value', {
            severity: 'error',
            ...finding,
            message: `bindings.workflows[${index}].${side}.${key}: ${finding.message}`,
          }),
        );
      }
    }
  }
}

function runs(tool: ToolSource, workflow: string | undefined): boolean {
  const text = textOf(child(tool.node, 'handler'));
  if (text === undefined || workflow === undefined) return false;
  const handler = parseHandlerText(text);
  return handler.kind === 'workflow' && handler.binding === workflow;
}
