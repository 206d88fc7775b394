import { type Timeline, upgradeTimeline } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';

/**
 * The timeline of a stored draft. A draft outlives the version of the format that it was stored in.
 *
 * @throws UserError DRAFT_INVALID for one that a newer release has stored.
 */
export function storedTimeline(stored: unknown): Timeline {
  const upgraded = upgradeTimeline(stored);
  if ('problem' in upgraded) throw UserError.fromProblems('DRAFT_INVALID', [upgraded.problem]);
  return upgraded.value as Timeline;
}
