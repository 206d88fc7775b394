/** Items of a long list that are made into text at a time. */
const SLICE = 32;

/**
 * The text that `JSON.stringify` makes of a document, in parts: a draft of ten thousand captions is a text of many
 * megabytes, twice as much in memory where it has one Chinese character, and nobody needs it in one piece. A part goes
 * from a bracket up to some items of a list; short ones cost the memory little.
 */
export function* jsonPieces(value: object): Generator<string> {
  if (Array.isArray(value)) yield* listPieces(value);
  else yield* mapPieces(value);
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  let before = '[';
  if (list.length > SLICE) {
    for (let at = 0; at < list.length; at += SLICE) {
      yield before + JSON.stringify(list.slice(at, at + SLICE)).slice(1, -1);
      before = ',';
    }
  } else {
    for (const item of list) {
      yield before;
      if (holdsLongList(item)) yield* jsonPieces(item);
      else yield JSON.stringify(item) ?? 'null';
      before = ',';
    }
  }
  yield before === '[' ? '[]' : ']';
}

function* mapPieces(map: object): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(map)) {
    if (holdsLongList(value)) {
      yield `${before}${JSON.stringify(key)}:`;
      yield* jsonPieces(value);
    } else {
      const text = JSON.stringify(value);
      // What JSON cannot say is left out.
      if (text === undefined) continue;
      yield `${before}${JSON.stringify(key)}:${text}`;
    }
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

/** Whether a part is worth taking apart: it is a long list, or has one in it, four levels down at most. */
function holdsLongList(value: unknown, levels = 4): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) && value.length > SLICE) return true;
  return levels > 0 && Object.values(value).some((part) => holdsLongList(part, levels - 1));
}
