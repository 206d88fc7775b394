import { showJson } from '@cozecut/problems';
import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import { failEdit } from '../fail.ts';
import type { Operation } from '../operation.ts';
import type { Material } from '../parts.ts';
import { ClipTargetSchema, clipPlace, findClip } from '../select.ts';
import { setText } from '../set-text.ts';

/** Schema of a `replace-text`. */
export const replaceTextSchema = Type.Object(
  {
    op: Type.Literal('replace-text'),
    clip: ClipTargetSchema,
    text: Type.Union(
      [Type.String({ description: 'New words' }), Type.Array(Type.String(), { minItems: 1 })],
      { description: 'New words; a list for the texts of a text template, in its order' },
    ),
  },
  {
    additionalProperties: false,
    description: 'Shows other words; parts with a style of their own keep their share',
  },
);

/** Shows other words. */
export const replaceText: Operation<Static<typeof replaceTextSchema>> = {
  schema: replaceTextSchema,
  apply({ clip, text }, { draft, warn }) {
    const found = findClip(draft, clip);
    const said = clipPlace(draft, found);
    const material = draft.material(found.segment.material_id);
    const words = typeof text === 'string' ? [text] : text;
    const put = (one: Material, word: string): void => {
      const gone = setText(one, word).map(showJson);
      if (gone.length === 0) return;
      const lost = gone.join(', ');
      warn('DR101', `${said}: the new text is too short to keep the style of ${lost}`);
    };
    if (material?.array === 'texts') {
      if (words.length > 1) failEdit('DR165', `${said} is one text (got ${words.length})`);
      put(material.material, words[0]!);
    } else if (material?.array === 'text_templates') {
      const texts = draft.templateTexts(material.material);
      if (words.length > texts.length)
        failEdit('DR165', `${said} is a template of ${texts.length} texts (got ${words.length})`);
      for (const [index, word] of words.entries()) put(texts[index]!, word);
      draft.settleTemplate(material.material);
    } else failEdit('DR010', `${said} shows no text`);
    return `replaced the text of ${said}`;
  },
};
