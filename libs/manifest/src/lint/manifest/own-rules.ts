import { closest, formatPointer, type PathSegment, type Problem } from '@cozecut/problems';
import { toolProblem } from '../../check/tool-source.ts';
import { isUnresolved } from '../../compose/interpolate.ts';
import { KNOWN_SCOPES } from '../../openapi/security.ts';
import type { Parts } from '../../read.ts';
import { child, entriesOf, itemsOf, type Node, nodeAt, problemAt, textOf } from '../../source/node.ts';
import { toLocation } from '../../source/source-file.ts';
import { secretKind } from '../secrets.ts';
import type { LintProblem, Stage } from '../types.ts';

/** Rules about our own manifests beyond what stops a plugin from being loaded. */
export function ownProblems(parts: Parts): LintProblem[] {
  return [...literalSecrets(parts), ...modeMismatches(parts), ...unknownScopes(parts), ...undescribed(parts)];
}

function staged(problem: Problem, stage: Stage): LintProblem {
  return { ...problem, stage };
}

/** A text that looks like a token or key is in no manifest, wherever it stands. */
function literalSecrets({ composed }: Parts): LintProblem[] {
  const found: LintProblem[] = [];
  const seen = new Set<Node>();
  const search = (node: Node, path: readonly PathSegment[]) => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const [key, { value }] of entriesOf(node)) search(value, [...path, key]);
    for (const [index, item] of itemsOf(node).entries()) search(item, [...path, index]);
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.env !== undefined) return;
    const kind = secretKind(node.value);
    if (kind !== 'a secret' && kind !== 'a private key' && kind !== 'a token') return;
    found.push({
      code: 'SECRET_LITERAL',
      severity: 'error',
      stage: 'form',
      message: `this looks like ${kind}, which is not written into a manifest`,
      hint: 'Write secret:NAME, and give the value by an environment variable of that name',
      pointer: formatPointer(path),
      ...(node.place === undefined ? {} : { location: toLocation(node.place) }),
    });
  };
  search(composed.root, []);
  for (const { node, base } of composed.tools) search(node, base);
  return found;
}

/** A bot can only call tools that have mode local. */
function modeMismatches({ composed: { root }, tools, deployment }: Parts): LintProblem[] {
  if (!deployment.modes.includes('local')) return [];
  return itemsOf(nodeAt(root, ['bindings', 'bots'])).flatMap((bot, index) =>
    itemsOf(child(bot, 'tools')).flatMap((item, at) => {
      const name = textOf(item);
      const tool = tools.find((one) => one.tool.name === name)?.tool;
      if (tool === undefined || tool.modes.includes('local')) return [];
      return staged(
        problemAt(root, ['bindings', 'bots', index, 'tools', at], 'value', {
          code: 'MODE_MISMATCH',
          severity: 'error',
          message: `bot ${textOf(child(bot, 'name')) ?? index} calls tool ${tool.name}, whose modes are ${tool.modes.join(', ')}`,
          hint: `Add local to the modes of ${tool.name}, or take it off the list`,
        }),
        'run',
      );
    }),
  );
}

/** A scope that the server does not ask for lets nobody do anything. */
function unknownScopes({ composed: { root } }: Parts): LintProblem[] {
  return itemsOf(nodeAt(root, ['auth', 'server'])).flatMap((entry, index) =>
    itemsOf(child(entry, 'scopes')).flatMap((item, at) => {
      const scope = textOf(item);
      if (scope === undefined || scope === '*' || KNOWN_SCOPES.includes(scope) || isUnresolved(scope))
        return [];
      return staged(
        problemAt(root, ['auth', 'server', index, 'scopes', at], 'value', {
          code: 'SCOPE_UNKNOWN',
          severity: 'warning',
          message: `the server asks for no scope ${JSON.stringify(scope)}: it lets nobody do anything`,
          suggestions: closest(scope, KNOWN_SCOPES),
          hint: `The server asks for ${KNOWN_SCOPES.join(' and ')}`,
        }),
        'run',
      );
    }),
  );
}

/** The model is told what to write into each field. */
function undescribed({ tools, composed }: Parts): LintProblem[] {
  return tools.flatMap(({ tool, node }) => {
    const source = composed.tools.find(({ name }) => name === tool.name);
    if (!tool.enabled || source === undefined) return [];
    return entriesOf(nodeAt(node, ['input', 'properties'])).flatMap(([name, { value }]) => {
      if (
        value.kind !== 'map' ||
        (['description', 'title', '$ref'] as const).some((key) => child(value, key) !== undefined)
      ) {
        return [];
      }
      return staged(
        toolProblem({ ...source, node }, ['input', 'properties', name], 'key', {
          code: 'FIELD_UNDESCRIBED',
          severity: 'info',
          message: `the model is told nothing about "${name}"`,
          hint: 'Add a description',
        }),
        'style',
      );
    });
  });
}
