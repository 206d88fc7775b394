import { toValue } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { jsonKind } from '../server/go.ts';
import type { Context } from '../types.ts';
import { reportMisreads } from './misread.ts';

/** The text is one map in JSON or YAML, and every value has a type that the server can read. */
export const cz001 = defineRule(
  {
    id: 'CZ001',
    title: 'The file is one map in JSON or YAML, and its values have the right types',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    source(context) {
      checkRoot(context);
      reportMisreads('CZ001', context);
      const { duplicates, second } = context.document;
      for (const { path } of duplicates) {
        const message = `the key "${String(path.at(-1))}" is there twice, the last one counts`;
        context.report({ path, part: 'key', message, severity: 'warning', stage: 'run' });
      }
      if (second === undefined) return;
      const message = 'a second YAML document starts further down; only the first one is read';
      context.report({ path: [], message, severity: 'warning', stage: 'style' });
    },
  },
);

function checkRoot({ document: { root }, report }: Context): void {
  if (root.kind === 'map') return;
  const value = toValue(root);
  if (value === null) {
    report({
      path: [],
      message: 'the file must hold an OpenAPI document (it is empty)',
      predicted: 'value of openapi must be a non-empty string',
    });
    return;
  }
  report({
    path: [],
    message: `the file must hold a map (got ${jsonKind(value)})`,
    predicted: `cannot unmarshal ${jsonKind(value)} into Go value of type openapi3.TBis`,
    phase: 'load',
  });
}
