import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const timeline = {
  schema: 'draft-timeline/1',
  name: '清晨',
  timeUnit: 's',
  canvas: { width: 1080, height: 1920, fps: 30 },
  tracks: [
    {
      type: 'text',
      name: '字幕',
      clips: [
        {
          text: '你好',
          start: 0,
          duration: 2,
          keyframes: {
            opacity: [
              [0, 0],
              [1, 1],
            ],
          },
        },
        { text: 'a caption that is far too long for its place', start: 2.5, duration: 1.5 },
      ],
    },
  ],
};
writeFileSync(join(folder, 'timeline.json'), JSON.stringify(timeline));

test('a timeline and the draft made of it are shown alike, and fit the width', async () => {
  const made = await cozecut(['draft', 'create', 'timeline.json', '--out', 'draft', '--quiet'], {
    cwd: folder,
  });
  expect(made.code).toBe(0);
  const [input, draft] = await Promise.all(
    ['timeline.json', 'draft'].map((file) =>
      cozecut(['draft', 'show', file, '--width', '60', '--clips', '--quiet'], { cwd: folder }),
    ),
  );
  expect(input!.stdout).toBe(
    [
      '清晨  4.000 s, 1 track, 2 clips',
      'time               |0        |1        |2        |3',
      'text 字幕          [你好              ]     [a caption th…]',
      '',
      'text 字幕',
      '      0.000       2.000  你好  (2 keyframes)',
      '      2.500       4.000  a caption that is far too long for…',
      '',
    ].join('\n'),
  );
  expect(draft!.stdout).toBe(input!.stdout.replace('清晨', 'draft'));
});

test('--json has every clip with its times', async () => {
  const { stdout } = await cozecut(['draft', 'show', 'timeline.json', '--json'], { cwd: folder });
  const { timelines } = JSON.parse(stdout);
  expect(timelines[0].rows[0].clips[0]).toEqual({
    startUs: 0,
    durationUs: 2_000_000,
    title: '你好',
    keyframesUs: [0, 1_000_000],
  });
});

test('an SVG goes to standard output or into a file, the same bytes', async () => {
  const printed = await cozecut(['draft', 'timeline', 'timeline.json', '--svg', '--quiet'], { cwd: folder });
  await cozecut(['draft', 'timeline', 'timeline.json', '--out', 'a/picture.svg'], { cwd: folder });
  expect(printed.stdout).toMatch(/^<svg xmlns=/);
  expect(readFileSync(join(folder, 'a/picture.svg'), 'utf8')).toBe(printed.stdout);
});

test('what cannot be drawn says why', async () => {
  writeFileSync(join(folder, 'broken.json'), JSON.stringify({ ...timeline, canvas: 1 }));
  const [broken, missing, number] = await Promise.all([
    cozecut(['draft', 'show', 'broken.json'], { cwd: folder }),
    cozecut(['draft', 'show', 'nowhere'], { cwd: folder }),
    cozecut(['draft', 'timeline', 'timeline.json', '--number', '2'], { cwd: folder }),
  ]);
  expect(broken!.code).toBe(2);
  expect(broken!.stderr).toContain('canvas');
  expect(missing!.stderr).toContain('cannot read nowhere: there is no such file');
  expect(number!.stderr).toContain('there is no draft 2 in timeline.json, it has 1');
});
