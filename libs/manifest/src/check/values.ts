import type { PathSegment, Problem } from '@cozecut/problems';
import { type Violation, violationProblem } from '@cozecut/problems/schema';
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
    const { pointer: _, message, ...problem } = violationProblem(violation, { top: what, code });
    return toolProblem(tool, [...base, ...violation.path], violation.part, {
      ...problem,
      message: message.includes(what) ? message : `${what}: ${message}`,
    });
  });
}
