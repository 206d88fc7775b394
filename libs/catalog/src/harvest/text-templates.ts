import { contentOf, isTextTemplate, PART_ARRAYS, type TextTemplate } from '../text-template.ts';
import { type Loose, mapOf, mapsOf } from './loose.ts';

/** A template of a draft: the material that names it, and its look. */
export interface FoundTemplate {
  material: Loose;
  template: TextTemplate;
}

/** Keys that hold what was said or shown, or tie a text to its draft; they are not kept. */
const SAID = [
  'base_content',
  'current_word_info',
  'current_words',
  'group_id',
  'lyric_group_id',
  'merge_content',
  'material_text_ranges',
  'origin_word_info',
  'recognize_task_id',
  'recognize_text',
  'request_id',
  'subtitle_keywords',
  'text_to_audio_ids',
  'translate_original_text',
  'word_index',
  'words',
];
/** Templates that the app makes out of what is said, which none of their drafts can tell of. */
const MADE_BY_APP = ['is_ai_emoji', 'is_dynamic_build', 'is_lyric_effect'];

/** The templates of texts that clips of a timeline show, each with all that it refers to; what is not whole is left out. */
export function harvestTextTemplates(materials: Loose, tracks: unknown): FoundTemplate[] {
  const places = new Map(
    Object.entries(materials).flatMap(([array, list]) =>
      mapsOf(list).map((material) => [material.id, { array, material }] as const),
    ),
  );
  const segments = mapsOf(tracks).flatMap((track) => mapsOf(track.segments));
  return segments.flatMap((segment): FoundTemplate[] => {
    const found = places.get(segment.material_id);
    if (found?.array !== 'text_templates') return [];
    const template = templateOf(found.material, segment, places);
    return template === undefined ? [] : [{ material: found.material, template }];
  });
}

type Places = ReadonlyMap<unknown, { array: string; material: Loose }>;

function templateOf(material: Loose, segment: Loose, places: Places): TextTemplate | undefined {
  const texts = mapsOf(material.text_info_resources);
  const layers = [...texts, ...mapsOf(material.non_text_info_resources)];
  const isMade = MADE_BY_APP.some((key) => material[key] === true);
  if (isMade || layers.some(({ lyric_keyframes: keyframes }) => mapsOf(keyframes).length > 0))
    return undefined;
  const isPart = (id: unknown): boolean => PART_ARRAYS.has(places.get(id)?.array ?? '');
  const ofLayers = layers.flatMap(refsOf).filter((id) => places.has(id));
  const ofSegment = refsOf(segment).filter(isPart);
  if (!ofLayers.every(isPart)) return undefined;
  const labels = new Map<unknown, string>();
  const parts: Record<string, Loose[]> = {};
  let isTimed = false;
  for (const id of new Set([...texts.map((layer) => layer.text_material_id), ...ofLayers, ...ofSegment])) {
    const found = places.get(id);
    if (found === undefined) return undefined;
    parts[found.array] ??= [];
    const list = parts[found.array]!;
    labels.set(id, `${found.array}/${list.length}`);
    isTimed ||= hasWords(found.material);
    list.push(found.array === 'texts' ? withoutWords(found.material) : found.material);
  }
  const template = {
    durationUs: Number(mapOf(segment.target_timerange).duration),
    isTimed,
    refs: ofSegment.map((id) => labels.get(id)!),
    material: relabelled(unsaid(material), labels, material.id),
    parts: Object.fromEntries(
      Object.entries(parts).map(([array, list]) => [array, list.map((part) => relabelled(part, labels))]),
    ),
  };
  return isTextTemplate(template) ? template : undefined;
}

function refsOf({ extra_material_refs: refs }: Loose): unknown[] {
  return Array.isArray(refs) ? refs : [];
}

function hasWords({ words }: Loose): boolean {
  const { text } = mapOf(words);
  return Array.isArray(text) && text.length > 0;
}

/** A text material with letters that say nothing for its words, so that parts with a style of their own keep their share. */
function withoutWords(material: Loose): Loose {
  const content = contentOf(material);
  if (content === undefined) return material;
  const text = content.text.replace(/\S/g, 'x');
  return { ...unsaid(material), content: JSON.stringify({ ...content, text }) };
}

/** The same without what was said, all the way down; each key keeps the type of its value. */
function unsaid(value: Loose): Loose {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, SAID.includes(key) ? emptyOf(item) : inside(item)]),
  );
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return typeof value === 'object' && value !== null ? unsaid(mapOf(value)) : value;
}

function emptyOf(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, emptyOf(item)]));
  return typeof value === 'string'
    ? ''
    : typeof value === 'number'
      ? 0
      : typeof value === 'boolean'
        ? false
        : null;
}

/** The same with labels for the ids of materials; ids of layers, and of the template itself, are made when it is used. */
function relabelled(value: Loose, labels: ReadonlyMap<unknown, string>, own?: unknown): Loose {
  const rename = (item: unknown, key: string): unknown => {
    if (Array.isArray(item))
      return item.flatMap((one) =>
        key === 'extra_material_refs' && !labels.has(one) ? [] : [rename(one, key)],
      );
    if (typeof item === 'object' && item !== null)
      return Object.fromEntries(Object.entries(item).map(([name, one]) => [name, rename(one, name)]));
    return labels.get(item) ?? (item === own && own !== undefined ? '' : item);
  };
  const renamed = rename(value, '') as Loose;
  if (own === undefined) return renamed;
  const anonymous = (layers: unknown): Loose[] =>
    mapsOf(layers).map((layer) => ('id' in layer ? { ...layer, id: '' } : layer));
  return {
    ...renamed,
    text_info_resources: anonymous(renamed.text_info_resources),
    ...('non_text_info_resources' in renamed
      ? { non_text_info_resources: anonymous(renamed.non_text_info_resources) }
      : {}),
  };
}
