import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What is run: a name for the table, and the arguments of Node, made anew for each run. */
export interface Subject {
  name: string;
  args(round: number): readonly string[];
  cwd?: string;
}

/** Medians over all rounds. */
export interface Measured {
  name: string;
  /** From start to end of the whole process, as its caller waits for it. */
  wallMs: number;
  /** Processor time of all its threads; other load on the machine disturbs it less. */
  cpuMs: number;
  /** Largest resident memory. */
  peakMb: number;
  /** Shortest and longest run. */
  rangeMs: readonly [least: number, most: number];
}

const PROBE = join(import.meta.dirname, 'probe.js');

/**
 * Runs the subjects in turn, round after round, so that load on the machine meets all of them alike. One round before
 * those that count fills the caches of the file system and of compiled code.
 *
 * @throws Error when a run fails: a figure of something that did not work means nothing.
 */
export function measure(subjects: readonly Subject[], rounds: number): Measured[] {
  const runs = subjects.map((): Run[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const one = run(subject, round);
      if (round > 0) runs[index]!.push(one);
    }
  }
  return subjects.map(({ name }, index) => {
    const walls = runs[index]!.map(({ wallMs }) => wallMs);
    return {
      name,
      wallMs: median(walls),
      cpuMs: median(runs[index]!.map(({ cpuMs }) => cpuMs)),
      peakMb: median(runs[index]!.map(({ peakMb }) => peakMb)),
      rangeMs: [Math.min(...walls), Math.max(...walls)],
    };
  });
}

interface Run {
  wallMs: number;
  cpuMs: number;
  peakMb: number;
}

/** One process. It tells its own use of processor and memory on a channel of its own when it ends. */
function run({ name, args, cwd }: Subject, round: number): Run {
  const given = ['--import', PROBE, ...args(round)];
  const started = performance.now();
  const { status, output } = spawnSync(process.execPath, given, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const wallMs = performance.now() - started;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${output[2]?.slice(0, 500)}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(output[3] ?? '') as NodeJS.ResourceUsage;
  return { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 };
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
