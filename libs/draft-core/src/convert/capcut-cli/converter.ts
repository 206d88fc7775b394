import { UserError } from '@cozecut/problems';
import type { Converter } from '../converter.ts';
import { jsonInput } from '../json-input.ts';
import { parseContent, unwrapText } from '../parse-content.ts';
import { isRecord } from '../values.ts';
import { buildSpec } from './spec.ts';
import { fillTemplate, hasPlaceholders } from './template.ts';

/** Reads compile specs of capcut-cli; a templated one makes a timeline for each row. */
export const capcutCli: Converter = {
  id: 'capcut-cli',
  title: 'compile spec of capcut-cli',
  detect: (value) => {
    if (!isRecord(value) || 'schema' in value || 'materials' in value || !Array.isArray(value.tracks))
      return false;
    return value.tracks.some((track) => isRecord(track) && Array.isArray(track.items));
  },
  read(value, { rows, fileName }) {
    const spec = unwrapText(value);
    const list = rows === undefined ? undefined : readRows(rows);
    const base = fileName?.replace(/^.*[\\/]/, '').replace(/\.[^.]+$/, '') ?? '';
    return jsonInput(
      'capcut-cli',
      (list ?? [undefined]).map((row, index) => (options, findings) => {
        if (row === undefined && hasPlaceholders(spec)) {
          findings.report(
            'DR165',
            'error',
            '',
            'the spec has places to fill in ({{…}}), and there are no rows',
            {
              hint: 'give the rows (--data rows.jsonl)',
            },
          );
        }
        const filled = row === undefined ? spec : fillTemplate(spec, row, [], findings);
        const fallback = base === '' ? 'capcut-cli draft' : base;
        return buildSpec(
          filled,
          list === undefined || list.length < 2 ? fallback : `${fallback} ${index + 1}`,
          options,
          findings,
        );
      }),
    );
  },
};

/**
 * Rows as JSON lines, a JSON list or values.
 *
 * @throws UserError INPUT_INVALID when they are none.
 */
function readRows(rows: unknown): Record<string, unknown>[] {
  const value = typeof rows === 'string' ? parseContent(rows) : rows;
  const list = Array.isArray(value) ? value : [value];
  if (list.length > 0 && list.every(isRecord)) return list;
  throw new UserError('INPUT_INVALID', 'the rows must be objects, one for each draft', {
    hint: 'write one object such as {"title":"…"} on each line',
  });
}
