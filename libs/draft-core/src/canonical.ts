import { setOwn } from './own-value.ts';

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

const idPattern = /^([0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/**
 * Removes from a timeline document what differs between two compilers that mean the same: ids become labels in order
 * of first sight, keys and materials are sorted, media paths lose their folder, numbers are rounded to nine decimals.
 * Returns a new document; one that is not a timeline document comes back with the general rules applied.
 */
export function canonicalise(document: unknown): unknown {
  const root = document as JsonObject;
  const labels = new Labels(objectOr(root.materials));
  for (const track of arrayOr(root.tracks)) labelTrack(objectOr(track), labels);
  const result = rewrite(root, labels) as JsonObject;
  for (const entries of Object.values(objectOr(result.materials))) {
    if (Array.isArray(entries)) entries.sort(byText((entry) => textOr(objectOr(entry).id)));
  }
  for (const track of arrayOr(result.tracks)) {
    const { segments } = objectOr(track);
    if (Array.isArray(segments)) objectOr(track).segments = sortedByStart(segments);
  }
  return result;
}

/** Labels of ids: `#videos0` for the first id of the array `videos`. */
class Labels {
  readonly #kinds = new Map<string, string>();
  readonly #labels = new Map<string, string>();
  /** How many labels start with `#` and a kind, for the kinds that were asked for. */
  readonly #counts = new Map<string, number>();

  constructor(materials: JsonObject) {
    for (const [array, entries] of Object.entries(materials)) {
      for (const entry of arrayOr(entries)) {
        const { id } = objectOr(entry);
        if (typeof id === 'string') this.#kinds.set(id, array);
      }
    }
  }

  find(id: string): string | undefined {
    return this.#labels.get(id);
  }

  /** The label of an id of a kind, a new one at first sight. */
  give(id: Json | undefined, kind: string): string | undefined {
    if (typeof id !== 'string') return undefined;
    const known = this.#labels.get(id);
    if (known !== undefined) return known;
    const prefix = `#${kind}`;
    const label = `${prefix}${this.#count(prefix)}`;
    this.#labels.set(id, label);
    for (const [counted, count] of this.#counts)
      if (label.startsWith(counted)) this.#counts.set(counted, count + 1);
    return label;
  }

  /** As {@link give}, for an id whose array says what it is. */
  giveByArray(id: Json | undefined, otherwise: string): string | undefined {
    return this.give(id, (typeof id === 'string' && this.#kinds.get(id)) || otherwise);
  }

  #count(prefix: string): number {
    let count = this.#counts.get(prefix);
    if (count === undefined) {
      count = [...this.#labels.values()].filter((label) => label.startsWith(prefix)).length;
      this.#counts.set(prefix, count);
    }
    return count;
  }
}

function labelTrack(track: JsonObject, labels: Labels): void {
  labels.give(track.id, 'track');
  for (const entry of sortedByStart(arrayOr(track.segments))) {
    const segment = objectOr(entry);
    labels.give(segment.id, 'seg');
    labels.giveByArray(segment.material_id, 'x');
    for (const ref of arrayOr(segment.extra_material_refs)) labels.giveByArray(ref, 'dangling');
    for (const list of arrayOr(segment.common_keyframes)) {
      labels.give(objectOr(list).id, 'kfl');
      for (const keyframe of arrayOr(objectOr(list).keyframe_list)) labels.give(objectOr(keyframe).id, 'kf');
    }
  }
}

function rewrite(value: Json, labels: Labels, key?: string): Json {
  if (typeof value === 'string') return rewriteText(value, labels, key);
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toFixed(9));
  if (Array.isArray(value)) return value.map((item) => rewrite(item, labels, key));
  if (value === null || typeof value !== 'object') return value;
  const result: JsonObject = {};
  for (const name of Object.keys(value).sort(byText((text) => text))) {
    setOwn(result, name, rewrite(value[name]!, labels, name));
  }
  return result;
}

function rewriteText(text: string, labels: Labels, key: string | undefined): Json {
  const label = labels.find(text);
  if (label !== undefined) return label;
  if (idPattern.test(text)) return labels.giveByArray(text, 'x')!;
  if ((key === 'path' || key === 'media_path') && text !== '') return text.slice(text.search(/[^/\\]*$/));
  if (key === 'content' && text.startsWith('{')) {
    const content = parsed(text);
    if (content !== undefined) return rewrite(content, labels);
  }
  return text;
}

function sortedByStart(segments: readonly Json[]): Json[] {
  const start = (segment: Json): number => numberOr(objectOr(objectOr(segment).target_timerange).start);
  return [...segments].sort((a, b) => start(a) - start(b));
}

/** Ascending by code point, where the plain comparison of strings goes by UTF-16 unit. */
function byText<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => {
    const [left, right] = [[...text(a)], [...text(b)]];
    for (let index = 0; index < Math.min(left.length, right.length); index++) {
      const difference = left[index]!.codePointAt(0)! - right[index]!.codePointAt(0)!;
      if (difference !== 0) return difference;
    }
    return left.length - right.length;
  };
}

function objectOr(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function textOr(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function numberOr(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function arrayOr(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
