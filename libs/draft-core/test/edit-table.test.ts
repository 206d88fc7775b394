import { describe, expect, test } from 'vitest';
import type { DraftEdit, OpenedDraft } from '../src/index.ts';
import { contentOf, draftOf, edit, edited, metaOf, places, threeClips } from './support/edits.ts';
import { timelineOf } from './support/timeline.ts';

type Replace = Extract<DraftEdit, { op: 'replace-media' }>;

const replaceB = (more: Partial<Replace>): DraftEdit[] => [
  { op: 'replace-media', clip: { track: 'main', index: 1 }, media: 'one.mp4', ...more },
];
const total = (opened: OpenedDraft): number => contentOf(opened).duration / 1e6;

describe('B of three clips of 2 s is replaced', () => {
  test.each<[string, Partial<Replace>, [number, number], number, number]>([
    ['by 1 s, cut_head', { shrink: 'cut_head' }, [3, 1], 4, 6],
    ['by 1 s, cut_tail', { shrink: 'cut_tail' }, [2, 1], 4, 6],
    ['by 1 s, and nothing is said', {}, [2, 1], 4, 6],
    ['by 1 s, cut_tail_align', { shrink: 'cut_tail_align' }, [2, 1], 3, 5],
    ['by 1 s, shrink', { shrink: 'shrink' }, [2.5, 1], 4, 6],
    ['by 4 s, cut_material_tail', { media: 'four.mp4', extend: ['cut_material_tail'] }, [2, 2], 4, 6],
    ['by 4 s, and nothing is said', { media: 'four.mp4' }, [2, 2], 4, 6],
    ['by 4 s, push_tail', { media: 'four.mp4', extend: ['push_tail'] }, [2, 4], 6, 8],
    [
      'by 4 s, what fits first',
      { media: 'four.mp4', extend: ['extend_head', 'extend_tail', 'push_tail'] },
      [2, 4],
      6,
      8,
    ],
    ['by 1 s of 4 s', { media: 'four.mp4', source: { start: '1s', duration: '1s' } }, [2, 1], 4, 6],
  ])('%s', (_, more, b, startOfC, totalS) => {
    const after = edited(threeClips(), replaceB(more));
    expect(places(after)).toEqual([[0, 2], b, [startOfC, 2]]);
    expect(total(after)).toBe(totalS);
    expect(metaOf(after).tm_duration / 1e6).toBe(totalS);
    const { source_timerange: source } = contentOf(after).tracks[0].segments[1];
    const sourceS = more.source === undefined ? [0, b[1]] : [1, 1];
    expect([source.start / 1e6, source.duration / 1e6]).toEqual(sourceS);
  });

  test.each([[['extend_head']], [['extend_tail']], [['extend_head', 'extend_tail']]] as const)(
    'by 4 s, %j: there is no room',
    (extend) => {
      const before = threeClips();
      const result = edit(before, replaceB({ media: 'four.mp4', extend: [...extend] }));
      expect(result.timeline).toBeUndefined();
      expect(result.problems).toEqual([
        expect.objectContaining({
          code: 'DR001',
          severity: 'error',
          message: expect.stringContaining('no room'),
        }),
      ]);
    },
  );

  test('the last clip has room behind it', () => {
    const after = edited(threeClips(), [
      {
        op: 'replace-media',
        clip: { track: 'main', index: 2 },
        media: 'four.mp4',
        extend: ['extend_head', 'extend_tail'],
      },
    ]);
    expect(places(after)[2]).toEqual([4, 4]);
    expect(total(after)).toBe(8);
  });
});

test('a track that is imported 2 s later makes the draft longer', () => {
  const other = draftOf(
    timelineOf({ type: 'video', clips: [{ media: 'talk.mp4', start: 0, duration: 4 }] }),
    { name: 'other' },
  );
  const own = draftOf(timelineOf({ type: 'text', clips: [{ text: 'a', start: 0, duration: 1 }] }));
  const after = edited(own, [{ op: 'copy-track', from: 'o', track: 0, offset: '2s' }], {
    drafts: new Map([['o', other]]),
  });
  expect(total(after)).toBe(6);
});

test('an image that is replaced by a video is no image any more', () => {
  const before = draftOf(
    timelineOf({ type: 'video', clips: [{ media: 'poster.png', start: 0, duration: 1 }] }),
  );
  const after = edited(before, [{ op: 'replace-media', name: 'poster.png', media: 'talk.mp4' }]);
  const [video] = contentOf(after).materials.videos;
  expect(video).toMatchObject({
    type: 'video',
    duration: 10_000_000,
    material_name: 'talk.mp4',
    width: 1280,
  });
  expect(video).not.toHaveProperty('material_type');
  expect(places(after)).toEqual([[0, 1]]);
});

test('replacing by name with a shorter file is held against the rule', () => {
  const before = threeClips();
  const result = edit(before, [{ op: 'replace-media', name: 'b.mp4', media: 'one.mp4' }]);
  expect(result.timeline).toBeUndefined();
  expect(result.problems).toEqual([expect.objectContaining({ code: 'DR020', severity: 'error' })]);
});

test('edits that change nothing give the same documents', () => {
  const before = threeClips();
  const result = edit(before, [{ op: 'move', clip: { name: 'b.mp4' }, start: '2s' }]);
  expect(result).toMatchObject({ problems: [], files: [] });
  expect(result.timeline).toBeUndefined();
  expect(result.meta).toBeUndefined();
});
