import type { Converter } from '../converter.ts';
import { Findings } from '../findings.ts';
import { jsonInput } from '../json-input.ts';
import { unwrapText } from '../parse-content.ts';
import { buildDraft } from './draft.ts';
import { looksLikeLog, splitLog } from './log.ts';

/** Reads logs of calls to VectCutAPI (CapCutAPI). */
export const vectcutLog: Converter = {
  id: 'vectcut',
  title: 'call log of VectCutAPI',
  detect: (value) => looksLikeLog(value),
  read(value) {
    const log = unwrapText(value);
    const count = Math.max(1, splitLog(log, new Findings()).length);
    return jsonInput(
      'vectcut',
      Array.from({ length: count }, (_, index) => (options, findings) => {
        // What is wrong with the list itself is told with the first draft.
        const drafts = splitLog(log, index === 0 ? findings : new Findings());
        return buildDraft(drafts[index] ?? { entries: [], draftId: undefined }, index, options, findings);
      }),
    );
  },
};
