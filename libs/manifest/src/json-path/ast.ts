/** One step of a query: what is taken of each node, or of each node and all that is below it. */
export interface Segment {
  isDescendant: boolean;
  selectors: readonly Selector[];
}

/** What is taken of one node. */
export type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'wildcard' }
  | { kind: 'index'; index: number }
  | { kind: 'slice'; start: number | undefined; end: number | undefined; step: number }
  | { kind: 'filter'; test: Test };

/** A query inside of a filter, from the document (`$`) or from the node that is tested (`@`). */
export interface Query {
  kind: 'query';
  isRoot: boolean;
  segments: readonly Segment[];
}

/** A value that is written out. */
export interface Literal {
  kind: 'literal';
  value: unknown;
}

/** A call of a function, with arguments of the types that it wants. */
export interface Call {
  kind: 'call';
  name: FunctionName;
  args: readonly Operand[];
}

/** What can be compared, or given to a function. */
export type Operand = Literal | Query | Call;

/** What is asked about a node. */
export type Test =
  | { kind: 'or' | 'and'; tests: readonly Test[] }
  | { kind: 'not'; test: Test }
  | { kind: 'compare'; operator: Operator; left: Operand; right: Operand }
  /** Whether a query selects something, or a function says so. */
  | { kind: 'holds'; subject: Query | Call };

/** How two values are compared. */
export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Kinds of values in the type system of RFC 9535, section 2.4.1. */
export type ValueKind = 'value' | 'nodes' | 'logical';

/** The functions of RFC 9535, section 2.4: what they take and what they give. */
export const FUNCTIONS = {
  length: { takes: ['value'], gives: 'value' },
  count: { takes: ['nodes'], gives: 'value' },
  match: { takes: ['value', 'value'], gives: 'logical' },
  search: { takes: ['value', 'value'], gives: 'logical' },
  value: { takes: ['nodes'], gives: 'value' },
} as const satisfies Record<string, { takes: readonly ValueKind[]; gives: ValueKind }>;

/** Name of a function. */
export type FunctionName = keyof typeof FUNCTIONS;

/** Why a query cannot be read or answered. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

/** Whether a query selects one node at most, whatever the document is. */
export function isSingular({ segments }: Query): boolean {
  return segments.every(
    ({ isDescendant, selectors: [first, ...more] }) =>
      !isDescendant && more.length === 0 && (first?.kind === 'name' || first?.kind === 'index'),
  );
}
