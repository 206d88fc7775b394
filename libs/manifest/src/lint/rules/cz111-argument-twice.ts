import { child, entriesOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { contentOf, parametersOf, placedAt, textAt } from '../spot.ts';

/** An argument has one place: all of them come in one flat map. */
export const cz111 = defineRule(
  {
    id: 'CZ111',
    title: 'An argument has one place: path, header, query or body',
    stage: 'run',
    severity: by('error', 'error', 'error'),
  },
  {
    operation(spot, { document, report }) {
      const first = new Map<string, string>();
      const meet = (
        name: string,
        place: string,
        path: readonly (string | number)[],
        part: 'key' | 'value',
      ) => {
        const before = first.get(name);
        if (before === undefined) first.set(name, place);
        else if (before !== place) {
          report({
            path,
            part,
            message: `"${name}" is already a ${before} argument; all arguments come in one map, and one of the two gets nothing`,
            hint: 'Give one of them another name',
          });
        }
      };
      for (const { node, path } of parametersOf(document, spot)) {
        meet(textAt(node, 'name'), textAt(node, 'in'), [...path, 'name'], 'value');
      }
      const body = placedAt(document, spot, 'requestBody');
      const [media] = contentOf(body?.node);
      if (body === undefined || media === undefined) return;
      const schema = placedAt(document, body, 'content', media[0], 'schema');
      if (schema === undefined) return;
      for (const [name] of entriesOf(child(schema.node, 'properties'))) {
        meet(name, 'body', [...schema.path, 'properties', name], 'key');
      }
    },
  },
);
