import type { Problem, TextEdit } from '@cozecut/problems';

/** A change of one text: the characters from `start` to `end` (UTF-16 units, exclusive) become `text`. */
export type Edit = Omit<TextEdit, 'file'>;

/** Makes edits that do not overlap, given in any order. Two insertions at one place stay in the order given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Fixes that can be made at once. */
export interface ChosenFixes {
  edits: TextEdit[];
  /** How many problems they mend. */
  count: number;
}

/**
 * The fixes of problems that do not get in each other's way, first come first served; the others wait until the text
 * was read again.
 */
export function chooseFixes(problems: readonly Problem[]): ChosenFixes {
  const takenByFile = new Map<string, Edit[]>();
  const edits: TextEdit[] = [];
  let count = 0;
  for (const { fix } of problems) {
    if (fix === undefined) continue;
    const own = fix.edits.map((edit) => ({ edit, at: place(edit, takenByFile) }));
    if (own.some(({ at }) => at === 'clash')) continue;
    for (const { edit } of own) {
      const taken = takenByFile.get(edit.file) ?? [];
      const at = place(edit, takenByFile);
      if (typeof at !== 'number') continue;
      taken.splice(at, 0, edit);
      takenByFile.set(edit.file, taken);
      edits.push(edit);
    }
    count++;
  }
  return { edits, count };
}

/** Where an edit goes among those that were taken, sorted; `same` when it is there already. */
function place(edit: TextEdit, takenByFile: ReadonlyMap<string, Edit[]>): number | 'same' | 'clash' {
  const taken = takenByFile.get(edit.file) ?? [];
  let [low, high] = [0, taken.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle]!.start <= edit.start) low = middle + 1;
    else high = middle;
  }
  // Several insertions may stand at one place, so look at all that start here.
  for (let at = low - 1; at >= 0; at--) {
    const other = taken[at]!;
    if (other.start === edit.start && other.end === edit.end && other.text === edit.text) return 'same';
    if (touches(other, edit)) return 'clash';
    if (other.start < edit.start) break;
  }
  const next = taken[low];
  return next !== undefined && touches(next, edit) ? 'clash' : low;
}

/** Two members that are added behind others bring their own comma; other insertions at one place do not go together. */
function touches(a: Edit, b: Edit): boolean {
  if (a.start === b.start && a.end === a.start && b.end === b.start)
    return !(a.text.startsWith(',') && b.text.startsWith(','));
  return a.start < b.end && b.start < a.end;
}
