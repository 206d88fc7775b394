import type { Static } from 'typebox';
import { findProfile } from '../../../profiles/index.ts';
import { Type } from '../../../timeline/type.ts';
import { migrateDraft } from '../migrate-draft.ts';
import type { Operation } from '../operation.ts';

/** Schema of a `migrate`. */
export const migrateSchema = Type.Object(
  {
    op: Type.Literal('migrate'),
    profile: Type.String({ minLength: 1, description: 'Id of the app family that is to open the draft' }),
  },
  {
    additionalProperties: false,
    description: 'Rewrites what differs between the apps: version markers, masks, companions, paths',
  },
);

/** Makes a draft for another app. */
export const migrate: Operation<Static<typeof migrateSchema>> = {
  schema: migrateSchema,
  apply({ profile: id }, context) {
    const profile = findProfile(id);
    migrateDraft(context, profile);
    return `migrated from ${context.profile.id} to ${profile.id}`;
  },
};
