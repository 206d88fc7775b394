import { expect } from 'vitest';
import { runBotSchedule } from './bot-schedule.ts';
import { metBeforeTools, WANTED } from './coverage.ts';
import { runWorkflowSchedule } from './workflow-schedule.ts';

/** How many schedules run in all. */
export const COUNT = Number(process.env.COZECUT_SCHEDULES ?? 10_000);
/** Seed of the first. */
export const FIRST = Number(process.env.COZECUT_SEED ?? 1);

/** Every fifth life is one of a workflow. */
const runSchedule = (seed: number) => (seed % 5 === 0 ? runWorkflowSchedule(seed) : runBotSchedule(seed));

/** Of a thousand schedules, at least so many have each thing that is wanted. */
const AT_LEAST_OF_1000 = 2;

/** Runs schedules; `COZECUT_SEED=n COZECUT_SCHEDULES=1` runs one again. */
export async function checkSchedules(first: number, count: number): Promise<void> {
  const wrong: string[] = [];
  const seen = { kills: 0, toolRuns: 0, ends: new Set<string>() };
  const met = new Map(WANTED.map((what) => [what, 0]));
  // Failures are part of it, and what they cost is mostly their stack.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (let seed = first; seed < first + count && wrong.length < 20; seed++) {
      const outcome = await runSchedule(seed);
      wrong.push(...outcome.wrong.map((what) => `seed ${seed}: ${what}`));
      seen.kills += outcome.kills;
      seen.toolRuns += outcome.toolRuns.length;
      for (const end of outcome.ends) seen.ends.add(end);
      for (const what of metBeforeTools(outcome.transcript, outcome.toolRuns)) {
        met.set(what, (met.get(what) ?? 0) + 1);
      }
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  expect(wrong).toEqual([]);
  // The schedules are worth something only when a lot happens in them.
  if (count < 1_000) return;
  const share = (n: number) => Math.round((n / count) * 1_000);
  const lines = [...met].map(([what, n]) => `${String(share(n)).padStart(4)} ${what}`);
  console.info(`of 1000 schedules, so many have it before a tool runs:\n${lines.join('\n')}`);
  expect([...met].filter(([what, n]) => WANTED.includes(what) && share(n) < AT_LEAST_OF_1000)).toEqual([]);
  expect(seen.kills).toBeGreaterThan(count / 4);
  expect(seen.toolRuns).toBeGreaterThan(count / 2);
  expect([...seen.ends].sort()).toEqual([
    'answer.completed',
    'info.requested',
    'reply.requested',
    'run.completed',
    'run.failed',
    'turn.failed',
  ]);
}
