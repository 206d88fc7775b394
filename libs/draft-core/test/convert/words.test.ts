import { expect, test } from 'vitest';
import { exportTimeline, readInput } from '../../src/index.ts';
import { timelineOf } from '../support/timeline.ts';

test('a call that is misspelled has one suggestion, one that is nothing known has the list', () => {
  const log = ['add_vidoe', 'paint'].map((endpoint) => ({ endpoint, params: {} }));
  const { problems } = readInput(JSON.stringify(log), { from: 'vectcut' });
  expect(problems).toMatchObject([
    { code: 'DR165', suggestions: ['add_video'] },
    { code: 'DR165', hint: expect.stringContaining('add_subtitle') },
  ]);
  expect(problems[0]).not.toHaveProperty('hint');
});

test('in OTIO, a video that states no part of its file is no still picture', () => {
  const clips = [
    { media: 'talk.mp4', start: 0, duration: 2 },
    { media: 'talk.mp4', start: 2, duration: 2, source: { start: 1, duration: 2 } },
  ];
  const { text } = exportTimeline(timelineOf({ type: 'video', name: 'main', clips }), 'otio');
  const { children } = JSON.parse(text!).tracks.children[0];
  const said = children.map(({ metadata }: { metadata: { draft: object } }) => metadata.draft);
  expect(said).toEqual([{ clip: {}, isFromStart: true }, { clip: {} }]);
});
