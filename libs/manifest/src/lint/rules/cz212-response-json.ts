import { child, entriesOf } from '../../source/node.ts';
import { fixOf, removeKey, renameKey } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { contentOf, operationName, placedAt } from '../spot.ts';

const JSON_TYPE = 'application/json';

/** The 200 answer is JSON and nothing else. */
export const cz212 = defineRule(
  {
    id: 'CZ212',
    title: 'The content of 200 is application/json and nothing else',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    operation(spot, { document, report }) {
      const answer = placedAt(document, spot, 'responses', '200');
      if (answer === undefined) return;
      const content = contentOf(answer.node);
      const json = content.find(([name]) => name === JSON_TYPE);
      if (content.length === 1 && json?.[1].kind === 'map') return;
      const path = [...answer.path, 'content'];
      const others = content.filter(([name]) => name !== JSON_TYPE);
      const map = child(answer.node, 'content');
      const [only] = content;
      const isJson =
        content.length === 1 &&
        json === undefined &&
        /^(application|text)\/json\s*(;.*)?$/i.test(only?.[0] ?? '');
      const fix =
        map?.kind !== 'map'
          ? undefined
          : json?.[1].kind === 'map'
            ? fixOf(`Keep only ${JSON_TYPE}`, ...others.map(([name]) => removeKey(document, map, name)))
            : isJson
              ? fixOf(`Write ${JSON_TYPE}`, renameKey(document, entriesOf(map)[0]?.[1], JSON_TYPE))
              : undefined;
      report({
        path: others[0] === undefined ? path : [...path, others[0][0]],
        part: 'key',
        message: `the 200 answer of ${operationName(spot)} must be ${JSON_TYPE} and nothing else (got ${content.map(([name]) => name).join(', ') || 'nothing'})`,
        predicted: "response only supports 'application/json' media type",
        phase: 'plugin',
        fix,
      });
    },
  },
);
