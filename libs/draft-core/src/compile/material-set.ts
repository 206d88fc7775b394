import type { JsonObject } from './compiled-draft.ts';

/** The materials of a draft, by array. */
export class MaterialSet {
  readonly arrays: { [array: string]: JsonObject[] } = {};

  /** Adds an entry and gives its id. */
  add(array: string, material: JsonObject): string {
    this.arrays[array] ??= [];
    this.arrays[array].push(material);
    return String(material.id);
  }
}
