import type { EditDraft } from './edit-draft.ts';
import type { Mutable } from './parts.ts';

/** Removes those of some materials that nothing refers to any more, and then what only they referred to. */
export function removeOrphans(draft: EditDraft, released: Iterable<string>): number {
  let waiting = new Set([...released].filter((id) => draft.material(id) !== undefined));
  let removed = 0;
  while (waiting.size > 0) {
    const used = usedAmong(draft, waiting);
    const next = new Set<string>();
    for (const id of waiting) {
      if (used.has(id)) continue;
      eachText(draft.material(id)!.material, (text) => {
        if (text !== id && draft.material(text) !== undefined) next.add(text);
      });
      draft.removeMaterial(id);
      removed++;
    }
    waiting = new Set([...next].filter((id) => draft.material(id) !== undefined));
  }
  return removed;
}

/** The ids that are named anywhere but in their own materials. */
function usedAmong(draft: EditDraft, ids: ReadonlySet<string>): Set<string> {
  const used = new Set<string>();
  const own = new Map<object, string>([...ids].map((id) => [draft.material(id)!.material, id]));
  eachText(draft.content, (text, holders) => {
    if (!ids.has(text)) return;
    if (!holders.some((holder) => own.get(holder) === text)) used.add(text);
  });
  return used;
}

/** Hands over every text below a value, with the objects around it. */
function eachText(value: unknown, take: (text: string, holders: readonly object[]) => void): void {
  const holders: object[] = [];
  const visit = (one: unknown): void => {
    if (typeof one === 'string') take(one, holders);
    if (typeof one !== 'object' || one === null) return;
    holders.push(one);
    for (const item of Object.values(one as Mutable)) visit(item);
    holders.pop();
  };
  visit(value);
}
