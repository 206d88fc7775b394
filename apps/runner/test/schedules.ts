import { expect } from 'vitest';
import { runSchedule } from './schedule.ts';

/** How many schedules run in all. */
export const COUNT = Number(process.env.COZECUT_SCHEDULES ?? 10_000);
/** Seed of the first. */
export const FIRST = Number(process.env.COZECUT_SEED ?? 1);

/** Runs schedules; `COZECUT_SEED=n COZECUT_SCHEDULES=1` runs one again. */
export async function checkSchedules(first: number, count: number): Promise<void> {
  const wrong: string[] = [];
  const seen = { kills: 0, toolRuns: 0, ends: new Set<string>() };
  // Failures are part of it, and what they cost is mostly their stack.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (let seed = first; seed < first + count && wrong.length < 20; seed++) {
      const outcome = await runSchedule(seed);
      wrong.push(...outcome.wrong.map((what) => `seed ${seed}: ${what}`));
      seen.kills += outcome.kills;
      seen.toolRuns += outcome.toolRuns;
      for (const end of outcome.ends) seen.ends.add(end);
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  expect(wrong).toEqual([]);
  // The schedules are worth something only when a lot happens in them.
  if (count < 1_000) return;
  expect(seen.kills).toBeGreaterThan(count / 4);
  expect(seen.toolRuns).toBeGreaterThan(count / 2);
  expect([...seen.ends].sort()).toEqual([
    'answer.completed',
    'info.requested',
    'reply.requested',
    'turn.failed',
  ]);
}
