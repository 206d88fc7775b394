import type { Problem } from '@cozecut/problems';

/** What is found in a text file, told by line. The same finding about many lines is told once. */
export class LineFindings {
  readonly #fileName: string | undefined;
  readonly #lenient: boolean;
  readonly #problems: Problem[] = [];
  readonly #groups = new Map<string, { problem: Problem; lines: number[] }>();

  constructor({
    fileName,
    lenient = false,
  }: { fileName?: string | undefined; lenient?: boolean | undefined }) {
    this.#fileName = fileName;
    this.#lenient = lenient;
  }

  get lenient(): boolean {
    return this.#lenient;
  }

  /** Something that cannot be read: an error, or a warning when such things are to be left out. */
  malformed(line: number, why: string, hint?: string): void {
    const skipped = this.#lenient ? '; it is left out' : '';
    this.#add('DR162', this.#lenient ? 'warning' : 'error', line, `${why}${skipped}`, hint);
  }

  error(code: string, line: number, message: string, hint?: string): void {
    this.#add(code, 'error', line, message, hint);
  }

  warn(code: string, line: number, message: string, hint?: string): void {
    this.#add(code, 'warning', line, message, hint);
  }

  /** Something that no standard knows and that can be read. */
  readAs(line: number, what: string): void {
    this.#group('DR163', line, what);
  }

  /** Something that a draft has no place for. */
  dropped(line: number, what: string, hint?: string): void {
    this.#group('DR161', line, `${what} dropped`, hint);
  }

  add(problem: Problem): void {
    this.#problems.push(problem);
  }

  get hasErrors(): boolean {
    return this.#problems.some(({ severity }) => severity === 'error');
  }

  finish(): Problem[] {
    for (const { problem, lines } of this.#groups.values()) {
      const more = lines.length - 1;
      if (more > 0) {
        const shown = lines.slice(1, 6).join(', ');
        problem.message += `, and ${more} more: ${more === 1 ? 'line' : 'lines'} ${shown}${more > 5 ? ', …' : ''}`;
      }
    }
    return [...this.#problems].sort((a, b) => (a.location?.start.line ?? 0) - (b.location?.start.line ?? 0));
  }

  #group(code: string, line: number, what: string, hint?: string): void {
    const key = `${code} ${what}`;
    const known = this.#groups.get(key);
    if (known !== undefined) {
      if (known.lines.at(-1) !== line) known.lines.push(line);
      return;
    }
    this.#groups.set(key, { problem: this.#add(code, 'warning', line, what, hint), lines: [line] });
  }

  #add(code: string, severity: Problem['severity'], line: number, message: string, hint?: string): Problem {
    const problem: Problem = {
      code,
      severity,
      message: `line ${line}: ${message}`,
      location: { file: this.#fileName ?? 'input', start: { line, column: 1 } },
      ...(hint === undefined ? {} : { hint }),
    };
    this.#problems.push(problem);
    return problem;
  }
}
