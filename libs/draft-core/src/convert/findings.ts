import type { Problem } from '@cozecut/problems';
import { type Report, reportTo } from '../timeline/report.ts';
import { Dropped } from './dropped.ts';
import type { Path, Sink } from './fields.ts';

/** Collects what is found while an input is converted. */
export class Findings implements Sink {
  readonly report: Report;
  readonly #problems: Problem[];
  readonly #dropped = new Dropped();

  constructor(found: readonly Problem[] = []) {
    this.#problems = [...found];
    this.report = reportTo(this.#problems);
  }

  drop(path: Path): void {
    this.#dropped.add(path);
  }

  add(problem: Problem): void {
    this.#problems.push(problem);
  }

  get hasErrors(): boolean {
    return this.#problems.some(({ severity }) => severity === 'error');
  }

  /** Everything that was found; dropped fields come last. Call it once, at the end. */
  finish(): Problem[] {
    this.#dropped.report(this.report);
    return this.#problems;
  }
}
