import { layersOf } from '../../text-template.ts';
import { isObject, listOf } from '../loose.ts';
import type { EditDraft } from './edit-draft.ts';
import type { Material, Mutable, Segment, Track } from './parts.ts';

/** Arrays whose entries several segments of one draft may share. */
const SHARED = new Set(['videos', 'audios', 'drafts']);
const GUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** Copies segments, with everything that they refer to, under new ids; within a draft or from one to another. */
export class Cloner {
  readonly #from: EditDraft;
  readonly #to: EditDraft;
  readonly #onMaterial: (array: string, copy: Material) => void;
  readonly #ids = new Map<string, string>();
  /** Ids of the materials that are in the draft because of the copies. */
  readonly made = new Set<string>();

  /** @param onMaterial - Is told of each material that comes from another draft. */
  constructor(
    from: EditDraft,
    to: EditDraft,
    onMaterial: (array: string, copy: Material) => void = () => {},
  ) {
    this.#from = from;
    this.#to = to;
    this.#onMaterial = onMaterial;
  }

  /** A copy of a segment; its materials are in the draft it is for. */
  segment(segment: Segment): Segment {
    const copy = this.#to.spellings.copy(segment);
    // Every copy gets companions of its own, and a text can be changed without the other one.
    if (this.#from === this.#to) this.#ids.clear();
    copy.id = this.#to.newId();
    copy.material_id = this.#material(segment.material_id);
    if (Array.isArray(copy.extra_material_refs)) {
      // What leads nowhere there is no better here.
      const refs = copy.extra_material_refs.filter(
        (ref) => this.#from === this.#to || this.#from.material(ref) !== undefined,
      );
      copy.extra_material_refs = refs.map((ref) => this.#material(ref));
    }
    for (const curve of listOf(copy.common_keyframes).filter(isObject)) {
      this.#renew(curve as Mutable);
      for (const point of listOf(curve.keyframe_list)) if (isObject(point)) this.#renew(point as Mutable);
    }
    return copy;
  }

  /** A copy of a track without its segments. */
  track(track: Track): Track {
    const copy = this.#to.spellings.copy({ ...track, segments: [] });
    copy.id = this.#to.newId();
    return copy;
  }

  #renew(object: Mutable): void {
    if (typeof object.id === 'string') object.id = this.#to.newId();
  }

  /** Id of a material in the draft that gets the copy. */
  #material(id: string): string {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    const found = this.#from.material(id);
    if (found === undefined || (this.#from === this.#to && SHARED.has(found.array))) return id;
    const newId = this.#to.newId();
    this.#ids.set(id, newId);
    const copy = this.#to.spellings.copy(found.material);
    if (found.array === 'drafts') this.#renewInside(copy);
    if (found.array === 'text_templates') for (const layer of layersOf(copy)) this.#renew(layer);
    this.#rename(copy, id);
    copy.id = newId;
    this.#to.addMaterial(found.array, copy);
    this.made.add(newId);
    if (this.#from !== this.#to) this.#onMaterial(found.array, copy);
    return newId;
  }

  /** Names the copies wherever a material names another one, or itself. */
  #rename(value: unknown, ownId: string): void {
    if (typeof value !== 'object' || value === null) return;
    const object = value as Mutable;
    for (const [key, item] of Object.entries(object)) {
      if (typeof item !== 'string') this.#rename(item, ownId);
      else if (item === ownId || this.#from.materials.has(item) || this.#ids.has(item))
        object[key] = this.#material(item);
    }
  }

  /** A draft inside of the draft has ids of its own. */
  #renewInside(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === 'id' && typeof item === 'string' && GUID.test(item) && !this.#ids.has(item))
        this.#ids.set(item, this.#to.newId());
      else this.#renewInside(item);
    }
  }
}
