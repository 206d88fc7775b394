import { formatPointer, showPath } from '@cozecut/problems';
import type { Path, Sink } from '../fields.ts';
import { isRecord } from '../values.ts';

const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** Whether any text of a value has a `{{key}}` in it. */
export function hasPlaceholders(value: unknown): boolean {
  if (typeof value === 'string') return /\{\{\s*[^{}]+\}\}/.test(value);
  if (Array.isArray(value)) return value.some(hasPlaceholders);
  return isRecord(value) && Object.values(value).some(hasPlaceholders);
}

/** The value with every `{{key}}` in its texts replaced from a row; keys of objects stay as they are. */
export function fillTemplate(
  value: unknown,
  row: Readonly<Record<string, unknown>>,
  path: Path,
  sink: Sink,
): unknown {
  if (typeof value === 'string') {
    return value.replace(placeholder, (whole, key: string) => {
      const filled = Object.hasOwn(row, key) ? row[key] : undefined;
      if (filled !== undefined && filled !== null && typeof filled !== 'object') return String(filled);
      sink.report(
        'DR165',
        'error',
        formatPointer(path),
        `${showPath(path, 'input')}: the row has no value for ${whole}`,
        {
          hint: `give "${key}" in every row`,
        },
      );
      return whole;
    });
  }
  if (Array.isArray(value))
    return value.map((item, index) => fillTemplate(item, row, [...path, index], sink));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillTemplate(item, row, [...path, key], sink)]),
  );
}
