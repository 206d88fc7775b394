import { test } from 'vitest';
import { COUNT, checkSchedules, FIRST } from './schedule/check-schedules.ts';

const half = Math.ceil(COUNT / 2);

test(
  `${half} random schedules from seed ${FIRST}: each call runs at most once, nothing is left without a word`,
  { timeout: 600_000 },
  () => checkSchedules(FIRST, half),
);
