import type { Node } from '../../source/node.ts';
import { operationsOf, textAt } from '../spot.ts';

const MAX_LENGTH = 30;

/** An operationId for `POST /notes/{id}` that no operation has: `post_notes_id`. */
export function freeOperationId(root: Node, operation: string): string {
  const taken = new Set(operationsOf(root).map(({ node }) => textAt(node, 'operationId')));
  const nameless = operationsOf(root).filter(({ node }) => textAt(node, 'operationId') === '');
  const wanted = new Map<string, string>();
  for (const { method, urlPath } of nameless) {
    const base = idFor(`${method} ${urlPath}`);
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base.slice(0, MAX_LENGTH - 3)}_${number}`;
    taken.add(id);
    wanted.set(`${method} ${urlPath}`, id);
  }
  return wanted.get(operation) ?? idFor(operation);
}

function idFor(operation: string): string {
  const words = operation.toLowerCase().match(/[a-z0-9]+/g) ?? ['tool'];
  // POST is what tools usually are; the name says it only when the path says nothing.
  const short = words[0] === 'post' && words.length > 1 ? words.slice(1) : words;
  return short.join('_').slice(0, MAX_LENGTH).replace(/_+$/, '');
}
