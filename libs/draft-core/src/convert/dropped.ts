import { formatPointer, showPath } from '@cozecut/problems';
import type { Report } from '../timeline/report.ts';
import type { Path } from './fields.ts';

/** Fields without a counterpart, the same field of many segments told once. */
export class Dropped {
  readonly #byForm = new Map<string, { path: Path; count: number }>();

  add(path: Path): void {
    const form = path.map((part) => (typeof part === 'number' ? '*' : part)).join('/');
    const known = this.#byForm.get(form);
    if (known === undefined) this.#byForm.set(form, { path, count: 1 });
    else known.count++;
  }

  report(report: Report): void {
    for (const { path, count } of this.#byForm.values()) {
      const times = count === 1 ? '' : `, and ${count - 1} more like it`;
      const message = `${showPath(path, 'input')}: dropped, it has no counterpart in a draft${times}`;
      report('DR161', 'warning', formatPointer(path), message);
    }
  }
}
