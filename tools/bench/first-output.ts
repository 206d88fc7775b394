import { spawn } from 'node:child_process';
import { median, type Subject } from './measure.ts';

/** How long a program takes to say anything at all. */
export interface FirstOutput {
  name: string;
  /** From its start to the first byte out of a pipe: median, and the shortest one. */
  firstMs: number;
  leastMs: number;
  /** Median until its end. */
  endMs: number;
}

/**
 * Runs the subjects in turn, round after round, as {@link measure} does. One that says nothing counts with its end. How
 * a program ends does not matter here: that it cannot do its work is an output, too.
 */
export async function firstOutputs(subjects: readonly Subject[], rounds: number): Promise<FirstOutput[]> {
  const runs = subjects.map((): Awaited<ReturnType<typeof run>>[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const one = await run(subject, round);
      if (round > 0) runs[index]!.push(one);
    }
  }
  return subjects.map(({ name }, index) => {
    const firsts = runs[index]!.map(({ firstMs }) => firstMs);
    return {
      name,
      firstMs: median(firsts),
      leastMs: Math.min(...firsts),
      endMs: median(runs[index]!.map(({ endMs }) => endMs)),
    };
  });
}

function run({ args, cwd }: Subject, round: number): Promise<{ firstMs: number; endMs: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let firstMs: number | undefined;
    const child = spawn(process.execPath, args(round), { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const note = () => {
      firstMs ??= performance.now() - started;
    };
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    child.on('error', reject);
    child.on('close', () => {
      const endMs = performance.now() - started;
      resolve({ firstMs: firstMs ?? endMs, endMs });
    });
  });
}
