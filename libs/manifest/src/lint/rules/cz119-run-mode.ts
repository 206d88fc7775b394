import { showValue } from '@cozecut/problems';
import { child, entriesOf, toValue } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { placedAt } from '../spot.ts';

/** Streaming is a thing of the cloud, and a streaming tool declares no fields. */
export const cz119 = defineRule(
  {
    id: 'CZ119',
    title: 'x-runMode: Streaming only in the cloud, with an empty answer schema',
    stage: 'form',
    severity: by('off', 'error', 'error'),
  },
  {
    operation(spot, { document, report, profile }) {
      const mode = child(spot.node, 'x-runMode');
      if (mode === undefined) return;
      const path = [...spot.path, 'x-runMode'];
      const value = toValue(mode);
      if (value !== 'Streaming') {
        report({ path, message: `x-runMode must be Streaming (got ${showValue(value)})` });
      } else if (profile === 'local') {
        report({ path, message: 'a local plugin cannot stream' });
      } else {
        const schema = placedAt(document, spot, 'responses', '200', 'content', 'application/json', 'schema');
        const [first] = entriesOf(child(schema?.node, 'properties'));
        if (schema === undefined || first === undefined) return;
        const message = 'the answer of a streaming tool has no fields: its schema is { type: object }';
        report({ path: [...schema.path, 'properties', first[0]], part: 'key', message });
      }
    },
  },
);
