import type { TextTemplate } from '@cozecut/catalog';
import { putWords } from '../../drafts/edit/set-text.ts';
import { listOf, numberOf, objectOf } from '../../drafts/loose.ts';
import { fitTemplate, hiddenWords, layersOf, textLayers, timedWords } from '../../text-template.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** What a template is filled with. */
export interface TemplateUse {
  /** Words of its texts, in its order. */
  texts: readonly string[];
  /** Length of the clip in microseconds. */
  durationUs: number;
}

/** A template that was filled, with new ids. */
export interface FilledTemplate {
  /** Entry of `text_templates`. */
  material: JsonObject & { id: string };
  /** What it refers to, by array. */
  parts: { [array: string]: (JsonObject & { id: string })[] };
  /** What the clip refers to. */
  refs: string[];
}

/** A template of texts as it was found, with other words and for another length. */
export function fillTemplate(
  { material, parts, refs, isTimed, durationUs: formerUs }: TextTemplate,
  { texts, durationUs }: TemplateUse,
  newId: () => string,
): FilledTemplate {
  const ids = new Map<unknown, string>();
  for (const part of Object.values(parts).flat()) ids.set(part.id, newId());
  const filled: FilledTemplate = {
    material: { ...renamed(material, ids), id: newId() },
    parts: Object.fromEntries(
      Object.entries(parts).map(([array, list]) => [
        array,
        list.map((part) => renamed(part, ids) as FilledTemplate['material']),
      ]),
    ),
    refs: refs.map((ref) => ids.get(ref)!),
  };
  for (const layer of layersOf(filled.material)) if (typeof layer.id === 'string') layer.id = newId();
  const byId = new Map(Object.values(filled.parts).flatMap((list) => list.map((part) => [part.id, part])));
  const { shown, hidden } = textLayers(filled.material);
  fitTemplate(filled.material, filled.refs, { formerUs, durationUs }, (ref) => byId.get(String(ref)));
  const put = (layer: JsonObject, words: string): void => {
    const text = byId.get(String(layer.text_material_id))!;
    putWords(text, words);
    if (!isTimed) return;
    const { start_time: start, duration } = objectOf(layer.attach_info);
    text.words = timedWords(words, numberOf(start) ?? 0, numberOf(duration) ?? durationUs);
  };
  for (const [index, layer] of shown.entries()) put(layer, texts[index] ?? '');
  for (const layer of hidden) put(layer, hiddenWords(texts));
  return filled;
}

/** A copy with ids for the labels of parts. */
function renamed(value: JsonObject, ids: ReadonlyMap<unknown, string>): JsonObject {
  const copy = (item: unknown): unknown => {
    if (Array.isArray(item)) return listOf(item).map(copy);
    if (typeof item === 'object' && item !== null)
      return Object.fromEntries(Object.entries(item).map(([key, one]) => [key, copy(one)]));
    return ids.get(item) ?? item;
  };
  return copy(value) as JsonObject;
}
