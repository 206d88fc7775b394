import { parseJson } from '@cozecut/problems';

const FENCE = /^```[a-z]*\s*([\s\S]*?)\s*```$/i;

/**
 * The list that a text holds: JSON, JSON between code fences, or several lists one behind the other, which become
 * one. Nothing when it holds none.
 */
export function readList(text: string): unknown[] | undefined {
  const bare = FENCE.exec(text.trim())?.[1] ?? text.trim();
  const lists = gluedLists(bare);
  return lists.length === 0 ? undefined : lists.flat();
}

function gluedLists(text: string): unknown[][] {
  const lists: unknown[][] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfList(text, start);
    const list = end === undefined ? undefined : parsed(text.slice(start, end));
    if (!Array.isArray(list)) return [];
    lists.push(list);
    start = end!;
    while (/[\s,]/.test(text[start] ?? '')) start += 1;
  }
  return lists;
}

/** Place behind the list that begins at `start`; nothing when none does, or it has no end. */
function endOfList(text: string, start: number): number | undefined {
  if (text[start] !== '[') return undefined;
  let depth = 0;
  let isInText = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (isInText) {
      if (character === '\\') at += 1;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === '[') depth += 1;
    else if (character === ']' && --depth === 0) return at + 1;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
