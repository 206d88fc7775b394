import { expect, test } from 'vitest';
import {
  parseTimeline,
  readInput,
  TIMELINE_VERSIONS,
  type TimelineVersion,
  toTimelines,
  upgradeTimeline,
} from '../src/index.ts';
import { goodTimeline } from './support/timeline.ts';

const versions: TimelineVersion[] = [
  {
    schema: 'draft-timeline/1',
    upgrade: ({ a, ...rest }) => ({ ...rest, schema: 'draft-timeline/2', b: a }),
  },
  {
    schema: 'draft-timeline/2',
    upgrade: ({ b, ...rest }) => ({ ...rest, schema: 'draft-timeline/3', c: `${b}!` }),
  },
  { schema: 'draft-timeline/3' },
];

test('each version goes through all that follow it', () => {
  const upgrade = (timeline: unknown) => upgradeTimeline(timeline, versions);
  const newest = { schema: 'draft-timeline/3', name: 'x', c: '1!' };
  expect(upgrade({ schema: 'draft-timeline/1', name: 'x', a: 1 })).toEqual({ value: newest });
  expect(upgrade({ schema: 'draft-timeline/2', name: 'x', b: 1 })).toEqual({ value: newest });
  expect(upgrade(newest)).toEqual({ value: newest });
});

test('a version that is newer, or none, is told with those that can be read', () => {
  expect(upgradeTimeline({ schema: 'draft-timeline/4' }, versions)).toMatchObject({
    problem: {
      code: 'TIMELINE_VERSION',
      severity: 'error',
      pointer: '/schema',
      message: 'schema: "draft-timeline/4" is newer than the versions that can be read',
    },
  });
  expect(upgradeTimeline({ schema: 'draft-timeline/one' }, versions)).toMatchObject({
    problem: { hint: 'expected draft-timeline/1 or draft-timeline/2 or draft-timeline/3' },
  });
});

test.each([undefined, null, 3, [], {}, { schema: 7 }, { schema: 'other/1' }])(
  'what names no version is left to the check of its shape: %j',
  (value) => {
    expect(upgradeTimeline(value)).toEqual({ value });
    expect(parseTimeline(value).problems).not.toEqual([]);
  },
);

test('a timeline of today is read as it is, one of tomorrow is one finding', () => {
  expect(TIMELINE_VERSIONS.map(({ schema }) => schema)).toEqual(['draft-timeline/1']);
  expect(upgradeTimeline(goodTimeline())).toEqual({ value: goodTimeline() });
  const { timeline, problems } = parseTimeline({ ...goodTimeline(), schema: 'draft-timeline/2', more: 1 });
  expect(timeline).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(['TIMELINE_VERSION']);
});

test('a file of tomorrow is refused when it is read, before its media are fetched', () => {
  const read = readInput({ ...goodTimeline(), schema: 'draft-timeline/2' });
  expect(read.problems.map(({ code }) => code)).toEqual(['TIMELINE_VERSION']);
  expect(toTimelines(read, { facts: new Map() })).toMatchObject({ timelines: [], problems: read.problems });
  expect(readInput(goodTimeline()).problems).toEqual([]);
});
