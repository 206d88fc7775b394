import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import { replaceColors } from '../../template/colors.ts';
import { mediaPlaceholder, PLACEHOLDER } from '../../template/placeholders.ts';
import { shownText } from '../edit-draft.ts';
import { failEdit } from '../fail.ts';
import { makeStill } from '../make-still.ts';
import type { EditContext, Operation } from '../operation.ts';
import type { Material } from '../parts.ts';
import { newMedia, putMedia } from '../put-media.ts';
import { refit } from '../refit.ts';
import { clipPlace } from '../select.ts';
import { setText } from '../set-text.ts';
import { sourceOf } from '../spans.ts';

const values = (description: string) =>
  Type.Optional(Type.Record(Type.String(), Type.String(), { description }));

/** Schema of a `fill`. */
export const fillSchema = Type.Object(
  {
    op: Type.Literal('fill'),
    texts: values('Words by the name of their placeholder, which stands in texts as {{name}}'),
    media: values('Path or address by the name of the placeholder, which files have as their name'),
    colors: values('New colour by the one that it replaces, both as #RRGGBB'),
  },
  {
    additionalProperties: false,
    description: 'Fills the placeholders of a template; all of them need a value',
  },
);

/** Fills the placeholders of a template. */
export const fill: Operation<Static<typeof fillSchema>> = {
  schema: fillSchema,
  apply({ texts = {}, media = {}, colors = {} }, context) {
    const missing = new Set<string>();
    const filled = new Set<Material>();
    const found = [...context.draft.materials.values()];
    for (const { array, material } of found) {
      if (array === 'texts' && fillText(material, texts, missing)) filled.add(material);
      const name = mediaPlaceholder(array, material);
      if (name === undefined) continue;
      if (media[name] === undefined) missing.add(name);
      else fillMedia(context, array, material, media[name]);
    }
    for (const { array, material } of found)
      if (
        array === 'text_templates' &&
        context.draft.templateTexts(material).some((text) => filled.has(text))
      )
        context.draft.settleTemplate(material);
    if (missing.size > 0)
      failEdit('DR165', `there is no value for ${[...missing].map((name) => `{{${name}}}`).join(', ')}`);
    for (const color of Object.entries(colors).flat())
      if (!/^#[0-9a-f]{6}$/i.test(color))
        failEdit('DR106', `a colour must be #RRGGBB (got ${JSON.stringify(color)})`);
    if (Object.keys(colors).length > 0) replaceColors(context.draft.content, new Map(Object.entries(colors)));
    return 'filled the placeholders';
  },
};

/** Fills the placeholders of a text; says whether it has any. */
function fillText(
  material: Material,
  texts: Readonly<Record<string, string>>,
  missing: Set<string>,
): boolean {
  const former = shownText(material) ?? '';
  const pieces: { start: number; end: number; text: string }[] = [];
  for (const match of former.matchAll(PLACEHOLDER)) {
    const name = match[1]!;
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (text === undefined) missing.add(name);
    else pieces.push({ start: match.index, end: match.index + match[0].length, text });
  }
  if (pieces.length === 0) return false;
  let [words, at] = ['', 0];
  for (const { start, end, text } of pieces) {
    words += former.slice(at, start) + text;
    at = end;
  }
  setText(material, words + former.slice(at), (place) => placeAfter(pieces, place));
  return true;
}

/** Where a place of the former text is in the new one; inside of a placeholder, as far in as its share. */
function placeAfter(pieces: readonly { start: number; end: number; text: string }[], place: number): number {
  let by = 0;
  for (const { start, end, text } of pieces) {
    if (place <= start) break;
    if (place < end) return start + by + Math.round(((place - start) * text.length) / (end - start));
    by += text.length - (end - start);
  }
  return place + by;
}

function fillMedia(context: EditContext, array: string, material: Material, media: string): void {
  const { draft } = context;
  const made = newMedia(context, media, array === 'audios' ? 'audio' : 'video');
  putMedia(material, made);
  for (const track of draft.tracks) {
    for (const segment of track.segments) {
      if (segment.material_id !== material.id || sourceOf(segment) === undefined) continue;
      const found = { track, segment };
      if (made.material.type === 'photo') makeStill(context, found);
      else {
        const part = { startUs: 0, durationUs: Number(made.material.duration) };
        refit(context, found, part, {
          shrink: 'cut_tail',
          extend: ['cut_material_tail'],
          said: clipPlace(draft, found),
        });
      }
    }
  }
}
