import { type Pattern, type PatternNode, parsePattern } from './i-regexp-parse.ts';

/** A state of the machine: what it reads, or where it goes without reading. */
type State =
  | { kind: 'read'; accepts(character: string): boolean; next: number }
  | { kind: 'start' | 'end'; next: number }
  | { kind: 'split'; next: readonly number[] }
  | { kind: 'done' };

/** Larger patterns are refused: `{1000}` inside of `{1000}` is written in a few characters. */
const MAX_STATES = 5_000;

/** A pattern that is ready to be tried on texts. */
export interface Compiled {
  /** Number of states; a test takes at most as many steps as there are states, for each character. */
  size: number;
  test(text: string): boolean;
}

/**
 * Compiles an I-Regexp (RFC 9485) into a machine that reads a text once, so that no pattern takes long. `^` and `$`
 * are the start and the end, as in the mappings to other dialects.
 *
 * @param isWhole - Whether the whole text has to be what the pattern describes, or some part of it.
 * @returns Nothing for a text that is no I-Regexp, or a pattern that is too large.
 */
export function compilePattern(source: string, isWhole: boolean): Compiled | undefined {
  const pattern = parsePattern(source);
  if (pattern === undefined) return undefined;
  const states: State[] = [{ kind: 'done' }];
  const first = buildUnion(pattern, 0, states);
  if (first === undefined) return undefined;
  return { size: states.length, test: (text) => runMachine(states, first, [...text], isWhole) };
}

function buildUnion(pattern: Pattern, next: number, states: State[]): number | undefined {
  const branches: number[] = [];
  for (const branch of pattern) {
    let at: number | undefined = next;
    for (const node of branch.toReversed()) {
      at = buildNode(node, at, states);
      if (at === undefined) return undefined;
    }
    branches.push(at);
  }
  return branches.length === 1 ? branches[0] : add({ kind: 'split', next: branches }, states);
}

function buildNode({ atom, least, most }: PatternNode, next: number, states: State[]): number | undefined {
  const once = (then: number) => {
    if (states.length > MAX_STATES) return undefined;
    if (atom.kind === 'group') return buildUnion(atom.pattern, then, states);
    const state: State =
      atom.kind === 'set' ? { kind: 'read', accepts: atom.accepts, next: then } : { ...atom, next: then };
    return add(state, states);
  };
  let at: number | undefined = next;
  if (most === Number.POSITIVE_INFINITY) {
    const again: { kind: 'split'; next: number[] } = { kind: 'split', next: [next] };
    const loop = add(again, states);
    const body = once(loop);
    if (body === undefined) return undefined;
    again.next.push(body);
    at = loop;
  } else {
    for (let count = least; count < most; count += 1) {
      const body: number | undefined = at === undefined ? undefined : once(at);
      if (body === undefined) return undefined;
      at = add({ kind: 'split', next: [body, next] }, states);
    }
  }
  for (let count = 0; count < least; count += 1) at = at === undefined ? undefined : once(at);
  return at;
}

function add(state: State, states: State[]): number {
  states.push(state);
  return states.length - 1;
}

function runMachine(
  states: readonly State[],
  first: number,
  text: readonly string[],
  isWhole: boolean,
): boolean {
  let current = new Set<number>();
  for (let at = 0; at <= text.length; at += 1) {
    const here = new Set<number>();
    const stack = [...current, ...(at === 0 || !isWhole ? [first] : [])];
    while (stack.length > 0) {
      const id = stack.pop()!;
      if (here.has(id)) continue;
      here.add(id);
      const state = states[id]!;
      if (state.kind === 'split') stack.push(...state.next);
      else if (state.kind === 'start' && at === 0) stack.push(state.next);
      else if (state.kind === 'end' && at === text.length) stack.push(state.next);
    }
    if (here.has(0) && (!isWhole || at === text.length)) return true;
    current = new Set();
    const character = text[at];
    if (character === undefined) return false;
    for (const id of here) {
      const state = states[id]!;
      if (state.kind === 'read' && state.accepts(character)) current.add(state.next);
    }
  }
  return false;
}
