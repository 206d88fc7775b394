import type { PathSegment, Problem } from '@cozecut/problems';
import type { Violation } from '../validate/violation.ts';
import { showPath, showValue } from '../validate/words.ts';
import { type ToolSource, toolProblem } from './tool-source.ts';

/** Problems of a value in a tool (an example, a default) that breaks the schema it is meant for. */
export function valueProblems(
  tool: ToolSource,
  base: readonly PathSegment[],
  violations: readonly Violation[],
  code: string,
  what: string,
): Problem[] {
  return violations.map((violation) => {
    const { path, part, expected, value, suggestions, hint } = violation;
    const inner = violation.code === 'UNKNOWN_KEY' || violation.code === 'MISSING_KEY';
    const subject = showPath(inner ? path.slice(0, -1) : path, what);
    const about = path.length > (inner ? 1 : 0) ? `${what}: ${subject}` : what;
    return toolProblem(tool, [...base, ...path], part, {
      code,
      message: inner ? `${about} ${verb(expected)}` : `${about} ${expected} (got ${showValue(value)})`,
      ...(suggestions === undefined || suggestions.length === 0 ? {} : { suggestions }),
      ...(hint === undefined ? {} : { hint }),
    });
  });
}

function verb(expected: string): string {
  return expected.startsWith('unknown key') ? `has an ${expected}` : expected;
}
