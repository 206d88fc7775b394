import { parseTimeline, type ReadInput, toTimelines } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { isUserError, UserError } from '@cozecut/problems';
import { convertOptions } from './convert-options.ts';
import { profileId } from './profile-name.ts';
import type { GenerateDraftInput } from './tools.gen.ts';

/**
 * What is said when media cannot be used: that, and what else is wrong with a timeline, so that nobody mends one mistake
 * to be told the next. Other formats cannot be read without their media.
 */
export function withOtherFindings(
  error: unknown,
  read: ReadInput,
  input: GenerateDraftInput,
  context: ToolContext,
): unknown {
  if (!isUserError(error) || error.problems.length === 0 || read.format !== 'draft-timeline') return error;
  const { timelines } = toTimelines(read, { ...convertOptions(input, context), facts: new Map() });
  const others = timelines.flatMap((timeline) => {
    const chosen =
      input.profile === undefined ? timeline : { ...timeline, profile: profileId(input.profile) };
    const { catalog } = context;
    return parseTimeline(chosen, { allowVip: true, ...(catalog === undefined ? {} : { catalog }) }).problems;
  });
  const { code, message, hint, cause } = error;
  return new UserError(code, message, {
    // How long files are is not known now.
    problems: [...error.problems, ...others.filter((problem) => problem.code !== 'DR130')],
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}
