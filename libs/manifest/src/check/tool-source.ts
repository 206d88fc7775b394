import { formatPointer, type PathSegment, type Problem } from '@cozecut/problems';
import { type MapNode, nodeAt, type Part, problemAt } from '../source/node.ts';

/** One tool as it is written, and where: in the manifest or in a file of its own. */
export interface ToolSource {
  name: string;
  node: MapNode;
  /** Path of the tool in its file. */
  base: readonly PathSegment[];
  /** Whether it was checked before, and is the same still but for the files that it refers to. */
  isChecked: boolean;
}

/** What a check says about a tool. */
export type ToolFinding = Omit<Problem, 'pointer' | 'location' | 'severity'> & {
  severity?: Problem['severity'];
};

/**
 * A problem about something in a tool; messages start with the name of the tool, and end with what a value came from
 * that stands above the manifest.
 */
export function toolProblem(
  tool: ToolSource,
  path: readonly PathSegment[],
  part: Part,
  finding: ToolFinding,
): Problem {
  const origin = nodeAt(tool.node, path)?.origin;
  const above = origin === undefined ? '' : ` (${origin.name})`;
  return {
    ...problemAt(tool.node, path, part, {
      severity: 'error',
      ...finding,
      message: `tool ${tool.name}: ${finding.message}${above}`,
    }),
    pointer: formatPointer([...tool.base, ...path]),
  };
}
