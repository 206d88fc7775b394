import type { Converter } from '../converter.ts';
import type { Path } from '../fields.ts';
import { jsonInput } from '../json-input.ts';
import { unwrapText } from '../parse-content.ts';
import { schemaOf } from './nodes.ts';
import { buildTimeline } from './timeline.ts';

/** Reads OpenTimelineIO: a timeline, or a collection of them. */
export const otioTimeline: Converter = {
  id: 'otio',
  title: 'OpenTimelineIO',
  detect: (value) => ['Timeline', 'SerializableCollection'].includes(schemaOf(value)),
  read(value) {
    const document = unwrapText(value);
    const found = findTimelines(document, []);
    return jsonInput(
      'otio',
      (found.length > 0 ? found : [{ node: document, path: [] }]).map(
        ({ node, path }) =>
          (options, findings) => {
            if (schemaOf(node) !== 'Timeline')
              findings.report('DR162', 'error', '', 'the file has no Timeline.1');
            return buildTimeline(node, path, options, findings);
          },
      ),
    );
  },
};

function findTimelines(node: unknown, path: Path): { node: unknown; path: Path }[] {
  if (schemaOf(node) === 'Timeline') return [{ node, path }];
  if (schemaOf(node) !== 'SerializableCollection') return [];
  const { children } = node as { children?: unknown };
  if (!Array.isArray(children) || path.length > 20) return [];
  return children.flatMap((child, index) => findTimelines(child, [...path, 'children', index]));
}
