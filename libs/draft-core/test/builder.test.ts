import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildTimeline, findTrack, parseTimeline, type Timeline } from '../src/index.ts';
import { facts } from './support/timeline.ts';

const canvas = { width: 1920, height: 1080, fps: 30 };
const root = join(import.meta.dirname, '../../..');
const guide = readFileSync(join(root, 'docs/guides/timeline.md'), 'utf8');
const example = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(guide)![1]!;

describe('the builder', () => {
  test('writes what a person would write', () => {
    const t = buildTimeline({ name: 'x', canvas, profile: 'jianying-11-mac', mainTrackMagnet: false });
    const main = t.videoTrack('main');
    const a = main.clip({ media: 'talk.mp4', start: 0, duration: 2 });
    const b = main.append({ id: 'clip-3', media: 'poster.png', duration: '1500ms' });
    const c = main.append({ media: 'talk.mp4', source: { start: 1, duration: 3 }, speed: 2 });
    const d = main.append({ media: 'talk.mp4', duration: 1 });
    t.transition(a, { name: '叠化' });
    t.audioTrack('music', { muted: true }).clip({ media: 'song.mp3', start: 0, duration: 5 });
    t.textTrack(undefined, { defaults: { style: { size: 7 } } }).clip({ text: 'Hi', start: 0, duration: 1 });
    t.captions({ name: 'sub', style: { bold: true }, layer: 3 })
      .cue({ text: 'one', start: 0, duration: 1 })
      .cue({ text: 'two', start: 1, duration: 1 });
    expect([a.id, b.id, c.id, d.id]).toEqual(['clip-1', 'clip-3', 'clip-2', 'clip-4']);
    expect(t.build()).toEqual({
      schema: 'draft-timeline/1',
      name: 'x',
      canvas,
      profile: 'jianying-11-mac',
      mainTrackMagnet: false,
      timeUnit: 's',
      tracks: [
        {
          type: 'video',
          name: 'main',
          clips: [
            { id: 'clip-1', media: 'talk.mp4', start: 0, duration: 2 },
            { id: 'clip-3', media: 'poster.png', start: 2, duration: '1500ms' },
            { id: 'clip-2', media: 'talk.mp4', start: 3.5, source: { start: 1, duration: 3 }, speed: 2 },
            { id: 'clip-4', media: 'talk.mp4', start: 5, duration: 1 },
          ],
        },
        {
          type: 'audio',
          name: 'music',
          muted: true,
          clips: [{ id: 'clip-5', media: 'song.mp3', start: 0, duration: 5 }],
        },
        {
          type: 'text',
          defaults: { style: { size: 7 } },
          clips: [{ id: 'clip-6', text: 'Hi', start: 0, duration: 1 }],
        },
        {
          type: 'text',
          name: 'sub',
          captions: true,
          layer: 3,
          defaults: { style: { bold: true } },
          clips: [
            { id: 'clip-7', text: 'one', start: 0, duration: 1 },
            { id: 'clip-8', text: 'two', start: 1, duration: 1 },
          ],
        },
      ],
      transitions: [{ after: 'clip-1', name: '叠化' }],
    });
    expect(
      parseTimeline(t.build(), { facts }).problems.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
  });

  test('leaves mistakes to those who look at the timeline', () => {
    const t = buildTimeline({ name: 'x', canvas });
    const track = t.track('sticker');
    track.clip({ sticker: { id: '1' }, start: '5', duration: 1, strat: 1 } as never);
    const { problems } = parseTimeline(t.build());
    expect(problems.map(({ code }) => code).sort()).toEqual(['DR005', 'DR162']);
  });

  test('counts in the unit of the timeline, without errors of rounding', () => {
    const t = buildTimeline({ name: 'x', canvas });
    const track = t.textTrack();
    for (let count = 0; count < 10; count++) track.append({ text: 'x', duration: 0.1 });
    expect(t.build().tracks[0]!.clips.map(({ start }) => start)).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
    ]);
    const ms = buildTimeline({ name: 'x', canvas, timeUnit: 'ms' });
    const inMs = ms.textTrack();
    inMs.clip({ text: 'x', start: '1s', duration: 500 });
    inMs.append({ text: 'y', duration: 1 });
    expect(ms.build().tracks[0]!.clips[1]).toMatchObject({ start: 1500 });
  });

  test('cannot add after a clip whose end nobody knows', () => {
    const main = buildTimeline({ name: 'x', canvas }).videoTrack();
    main.clip({ media: 'talk.mp4', start: 0 });
    expect(() => main.append({ media: 'poster.png', duration: 1 })).toThrow(
      expect.objectContaining({ code: 'DR130', hint: 'give it a `duration`' }),
    );
    const text = buildTimeline({ name: 'x', canvas }).textTrack();
    text.clip({ text: 'x', start: 0, duration: 'long' });
    expect(() => text.append({ text: 'y', duration: 1 })).toThrow(expect.objectContaining({ code: 'DR005' }));
  });

  test('gives its JSON away: what happens to one document does not happen to the next', () => {
    const t = buildTimeline({ name: 'x', canvas });
    const track = t.textTrack('a');
    track.clip({ text: 'x', start: 0, duration: 1 });
    const first = t.build();
    first.tracks.length = 0;
    t.find('text', 'a').clip({ text: 'y', start: 1, duration: 1 });
    expect(t.build().tracks).toMatchObject([{ name: 'a', clips: [{ text: 'x' }, { text: 'y' }] }]);
  });
});

describe('the track that a clip goes to', () => {
  const { tracks } = JSON.parse(example('json')) as Timeline;
  const twice: Timeline['tracks'] = [...tracks, { type: 'video', name: 'over', clips: [] }];

  test('is that of the name, or the only one', () => {
    expect(findTrack({ tracks }, 'audio')).toBe(tracks[1]);
    expect(findTrack({ tracks: twice }, 'video', 'over')).toBe(twice[3]);
  });

  test.each([
    [
      'there is none of the type',
      tracks,
      'filter',
      undefined,
      'there is no filter track',
      'add a filter track',
    ],
    [
      'none has the name',
      twice,
      'video',
      'mian',
      'there is no video track "mian"',
      'there are "main", "over"',
    ],
    [
      'several may be meant',
      twice,
      'video',
      undefined,
      '2 tracks may be meant by "video track"',
      'name the track: "main", "over"',
    ],
  ] as const)('DR012: %s', (_, list, type, name, message, hint) => {
    const find = (): unknown => findTrack({ tracks: list as Timeline['tracks'] }, type, name);
    expect(find).toThrow(UserError);
    expect(find).toThrow(expect.objectContaining({ code: 'DR012', message, hint }));
  });
});

describe('the guide', () => {
  test('shows a timeline in which nothing is wrong', () => {
    expect(parseTimeline(JSON.parse(example('json'))).problems).toEqual([]);
  });

  test('shows a program that runs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cozecut-guide-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const file = join(folder, 'program.ts');
    writeFileSync(file, example('ts'));
    const out = execFileSync(process.execPath, ['--conditions=@cozecut/source', file], { encoding: 'utf8' });
    const { timeline, problems } = JSON.parse(out) as { timeline: Timeline; problems: unknown[] };
    expect(problems).toEqual([]);
    // It is the timeline of the JSON example, but for what only one of them shows.
    const written = JSON.parse(example('json')) as Timeline;
    expect(timeline.tracks.map(({ type, clips }) => [type, clips.length])).toEqual(
      written.tracks.map(({ type, clips }) => [type, clips.length]),
    );
    expect(timeline.transitions).toEqual([{ after: 'clip-1', name: '叠化', duration: 0.5 }]);
  });
});
