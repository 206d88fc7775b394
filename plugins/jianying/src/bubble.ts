import { type ClipOf, DEFAULT_PROFILE, findProfile, type Timeline } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { reference } from './reference.ts';
import type { AddCaptionsInput } from './tools.gen.ts';

type BubbleInput = Pick<AddCaptionsInput['captions'][number], 'bubble' | 'bubble_id'>;

/**
 * The speech bubble of a caption: by both of its ids, or by its name or one id where the catalog knows it.
 *
 * @throws UserError INPUT_INVALID
 */
export function bubbleOf(
  { bubble, bubble_id: wanted }: BubbleInput,
  { profile }: Timeline,
  { catalog }: ToolContext,
): Pick<ClipOf<'text'>, 'bubble'> {
  if (bubble !== undefined) return { bubble: { effectId: bubble.effect_id, resourceId: bubble.resource_id } };
  if (wanted === undefined) return {};
  const { app } = findProfile(profile ?? DEFAULT_PROFILE);
  const found = catalog?.lookup(app, 'bubble', reference(wanted));
  if (found?.status === 'found') {
    const { effectId, resourceId } = found.entry;
    return { bubble: { effectId, resourceId } };
  }
  throw new UserError('INPUT_INVALID', `the catalog knows no one bubble ${JSON.stringify(wanted)}`, {
    hint: 'give both of its ids as bubble, or import bubbles into the catalog',
  });
}
