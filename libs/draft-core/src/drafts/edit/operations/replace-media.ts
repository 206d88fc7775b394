import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import { textOf } from '../../loose.ts';
import { failEdit } from '../fail.ts';
import { makeStill } from '../make-still.ts';
import type { EditContext, Operation } from '../operation.ts';
import type { Material } from '../parts.ts';
import { newMedia, putMedia } from '../put-media.ts';
import { refit } from '../refit.ts';
import { ClipTargetSchema, clipPlace, findClip, TimeSchema } from '../select.ts';
import { readLength, readTime, sourceOf } from '../spans.ts';

const Shrink = Type.Union(
  [
    Type.Literal('cut_head'),
    Type.Literal('cut_tail'),
    Type.Literal('cut_tail_align'),
    Type.Literal('shrink'),
  ],
  {
    default: 'cut_tail',
    description:
      'When the new part is shorter: begin later, end earlier, end earlier and pull later clips along, or both ends',
  },
);
const Extend = Type.Union(
  [
    Type.Literal('cut_material_tail'),
    Type.Literal('extend_head'),
    Type.Literal('extend_tail'),
    Type.Literal('push_tail'),
  ],
  {
    description:
      'When the new part is longer: leave out its end, begin earlier, end later, or end later and push later clips',
  },
);

/** Schema of a `replace-media`. */
export const replaceMediaSchema = Type.Object(
  {
    op: Type.Literal('replace-media'),
    clip: Type.Optional(ClipTargetSchema),
    name: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'File to replace wherever it is used, by its name; excludes `clip`',
      }),
    ),
    media: Type.String({ minLength: 1, description: 'Path or address of the new file' }),
    source: Type.Optional(
      Type.Object(
        { start: Type.Optional(TimeSchema), duration: Type.Optional(TimeSchema) },
        {
          additionalProperties: false,
          description: 'Part of the new file; default: all of it; needs `clip`',
        },
      ),
    ),
    shrink: Type.Optional(Shrink),
    extend: Type.Optional(
      Type.Array(Extend, { minItems: 1, description: 'Tried in this order; default: cut_material_tail' }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Plays another file: in one clip, whose length may follow it, or wherever a file is used',
  },
);

type Edit = Static<typeof replaceMediaSchema>;
/** What a clip does about a shorter part. */
export type ShrinkMode = NonNullable<Edit['shrink']>;
/** What a clip may do about a longer part. */
export type ExtendMode = NonNullable<Edit['extend']>[number];

/** Plays another file. */
export const replaceMedia: Operation<Edit> = {
  schema: replaceMediaSchema,
  apply(edit, context) {
    if ((edit.clip === undefined) === (edit.name === undefined))
      failEdit('INPUT_INVALID', 'give either `clip` or `name`');
    return edit.clip === undefined ? replaceByName(edit, context) : replaceInClip(edit, context);
  },
};

function replaceByName({ name, media, source, shrink, extend }: Edit, context: EditContext): string {
  const { draft } = context;
  if (source !== undefined || shrink !== undefined || extend !== undefined) {
    failEdit('INPUT_INVALID', '`source`, `shrink` and `extend` are about one clip', {
      hint: 'name the clip; by name all clips keep their times',
    });
  }
  const found = [...draft.materials.values()].filter(
    ({ array, material }) =>
      (array === 'videos' || array === 'audios') &&
      [material.material_name, material.name, textOf(material.path)?.split(/[\\/]/).at(-1)].includes(name),
  );
  if (found.length === 0) failEdit('DR165', `no file is called "${name}"`, { hint: 'see `draft edit list`' });
  const paths = new Set(found.map(({ array, material }) => `${array} ${textOf(material.path)}`));
  if (paths.size > 1)
    failEdit('DR165', `${paths.size} files are called "${name}"`, { hint: 'replace them clip by clip' });
  const made = newMedia(context, media, found[0]!.array === 'audios' ? 'audio' : 'video');
  const ids = new Set(found.map(({ material }) => material.id));
  for (const { material } of found) putMedia(material, made);
  for (const track of draft.tracks) {
    for (const segment of track.segments) {
      if (!ids.has(segment.material_id) || made.material.type !== 'photo') continue;
      makeStill(context, { track, segment });
    }
  }
  return `replaced "${name}" by "${made.name}"`;
}

function replaceInClip({ clip, media, source, shrink, extend }: Edit, context: EditContext): string {
  const { draft, release } = context;
  const found = findClip(draft, clip!);
  const { track, segment } = found;
  const said = clipPlace(draft, found);
  if ((track.type !== 'video' && track.type !== 'audio') || sourceOf(segment) === undefined)
    failEdit('DR010', `${said} plays no file`);
  const made = newMedia(context, media, track.type as 'video' | 'audio');
  const former = draft.material(segment.material_id)?.material;
  const copy = former === undefined ? made.material : renamed(draft.spellings.copy(former), draft.newId());
  if (former !== undefined) putMedia(copy, made);
  draft.addMaterial(track.type === 'audio' ? 'audios' : 'videos', copy);
  release([segment.material_id]);
  segment.material_id = copy.id;
  if (made.material.type === 'photo') {
    if (source !== undefined)
      failEdit('DR025', `"${made.name}" is a still picture: it has no part to choose`);
    makeStill(context, found);
    return `replaced ${said} by "${made.name}"`;
  }
  if (segment.reverse === true) failEdit('DR027', `${said} plays backwards: its file cannot be replaced`);
  const startUs = source?.start === undefined ? 0 : readTime(source.start, 'source.start');
  const wholeUs = Number(made.material.duration);
  if (startUs < 0 || startUs >= wholeUs)
    failEdit('DR020', `source start ${startUs} us is outside of "${made.name}"`);
  const partUs =
    source?.duration === undefined ? wholeUs - startUs : readLength(source.duration, 'source.duration');
  refit(
    context,
    found,
    { startUs, durationUs: partUs },
    { shrink: shrink ?? 'cut_tail', extend: extend ?? ['cut_material_tail'], said },
  );
  return `replaced ${said} by "${made.name}"`;
}

/** A material under another id, which some keys repeat. */
function renamed(material: Material, id: string): Material {
  for (const key of ['material_id', 'music_id']) if (material[key] === material.id) material[key] = id;
  material.id = id;
  return material;
}
