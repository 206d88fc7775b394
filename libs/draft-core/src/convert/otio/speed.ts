import type { Fields } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { tidy } from '../values.ts';
import { nodeFields, schemaOf } from './nodes.ts';

/** The speed of a clip by its time warps; other effects are dropped. */
export function readSpeed(fields: Fields, findings: Findings): number {
  let speed = 1;
  for (const [index, node] of fields.list('effects').entries()) {
    const effect = nodeFields(node, [...fields.path, 'effects', index], findings);
    const schema = schemaOf(node);
    if (effect.flag('enabled') === false) continue;
    const scalar = schema === 'FreezeFrame' ? 0 : effect.number('time_scalar');
    if (schema !== 'LinearTimeWarp' && schema !== 'FreezeFrame') {
      const name = effect.text('effect_name') ?? effect.text('name') ?? schema;
      effect.warn('DR161', `${effect.place}: the effect ${JSON.stringify(name)} is dropped`);
    } else if (scalar === undefined || scalar === 0) {
      effect.warn('DR161', `${effect.place}: the frozen frame is dropped, the clip plays on`, {
        hint: 'give the frame as a picture',
      });
    } else if (scalar < 0) {
      effect.error(
        'DR027',
        `${effect.place}: time_scalar ${scalar} plays backwards, which cannot be written yet`,
        { hint: 'reverse the file first' },
      );
    } else speed *= scalar;
  }
  return tidy(speed);
}
