import { forgetWords, hiddenWords, textLayers } from '../../text-template.ts';
import type { JsonDocument } from '../json/json-document.ts';
import { isObject, listOf, numberOf, objectOf, textOf, timeOf } from '../loose.ts';
import { failEdit } from './fail.ts';
import type { Material, Mutable, Segment, Track } from './parts.ts';
import { setText } from './set-text.ts';
import type { Spellings } from './spellings.ts';

/** A material and the array of `materials` that it stands in. */
export interface PlacedMaterial {
  array: string;
  material: Material;
}

/** A timeline document that edits change, with its references resolved. */
export class EditDraft {
  /** How messages call it. */
  readonly name: string;
  readonly content: Mutable;
  readonly spellings: Spellings;
  readonly #newId: () => string;
  #tracks: readonly Track[] | undefined;
  readonly #materials = new Map<string, PlacedMaterial>();

  /** @throws UserError with DR165 when the document has no tracks. */
  constructor(document: JsonDocument, spellings: Spellings, newId: () => string, name: string) {
    this.name = name;
    this.spellings = spellings;
    this.#newId = newId;
    this.content = spellings.parse(document) as Mutable;
    if (!isObject(this.content) || !Array.isArray(this.content.tracks))
      failEdit('DR165', `${name} has no tracks`);
    this.reindex();
  }

  /** Looks up all materials anew, after they were changed past this class. */
  reindex(): void {
    this.#materials.clear();
    for (const [array, entries] of Object.entries(objectOf(this.content.materials)))
      for (const entry of listOf(entries)) if (isObject(entry)) this.#note(array, entry as Material);
  }

  /** Whether an array of `materials` holds something. */
  hasEntries(array: string): boolean {
    return listOf(objectOf(this.content.materials)[array]).length > 0;
  }

  /** Tracks that can be worked with; others stay as they are. */
  get tracks(): readonly Track[] {
    this.#tracks ??= listOf(this.content.tracks).filter(
      (track): track is Track =>
        hasId(track) &&
        typeof track.type === 'string' &&
        Array.isArray(track.segments) &&
        track.segments.every(hasId),
    );
    return this.#tracks;
  }

  get fps(): number {
    const fps = numberOf(this.content.fps);
    return fps !== undefined && fps > 0 ? fps : 30;
  }

  get materials(): ReadonlyMap<string, PlacedMaterial> {
    return this.#materials;
  }

  /** A fresh id, as the apps write them. */
  newId(): string {
    return this.#newId().toUpperCase();
  }

  /** Puts a track into the list behind those that lie under it. */
  addTrack(track: Track): void {
    const tracks = this.content.tracks as unknown[];
    const layer = layerOf(track);
    const above = this.tracks.find((other) => layerOf(other) > layer);
    this.#tracks = undefined;
    tracks.splice(above === undefined ? tracks.length : tracks.indexOf(above), 0, track);
  }

  removeTrack(track: Track): void {
    const tracks = this.content.tracks as unknown[];
    this.#tracks = undefined;
    tracks.splice(tracks.indexOf(track), 1);
  }

  material(id: unknown): PlacedMaterial | undefined {
    return typeof id === 'string' ? this.#materials.get(id) : undefined;
  }

  /** Companion materials of a segment that stand in an array. */
  companions(segment: Segment, array: string): Material[] {
    return listOf(segment.extra_material_refs).flatMap((ref) => {
      const found = this.material(ref);
      return found?.array === array ? [found.material] : [];
    });
  }

  addMaterial(array: string, material: Material): void {
    if (!isObject(this.content.materials)) this.content.materials = {};
    const materials = this.content.materials as Record<string, unknown[]>;
    if (!Array.isArray(materials[array])) materials[array] = [];
    materials[array].push(material);
    this.#note(array, material);
  }

  removeMaterial(id: string): void {
    const found = this.#materials.get(id);
    if (found === undefined) return;
    const list = (this.content.materials as Record<string, unknown[]>)[found.array]!;
    list.splice(list.indexOf(found.material), 1);
    this.#materials.delete(id);
  }

  /** Adds a companion to a segment. */
  refer(segment: Segment, id: string): void {
    segment.extra_material_refs = [...listOf(segment.extra_material_refs), id] as string[];
  }

  /** What people call a segment: the text that is shown, or the name of its material. */
  nameOf(segment: Segment): string | undefined {
    const found = this.material(segment.material_id);
    if (found === undefined) return undefined;
    const { array, material } = found;
    if (array === 'texts') return shownText(material);
    if (array === 'text_templates')
      return this.templateTexts(material).map(shownText).filter(Boolean).join(' / ') || textOf(material.name);
    const path = textOf(material.path);
    return textOf(material.material_name) ?? textOf(material.name) ?? path?.split(/[\\/]/).at(-1);
  }

  /** The texts that a text template shows, in its order. */
  templateTexts(template: Material): Material[] {
    return this.#textsOf(textLayers(template).shown);
  }

  /** Says of a text template of which texts have changed what follows from it. */
  settleTemplate(template: Material): void {
    const { shown, hidden } = textLayers(template);
    const words = hiddenWords(this.#textsOf(shown).map((text) => shownText(text) ?? ''));
    if (words !== '') for (const text of this.#textsOf(hidden)) setText(text, words);
    forgetWords(template);
  }

  #textsOf(layers: readonly Mutable[]): Material[] {
    return layers.flatMap(({ text_material_id: id }) => {
      const found = this.material(id);
      return found === undefined ? [] : [found.material];
    });
  }

  #note(array: string, material: Material): void {
    if (textOf(material.id) !== undefined && !this.#materials.has(material.id))
      this.#materials.set(material.id, { array, material });
  }
}

/** Layer of a track: that of its first segment. */
export function layerOf(track: Track): number {
  return timeOf(objectOf(track.segments[0]).render_index) ?? 0;
}

/** The words of a text material; nothing when its content cannot be read. */
export function shownText(material: Material): string | undefined {
  try {
    return textOf(objectOf(JSON.parse(textOf(material.content) ?? '')).text);
  } catch {
    return undefined;
  }
}

function hasId(value: unknown): value is Mutable & { id: string } {
  return isObject(value) && typeof value.id === 'string';
}
