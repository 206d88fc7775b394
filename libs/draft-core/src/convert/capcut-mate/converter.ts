import type { Converter } from '../converter.ts';
import { Findings } from '../findings.ts';
import { jsonInput } from '../json-input.ts';
import { unwrapText } from '../parse-content.ts';
import { groupCalls, looksLikeCalls } from './calls.ts';
import { buildDraft } from './draft.ts';

/** Reads requests to capcut-mate: one body, a list of them, or a log with the answers. */
export const capcutMate: Converter = {
  id: 'capcut-mate',
  title: 'requests to capcut-mate',
  detect: (value) => looksLikeCalls(value),
  read(value) {
    const calls = unwrapText(value);
    const count = Math.max(1, groupCalls(calls, new Findings()).length);
    return jsonInput(
      'capcut-mate',
      Array.from({ length: count }, (_, index) => (options, findings) => {
        // What is wrong with the list itself is told with the first draft.
        const groups = groupCalls(calls, index === 0 ? findings : new Findings());
        return buildDraft(groups[index] ?? { calls: [], path: [] }, index, options, findings);
      }),
    );
  },
};
