import { DECORATION_PATH } from '../../compile/text-material.ts';
import type { DraftFinding, DraftRule } from '../draft-rule.ts';
import {
  companionsIn,
  type DraftView,
  type MaterialView,
  type SegmentView,
  type TextView,
} from '../draft-view.ts';
import type { JsonDocument } from '../json/json-document.ts';
import type { Change } from '../json/json-editor.ts';
import { isObject, objectOf, textOf } from '../loose.ts';
import { editContent, textPlace as nameOf } from './text-content.ts';

/** DR103: decorative text is said in three places. */
export const decorativeText: DraftRule = {
  id: 'DR103',
  title: 'decorative text is complete',
  severity: 'error',
  fixable: true,
  draft({ view, json, report }) {
    const texts = new Map(view.texts.map((text) => [text.value, text]));
    for (const segment of view.segments) {
      const text = segment.material && texts.get(segment.material.value);
      if (text?.content === undefined) continue;
      const entry = companionsIn(segment, 'effects').find(isDecoration);
      const styled = text.content.styles.filter((style) => isObject(style.effectStyle)).length;
      if (entry === undefined && styled === 0) continue;
      const missing = [
        entry === undefined ? 'no referenced entry of `effects`' : '',
        styled < text.content.styles.length
          ? `effectStyle in ${styled} of ${text.content.styles.length} styles`
          : '',
      ].filter((what) => what !== '');
      if (missing.length > 0)
        report({
          path: text.path,
          message: `${nameOf(text)}: its decoration will be lost: ${missing.join(', ')}`,
          ...completed(text, segment, entry, view, json),
        });
    }
  },
};

function isDecoration({ array, value }: MaterialView): boolean {
  return array === 'effects' && value.type === 'text_effect';
}

/** What completes a decoration whose id is known, and of which an entry is there. */
function completed(
  text: TextView,
  segment: SegmentView,
  entry: MaterialView | undefined,
  { materials, segments }: DraftView,
  json: JsonDocument,
): Pick<DraftFinding, 'fix'> {
  const { styles } = text.content!;
  const named = styles.flatMap(({ effectStyle }) => textOf(objectOf(effectStyle).id) ?? []);
  if (entry !== undefined) {
    const id = textOf(entry.value.effect_id);
    if (id === undefined || named.some((other) => other !== id)) return {};
    const change = editContent(text, json, (edit) => {
      for (const [index, { effectStyle }] of styles.entries())
        if (!isObject(effectStyle))
          edit.setAt(['styles', index, 'effectStyle'], { id, path: DECORATION_PATH });
    });
    return { fix: { title: 'name the decoration in every style', timeline: change } };
  }
  const [id] = named;
  const refs = json.at([...segment.path, 'extra_material_refs']);
  if (named.length < styles.length || named.some((other) => other !== id) || refs === undefined) return {};
  const used = new Set(segments.flatMap(({ companions }) => companions));
  const free = materials.find((one) => isDecoration(one) && one.value.effect_id === id && !used.has(one));
  if (free?.id === undefined) return {};
  const change: Change = (edit) => edit.insert(refs, free.id);
  return { fix: { title: 'refer to the decoration', timeline: change } };
}
