import type { JsonDocument } from '../json/json-document.ts';
import { isObject, listOf, objectOf, textOf } from '../loose.ts';
import type { Mutable } from './parts.ts';
import type { Spellings } from './spellings.ts';

/** `draft_meta_info.json` as edits change it. */
export class EditMeta {
  readonly content: Mutable;

  constructor(document: JsonDocument, spellings: Spellings) {
    this.content = spellings.parse(document) as Mutable;
  }

  /** Entries of the list of imported media. */
  get entries(): Mutable[] {
    return listOf(this.#imported()?.value).filter(isObject) as Mutable[];
  }

  /** The entry of a file. */
  entryOf(path: unknown): Mutable | undefined {
    return this.entries.find((entry) => textOf(entry.file_Path) === path);
  }

  /** Adds an entry, unless there is one for its file; gives the id that materials name. */
  register(entry: Mutable): string {
    const known = textOf(this.entryOf(entry.file_Path)?.id);
    if (known !== undefined) return known;
    let list = this.#imported();
    if (list === undefined) {
      list = { type: 0, value: [] };
      if (!Array.isArray(this.content.draft_materials)) this.content.draft_materials = [];
      (this.content.draft_materials as unknown[]).unshift(list);
    }
    if (!Array.isArray(list.value)) list.value = [];
    (list.value as unknown[]).push(entry);
    return String(entry.id);
  }

  /** Sets the bytes of all files that the timeline plays, where they are said. */
  setBytes(change: (said: number) => number): void {
    const said = this.content.draft_timeline_materials_size_;
    if (typeof said === 'number') this.content.draft_timeline_materials_size_ = change(said);
  }

  /** Sets a key that is there. */
  set(key: string, value: unknown): void {
    if (Object.hasOwn(this.content, key)) this.content[key] = value;
  }

  #imported(): Mutable | undefined {
    return listOf(this.content.draft_materials).find((one) => objectOf(one).type === 0) as
      | Mutable
      | undefined;
  }
}
