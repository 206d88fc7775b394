import type { Call, Operand, Query } from './ast.ts';
import { type Budget, NOTHING } from './compare.ts';
import { compilePattern } from './i-regexp.ts';

/** The values that a query selects. */
type Answers = (query: Query) => readonly unknown[];

/** The value of an operand; {@link NOTHING} where there is none. */
export function callValue(operand: Operand, answers: Answers): unknown {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'query') return single(answers(operand));
  const [argument] = operand.args;
  switch (operand.name) {
    case 'length':
      return lengthOf(callValue(argument!, answers));
    case 'count':
      return answers(argument as Query).length;
    case 'value':
      return single(answers(argument as Query));
    default:
      return NOTHING;
  }
}

/** What `match()` and `search()` say: whether a text is, or has in it, what an I-Regexp (RFC 9485) describes. */
export function callLogical({ name, args }: Call, answers: Answers, budget: Budget): boolean {
  const [text, pattern] = args.map((argument) => callValue(argument, answers));
  if (typeof text !== 'string' || typeof pattern !== 'string') return false;
  const finds = compilePattern(pattern, name === 'match');
  if (finds === undefined) return false;
  budget.spend(Math.ceil(((text.length + 1) * finds.size) / 100));
  return finds.test(text);
}

function single(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : NOTHING;
}

function lengthOf(value: unknown): unknown {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : NOTHING;
}
