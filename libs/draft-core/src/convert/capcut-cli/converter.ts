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
    const [spec, inline] = splitTexts(unwrapText(value));
    const list = rows === undefined ? undefined : readRows(rows);
    const base = fileName?.replace(/^.*[\\/]/, '').replace(/\.[^.]+$/, '') ?? '';
    const sources = new Set<string>();
    const input = jsonInput(
      'capcut-cli',
      (list ?? [undefined]).map((row, index) => (given, findings) => {
        const options = { ...given, texts: new Map([...inline, ...(given.texts ?? [])]) };
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
        for (const path of captionFiles(filled)) sources.add(path);
        const fallback = base === '' ? 'capcut-cli draft' : base;
        return buildSpec(
          filled,
          list === undefined || list.length < 2 ? fallback : `${fallback} ${index + 1}`,
          options,
          findings,
        );
      }),
    );
    // The trial of the first phase has filled in every row.
    return { ...input, textSources: [...sources].filter((path) => !inline.has(path)) };
  },
};

/** A spec may bring its subtitle files along, by path, under `texts`; braces in them are no places to fill in. */
function splitTexts(value: unknown): [spec: unknown, texts: Map<string, string>] {
  if (!isRecord(value) || !isRecord(value.texts)) return [value, new Map()];
  const { texts, ...spec } = value;
  const pairs = Object.entries(texts as Record<string, unknown>);
  return [spec, new Map(pairs.flatMap(([path, text]) => (typeof text === 'string' ? [[path, text]] : [])))];
}

/** The subtitle files that operations name. */
function captionFiles(spec: unknown): string[] {
  const operations = isRecord(spec) && Array.isArray(spec.operations) ? spec.operations : [];
  return operations.flatMap((one) =>
    isRecord(one) && one.op === 'captions' && typeof one.path === 'string' && one.path !== ''
      ? [one.path]
      : [],
  );
}

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
