import { toPosition } from '../../source/source-file.ts';
import { by, defineRule } from '../rule.ts';

/** YAML anchors, aliases and merge keys are not understood by every Coze. */
export const cz020 = defineRule(
  {
    id: 'CZ020',
    title: 'No anchors, aliases and merge keys',
    stage: 'form',
    severity: by('off', 'warning', 'warning'),
  },
  {
    source({ document, report }) {
      const uses = [...document.merges, ...document.aliases];
      const [first] = uses.toSorted((a, b) => a.start - b.start);
      if (first === undefined) return;
      const { line } = toPosition(first.file, first.start);
      report({
        path: [],
        place: first,
        message: `an alias in line ${line}: anchors, aliases and merge keys are not understood by every Coze`,
        hint: 'Write the value wherever it is used',
      });
    },
  },
);
