import { closest } from '@cozecut/problems';
import { child, entriesOf, itemsOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { toolFields } from '../server/fields.ts';
import { operationsOf, textAt } from '../spot.ts';
import type { Context } from '../types.ts';

const PLACES = ['header', 'query', 'path', 'body'];

/** Common parameters go where the calls have room for them. */
export const cz408 = defineRule(
  {
    id: 'CZ408',
    title: 'common_params are in header, query, path or body, and body ones are in the schema',
    stage: 'import',
    severity: by('error', 'error', 'warning'),
  },
  {
    manifest({ node }, context) {
      const common = child(node, 'common_params');
      const isOpen = textAt(child(node, 'auth'), 'type') === 'none';
      for (const [place] of entriesOf(common)) {
        if (PLACES.includes(place)) continue;
        context.report({
          path: ['common_params', place],
          part: 'key',
          message: `common_params must be in ${PLACES.join(', ')} (got "${place}")`,
          suggestions: closest(place, PLACES),
          // The server looks only when there is an auth.
          ...(isOpen && context.profile === 'studio'
            ? { severity: 'warning' as const, stage: 'run' as const }
            : isOpen
              ? { stage: 'run' as const }
              : { predicted: `invalid location '${place}' in common params` }),
        });
      }
      for (const [index, item] of itemsOf(child(common, 'body')).entries()) {
        checkBody(textAt(item, 'name'), ['common_params', 'body', index, 'name'], context);
      }
    },
  },
);

function checkBody(name: string, path: readonly (string | number)[], { companion, report }: Context): void {
  if (companion === undefined || name === '') return;
  const names = operationsOf(companion.root).flatMap((operation) =>
    toolFields(companion, operation).flatMap((field) =>
      field.side === 'body' && !field.isItem ? [field.name] : [],
    ),
  );
  if (names.includes(name)) return;
  report({
    path,
    message: `no tool has "${name}" in its body, so that the common parameter is dropped`,
    suggestions: closest(name, names),
    stage: 'run',
    severity: 'warning',
  });
}
