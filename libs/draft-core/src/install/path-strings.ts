import type { PathSegment } from '@cozecut/problems';
import { JsonDocument } from '../drafts/json/json-document.ts';
import { KIND } from '../drafts/json/tape.ts';

/** A text in a document that may be a path. */
export interface PathString {
  node: number;
  written: string;
  /** Whether its key says that it is a path; other texts are paths only when they look like nothing else. */
  isPathKey: boolean;
  /** The array that the media file belongs to, for the `path` of a video or a sound at any depth. */
  media: 'videos' | 'audios' | undefined;
  keys: readonly PathSegment[];
}

/** Gives the new text of a path; `undefined` leaves it as it is spelled. */
export type PlacePath = (path: PathString) => string | undefined;

/** Texts with a separator, in the order of the document. */
export function pathStrings(document: JsonDocument): PathString[] {
  const found: PathString[] = [];
  visit(document, document.root, [], found);
  return found;
}

/** The document with its paths replaced, also those in texts that are JSON themselves, as that of a caption. */
export function placePaths(document: JsonDocument, place: PlacePath): JsonDocument {
  return document.edit((editor) => {
    for (const path of pathStrings(document)) {
      const inner = innerDocument(path);
      if (inner !== undefined) {
        const edits = inner.edits((edit) => {
          for (const one of pathStrings(inner)) {
            const text = place(one);
            if (text !== undefined) edit.set(one.node, text);
          }
        });
        editor.editString(path.node, edits);
        continue;
      }
      const text = place(path);
      if (text !== undefined) editor.set(path.node, text);
    }
  });
}

// Documents are at most 512 levels deep, so this does not run out of stack.
function visit(document: JsonDocument, node: number, keys: PathSegment[], found: PathString[]): void {
  const kind = document.kind(node);
  if (kind === KIND.string) {
    const raw = document.text.slice(document.start(node), document.end(node));
    if (!raw.includes('/') && !raw.includes('\\')) return;
    const key = String(keys.findLast((one) => typeof one === 'string') ?? '');
    found.push({
      node,
      written: JSON.parse(raw) as string,
      isPathKey: /path$/i.test(key),
      media: mediaArray(keys),
      keys: [...keys],
    });
    return;
  }
  if (kind !== KIND.object && kind !== KIND.array) return;
  let index = 0;
  for (const member of document.members(node)) {
    keys.push(kind === KIND.object ? (document.value(member) as string) : index++);
    visit(document, document.valueOf(member), keys, found);
    keys.pop();
  }
}

function mediaArray(keys: readonly PathSegment[]): PathString['media'] {
  const [materials, array, , key] = keys.slice(-4);
  if (materials !== 'materials' || key !== 'path') return undefined;
  return array === 'videos' || array === 'audios' ? array : undefined;
}

function innerDocument({ written }: PathString): JsonDocument | undefined {
  if (!written.startsWith('{')) return undefined;
  try {
    return new JsonDocument(written, 'text');
  } catch {
    return undefined;
  }
}
