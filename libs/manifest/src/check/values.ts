import type { PathSegment, Problem } from '@cozecut/problems';
import { describeViolation } from '../validate/describe.ts';
import type { Violation } from '../validate/violation.ts';
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
    const { path, part, suggestions, hint } = violation;
    const text = describeViolation(violation, what);
    return toolProblem(tool, [...base, ...path], part, {
      code,
      message: text.includes(what) ? text : `${what}: ${text}`,
      ...(suggestions === undefined || suggestions.length === 0 ? {} : { suggestions }),
      ...(hint === undefined ? {} : { hint }),
    });
  });
}
