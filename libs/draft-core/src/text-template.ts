/**
 * Templates of texts in drafts: all that is known about them, and what follows from it when one is shown for another
 * time or with other words.
 *
 * A clip of a text track (drafts of phones: of a sticker track) refers by `material_id` to an entry of `text_templates`.
 * Its `text_info_resources` are the layers with words: each names an entry of `texts` by `text_material_id`, companions by
 * `extra_material_refs` (entries of `effects` and `material_animations`, which the clip may list as well), and by
 * `attach_info` the time at which it is shown, counted from the start of the clip, and its place in the template.
 * `non_text_info_resources` are the other layers. The type is `text_template`, or `text_template_subtitle` for captions.
 *
 * What it rests on, none of it from our own use of the editors:
 * - shape and references: drafts that JianYing saved (a report on 323 of them that were not encrypted, and two sets of
 *   types made from drafts), drafts that CapCut 8.7 to 9.0 saved, and more than a dozen programs that read them alike;
 * - that a template is carried over by taking everything along under new ids: programs for JianYing and for CapCut 9.0
 *   whose authors opened the results;
 * - that the `name` of a text is the id of its layer in the package of the template, by which the app lays words into it:
 *   two authors, one for each app, saw the app show the words and the length of the package when it was another one. That is
 *   why a template of which only the id is known is refused;
 * - that all that holds words belongs to one clip alone: three authors saw wrong words where clips shared a part;
 * - that layers last as long as the clip, or a microsecond less: drafts of CapCut. A layer that is shown for a part of it
 *   keeps its share, which one program assumes and so do we;
 * - that a layer with the `clip_type` `can_not_render` holds the words of all others: one draft of CapCut.
 *
 * Open: in which unit `material_text_ranges` counts (programs differ), so it is left empty, as programs that were used
 * with CapCut have it; when each word is spoken, so that words share the time of their layer by their length.
 */
import { isHiddenLayer } from '@cozecut/catalog';
import { isObject, listOf, numberOf, objectOf } from './drafts/loose.ts';

/** An object of a draft that may be changed. */
type Mutable = Record<string, unknown>;

/** The layers of a template, those with words first. */
export function layersOf(template: Mutable): Mutable[] {
  return [...listOf(template.text_info_resources), ...listOf(template.non_text_info_resources)].filter(
    isObject,
  ) as Mutable[];
}

/** The layers whose words are shown, and those that hold the words of the others. */
export function textLayers(template: Readonly<Mutable>): { shown: Mutable[]; hidden: Mutable[] } {
  const layers = listOf(template.text_info_resources).filter(isObject) as Mutable[];
  const { shown = [], hidden = [] } = Object.groupBy(layers, (layer) =>
    isHiddenLayer(layer) ? 'hidden' : 'shown',
  );
  return { shown, hidden };
}

/** Words of a layer that holds those of all others. */
export function hiddenWords(shown: readonly string[]): string {
  return shown.join(' ').trim();
}

/** Forgets what a template says about words that it does not show any more. */
export function forgetWords(template: Mutable): void {
  for (const key of ['current_word_info', 'origin_word_info']) {
    const info = template[key];
    if (isObject(info)) template[key] = emptied(info);
  }
  if (typeof template.merge_content === 'string') template.merge_content = '';
  if (Array.isArray(template.material_text_ranges)) template.material_text_ranges = [];
  for (const layer of layersOf(template)) if (Array.isArray(layer.word_index)) layer.word_index = [];
}

function emptied(info: Readonly<Mutable>): Mutable {
  const empty = (value: unknown): unknown =>
    Array.isArray(value) ? [] : typeof value === 'number' ? 0 : typeof value === 'string' ? '' : value;
  return Object.fromEntries(Object.entries(info).map(([key, value]) => [key, empty(value)]));
}

/** How long a clip was, and is now, in microseconds. */
export interface Lengths {
  formerUs: number;
  durationUs: number;
}

/**
 * Fits the layers of a template, and what they and its clip refer to, to a clip of another length.
 *
 * @param refs - What the clip refers to.
 */
export function fitTemplate(
  template: Mutable,
  refs: readonly unknown[],
  { formerUs, durationUs }: Lengths,
  materialOf: (ref: unknown) => Mutable | undefined,
): void {
  if (formerUs === durationUs || formerUs <= 0) return;
  const done = new Set<Mutable>();
  const fitAll = (ids: readonly unknown[], lengths: Lengths): void => {
    for (const material of ids.map(materialOf)) {
      if (material === undefined || done.has(material)) continue;
      done.add(material);
      for (const animation of listOf(material.animations))
        if (isObject(animation)) fitAnimation(animation as Mutable, lengths);
    }
  };
  const placeOf = (atUs: number): number =>
    atUs >= formerUs - 1
      ? durationUs - Math.max(0, formerUs - atUs)
      : Math.round((atUs * durationUs) / formerUs);
  for (const layer of layersOf(template)) {
    const shown = objectOf(layer.attach_info) as Mutable;
    const startUs = numberOf(shown.start_time) ?? 0;
    const lengthUs = numberOf(shown.duration) ?? formerUs;
    const start = placeOf(startUs);
    const length = Math.max(1, placeOf(startUs + lengthUs) - start);
    if (start !== startUs) shown.start_time = start;
    shown.duration = length;
    fitAll(listOf(layer.extra_material_refs), { formerUs: lengthUs, durationUs: length });
  }
  fitAll(refs, { formerUs, durationUs });
}

/** One that lasts as long as its layer still does; the others keep their length, and one at the end its place there. */
function fitAnimation(animation: Mutable, { formerUs, durationUs }: Lengths): void {
  const startUs = numberOf(animation.start) ?? 0;
  const lengthUs = numberOf(animation.duration) ?? 0;
  const isWhole = animation.type === 'caption' || (startUs <= 0 && lengthUs >= formerUs - 1);
  const length = isWhole
    ? Math.max(1, durationUs - Math.min(1, Math.max(0, formerUs - lengthUs)))
    : Math.min(lengthUs, durationUs);
  const start = animation.type === 'out' ? durationUs - length : Math.min(startUs, durationUs - length);
  if (length !== lengthUs) animation.duration = length;
  if (start !== startUs) animation.start = start;
}

/** Times of words in a draft, in milliseconds from the start of the clip; blanks take none. */
export interface TimedWords {
  start_time: number[];
  end_time: number[];
  text: string[];
}

const LETTER = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]';
/** A blank, a character of a script without blanks, or a word. */
const WORD = new RegExp(`\\s+|${LETTER}\\p{P}*|(?:(?!${LETTER})\\S)+`, 'gu');

/** The words of a text, which share a time by their length. */
export function timedWords(text: string, startUs: number, durationUs: number): TimedWords {
  const words = text.match(WORD) ?? [];
  const total = words.reduce((sum, word) => sum + sizeOf(word), 0);
  const timed: TimedWords = { start_time: [], end_time: [], text: [] };
  let done = 0;
  const at = (): number => Math.round((startUs + (total === 0 ? 0 : (durationUs * done) / total)) / 1000);
  for (const word of words) {
    timed.start_time.push(at());
    done += sizeOf(word);
    timed.end_time.push(at());
    timed.text.push(word);
  }
  return timed;
}

function sizeOf(word: string): number {
  return word.trim() === '' ? 0 : word.length;
}
