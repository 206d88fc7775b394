import { type Loose, mapOf, mapsOf } from './harvest/loose.ts';

/**
 * A template of texts as a draft of the app holds it: the look alone, without the words that it showed. Materials have
 * labels for ids, which count within the template, and words are letters that say nothing, as many as there were.
 *
 * Why all of it is kept: the app lays words into a template by the `name` of each text material, which is an id inside
 * of the package of the template; a template that is written without these names is made anew with its own words.
 */
export interface TextTemplate {
  /** Length of the clip on which it was found, in microseconds. */
  durationUs: number;
  /** Whether its words were shown one by one, each at a time of its own. */
  isTimed: boolean;
  /** Labels of the parts that the clip lists, in its order. */
  refs: readonly string[];
  /** Entry of `text_templates`. */
  material: Loose;
  /** What the entry refers to, by array of `materials`. */
  parts: Readonly<Record<string, readonly Loose[]>>;
}

/** Arrays of `materials` that a template may refer to; of others no draft has told how they go with one. */
export const PART_ARRAYS: ReadonlySet<string> = new Set(['texts', 'material_animations', 'effects']);

/** A layer of a template that holds the words of the others and is not drawn. */
export function isHiddenLayer(layer: unknown): boolean {
  return mapOf(layer).clip_type === 'can_not_render';
}

/** How many texts a template shows. */
export function textCount({ material }: Pick<TextTemplate, 'material'>): number {
  return mapsOf(material.text_info_resources).filter((layer) => !isHiddenLayer(layer)).length;
}

/** Whether a value is a template that can be written: every layer has a text that can be read. */
export function isTextTemplate(value: unknown): value is TextTemplate {
  const { durationUs, isTimed, refs, material, parts } = mapOf(value);
  const arrays = Object.entries(mapOf(parts));
  if (!Number.isSafeInteger(durationUs) || (durationUs as number) <= 0 || typeof isTimed !== 'boolean')
    return false;
  if (!Array.isArray(refs) || !arrays.every(([array, list]) => PART_ARRAYS.has(array) && areParts(list)))
    return false;
  const texts = new Map(mapsOf(mapOf(parts).texts).map((text) => [text.id, text]));
  const layers = mapsOf(mapOf(material).text_info_resources);
  return (
    layers.every(({ text_material_id: id }) => contentOf(texts.get(id)) !== undefined) &&
    textCount({ material: mapOf(material) }) > 0
  );
}

function areParts(list: unknown): boolean {
  return Array.isArray(list) && mapsOf(list).every(({ id }) => typeof id === 'string' && id !== '');
}

/** What the `content` of a text material says; nothing when it cannot be read. */
export function contentOf(text: Loose | undefined): { text: string; styles: unknown[] } | undefined {
  try {
    const content = mapOf(JSON.parse(String(text?.content)));
    const isWhole = typeof content.text === 'string' && Array.isArray(content.styles);
    return isWhole ? (content as unknown as { text: string; styles: unknown[] }) : undefined;
  } catch {
    return undefined;
  }
}
