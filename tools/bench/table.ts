import type { Measured } from './measure.ts';

/** Lines of a table of measurements, each with its ratio to the one that is named. */
export function tableOf(measured: readonly Measured[], base: string): string[] {
  const reference = measured.find(({ name }) => name === base);
  if (reference === undefined) throw new Error(`nothing is called ${base}`);
  const rows = measured.map(({ name, wallMs, cpuMs, peakMb, rangeMs: [least, most] }) => [
    name,
    wallMs.toFixed(0),
    `${least.toFixed(0)}–${most.toFixed(0)}`,
    ratio(wallMs, reference.wallMs),
    cpuMs.toFixed(0),
    ratio(cpuMs, reference.cpuMs),
    peakMb.toFixed(0),
  ]);
  const heads = ['', 'ms', 'range', `× ${base}`, 'CPU ms', `× ${base}`, 'peak MB'];
  return markdown([heads, ...rows]);
}

/** A line that holds a figure against its goal. */
export function goalLine(what: string, value: number, limit: number, unit: string): string {
  const digits = limit < 10 ? 2 : 0;
  const mark = value <= limit ? 'met' : 'NOT met';
  return `${mark}: ${what} ${value.toFixed(digits)}${unit} (goal: at most ${Number(limit.toFixed(2))}${unit})`;
}

/** A line about the parts of a compilation. */
export function partsLine(parts: { checkAndCompileMs: number; stringifyMs: number }): string {
  const { checkAndCompileMs, stringifyMs } = parts;
  const share = ratio(checkAndCompileMs, stringifyMs);
  return `inside, warm: check and compile ${checkAndCompileMs.toFixed(1)} ms, JSON.stringify ${stringifyMs.toFixed(1)} ms (${share} ×)`;
}

function ratio(value: number, reference: number): string {
  return (value / reference).toFixed(2);
}

function markdown([heads = [], ...rows]: readonly string[][]): string[] {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(heads), line(rule), ...rows.map(line)];
}
