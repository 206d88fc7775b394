import { test } from 'vitest';
import { COUNT, checkSchedules, FIRST } from './schedule/check-schedules.ts';

// In a file of its own: files run side by side.
const half = Math.ceil(COUNT / 2);

test(`${COUNT - half} random schedules from seed ${FIRST + half}`, { timeout: 600_000 }, () =>
  checkSchedules(FIRST + half, COUNT - half),
);
