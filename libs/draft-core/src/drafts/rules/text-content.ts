import type { TextView } from '../draft-view.ts';
import { JsonDocument } from '../json/json-document.ts';
import type { Change, JsonEditor } from '../json/json-editor.ts';

/** How messages name a text: by its first words. */
export function textPlace({ content, id }: TextView): string {
  const text = content?.text.trim().split('\n')[0] ?? '';
  if (text === '') return `text ${id ?? ''}`.trim();
  return `text "${text.length > 20 ? `${text.slice(0, 20)}…` : text}"`;
}

/** Changes the JSON inside of a text; everything else in it keeps its spelling. */
export function editContent(
  text: TextView,
  json: JsonDocument,
  change: (edit: JsonEditor, inner: JsonDocument) => void,
): Change {
  const node = json.at([...text.path, 'content'])!;
  const inner = new JsonDocument(json.value(node) as string, 'content');
  return (edit) =>
    edit.editString(
      node,
      inner.edits((one) => change(one, inner)),
    );
}
