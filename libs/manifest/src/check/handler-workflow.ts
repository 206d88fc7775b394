import type { Problem } from '@cozecut/problems';
import { child, entriesOf, itemsOf, type Node, problemAt, textOf, toValue } from '../source/node.ts';
import { parseTemplate } from './handler-template.ts';
import { knownProperties, templateFinding, writtenText } from './handler-templates.ts';
import { parseHandlerText } from './handler-text.ts';
import type { ToolSource } from './tool-source.ts';

const SIDES = {
  parameters: { paths: ['input'], secrets: false },
  output: { paths: ['data', 'input'], secrets: false },
} as const;

/** Checks workflow bindings together with the tools that run them: templates, and who answers questions. */
export function checkWorkflows(root: Node, tools: readonly ToolSource[], problems: Problem[]): void {
  for (const [index, workflow] of itemsOf(child(child(root, 'bindings'), 'workflows')).entries()) {
    const users = tools.filter((tool) => runs(tool, textOf(child(workflow, 'name'))));
    const unanswered = unansweredFinding(workflow, users);
    if (unanswered !== undefined) {
      const path = ['bindings', 'workflows', index, 'onInterrupt'];
      problems.push(problemAt(root, path, 'value', { severity: 'warning', ...unanswered }));
    }
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

/** Why nobody would ever be asked, although the binding says so. */
function unansweredFinding(
  workflow: Node,
  users: readonly ToolSource[],
): { code: string; message: string; hint: string } | undefined {
  const onInterrupt = textOf(child(workflow, 'onInterrupt'));
  if (onInterrupt !== 'prompt' && onInterrupt !== 'job') return undefined;
  const code = 'INTERRUPT_UNANSWERED';
  if (textOf(child(workflow, 'region')) === 'studio') {
    const message = `onInterrupt: ${onInterrupt} has no effect: a self-hosted studio does not say what a run asks`;
    return { code, message, hint: 'leave it out, or use fail' };
  }
  const noJob = users.find(({ node }) => toValue(child(node, 'progress') ?? node) === false);
  if (onInterrupt !== 'job' || noJob === undefined) return undefined;
  const message = `onInterrupt: job: a call of ${noJob.name} is no job, because it has progress: false`;
  return { code, message, hint: `Leave progress: false of ${noJob.name} out` };
}

function runs(tool: ToolSource, workflow: string | undefined): boolean {
  const text = textOf(child(tool.node, 'handler'));
  if (text === undefined || workflow === undefined) return false;
  const handler = parseHandlerText(text);
  return handler.kind === 'workflow' && handler.binding === workflow;
}
