import type { Problem } from '@cozecut/problems';
import { createValidator, type Validate, violationProblem } from '@cozecut/problems/schema';
import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import type { Operation } from '../operation.ts';
import { add, addSchema } from './add.ts';
import { concat, concatSchema } from './concat.ts';
import { copyTrack, copyTrackSchema } from './copy-track.ts';
import { cut, cutSchema } from './cut.ts';
import { deleteClip, deleteSchema } from './delete.ts';
import { duplicate, duplicateSchema } from './duplicate.ts';
import { fill, fillSchema } from './fill.ts';
import { migrate, migrateSchema } from './migrate.ts';
import { move, moveSchema } from './move.ts';
import { relink, relinkSchema } from './relink.ts';
import { replaceMedia, replaceMediaSchema } from './replace-media.ts';
import { replaceText, replaceTextSchema } from './replace-text.ts';
import { speed, speedSchema } from './speed.ts';
import { split, splitSchema } from './split.ts';
import { trim, trimSchema } from './trim.ts';
import { volume, volumeSchema } from './volume.ts';

const schemas = [
  addSchema,
  moveSchema,
  splitSchema,
  trimSchema,
  speedSchema,
  volumeSchema,
  replaceMediaSchema,
  replaceTextSchema,
  deleteSchema,
  duplicateSchema,
  copyTrackSchema,
  concatSchema,
  cutSchema,
  relinkSchema,
  migrateSchema,
  fillSchema,
] as const;

/** One change of a draft that is there, as plain JSON: `op` says which. */
export type DraftEdit = Static<(typeof schemas)[number]>;
/** The name of a kind of edit. */
export type DraftEditName = DraftEdit['op'];

type Operations = { [Name in DraftEditName]: Operation<Extract<DraftEdit, { op: Name }>> };

/** Every kind of edit, by name. */
export const OPERATIONS: Operations = {
  add,
  move,
  split,
  trim,
  speed,
  volume,
  'replace-media': replaceMedia,
  'replace-text': replaceText,
  delete: deleteClip,
  duplicate,
  'copy-track': copyTrack,
  concat,
  cut,
  relink,
  migrate,
  fill,
};

/** JSON Schema (2020-12) of one edit. */
export const draftEditSchema = Type.Unsafe<DraftEdit>({
  type: 'object',
  required: ['op'],
  discriminator: { propertyName: 'op' },
  oneOf: schemas,
});

let compiled: Validate | undefined;

/** Checks a list of edits against their schema; nothing when a finding was made. */
export function checkEdits(edits: unknown, problems: Problem[]): DraftEdit[] | undefined {
  compiled ??= createValidator({ type: 'array', items: draftEditSchema });
  const violations = compiled(edits);
  for (const violation of violations) problems.push({ ...violationProblem(violation, { top: 'the edits' }) });
  return violations.length === 0 ? (edits as DraftEdit[]) : undefined;
}

/** A kind of edit for people: its name, what it does, and its keys. */
export interface DraftEditKind {
  name: DraftEditName;
  description: string;
  schema: object;
}

/** Every kind of edit, in the order of the help. */
export function listDraftEdits(): DraftEditKind[] {
  return (Object.keys(OPERATIONS) as DraftEditName[]).map((name) => {
    const { schema } = OPERATIONS[name];
    return { name, description: String((schema as { description?: unknown }).description), schema };
  });
}
