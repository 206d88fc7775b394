import { child, entriesOf } from '../../source/node.ts';
import { fixOf, removeKey, renameKey } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { contentOf, placedAt } from '../spot.ts';

const ALLOWED = [
  'application/json',
  'application/problem+json',
  'application/x-www-form-urlencoded',
  'application/x-yaml',
  'application/yaml',
];
const JSON_TYPE = 'application/json';

/** A body has one media type, of those that Coze can write. */
export const cz202 = defineRule(
  {
    id: 'CZ202',
    title: 'A request body has one media type, best application/json',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    operation(spot, { document, report }) {
      const body = placedAt(document, spot, 'requestBody');
      const content = contentOf(body?.node);
      const [first, second] = content;
      if (body === undefined || first === undefined) return;
      const path = [...body.path, 'content'];
      const map = child(body.node, 'content');
      if (second !== undefined) {
        const surplus = content.filter(([name]) => name !== JSON_TYPE);
        const keepsJson = surplus.length === content.length - 1 && map?.kind === 'map';
        report({
          path: [...path, (surplus[0] ?? second)[0]],
          part: 'key',
          message: `a request body must have one media type (got ${content.map(([name]) => name).join(', ')})`,
          predicted: 'request body only supports one media type',
          phase: 'plugin',
          fix: keepsJson
            ? fixOf(`Keep only ${JSON_TYPE}`, ...surplus.map(([name]) => removeKey(document, map, name)))
            : undefined,
        });
        return;
      }
      const [type, value] = first;
      if (ALLOWED.includes(type) && value.kind === 'map') {
        if (type === JSON_TYPE) return;
        const message = `the media type of a request body is best application/json (got ${type})`;
        const hint = type.includes('urlencoded') ? 'Nested values come escaped twice in a form' : undefined;
        report({
          path: [...path, type],
          part: 'key',
          message,
          severity: 'warning',
          stage: 'run',
          ...(hint === undefined ? {} : { hint }),
        });
        return;
      }
      report({
        path: [...path, type],
        part: 'key',
        message: `the media type of a request body must be application/json (got ${type})`,
        hint: `Also possible: ${ALLOWED.slice(1).join(', ')}`,
        predicted: `invalid media type, request body only the following types: [${ALLOWED.join(', ')}]`,
        phase: 'plugin',
        fix: isJson(type)
          ? fixOf(`Write ${JSON_TYPE}`, renameKey(document, entriesOf(map)[0]?.[1], JSON_TYPE))
          : undefined,
      });
    },
  },
);

/** `application/json; charset=utf-8` and its like say no more than application/json. */
function isJson(type: string): boolean {
  return /^(application|text)\/json\s*(;.*)?$/i.test(type) && type !== JSON_TYPE;
}
