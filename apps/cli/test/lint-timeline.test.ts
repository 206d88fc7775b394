import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const spelled = `{
  "schema": "draft-timeline/1", "name": "probe", "timeUnit": "s",
  "canvas": {"width": 1080, "height": 1920, "fps": 30.0},
  "tracks": [
    {"type": "text", "captions": true, "clips": [
      {"text": "hello  world ", "start": 0e0, "duration": 2},
      {"text": "second", "start": 2, "duration": 2}
    ]},
    {"type": "text", "name": "none", "clips": []}
  ]
}
`;

test('a timeline is linted at its places, and mended without touching the rest', async () => {
  const file = join(folder, 'timeline.json');
  writeFileSync(file, spelled);
  const found = await cozecut(['draft', 'lint', 'timeline.json', '--json', '--fail-on', 'warn'], {
    cwd: folder,
  });
  expect(found.code).toBe(3);
  expect(
    JSON.parse(found.stdout).problems.map(
      ({ code, location }: { code: string; location: { start: object } }) => [code, location.start],
    ),
  ).toEqual([
    ['DR119', { line: 6, column: 16 }],
    ['DR013', { line: 9, column: 5 }],
  ]);
  expect(readFileSync(file, 'utf8')).toBe(spelled);

  const mended = await cozecut(['draft', 'lint', 'timeline.json', '--fix', '--fail-on', 'warn'], {
    cwd: folder,
  });
  expect(mended.code, mended.stderr).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(
    spelled
      .replace('hello  world ', 'hello world')
      .replace(',\n    {"type": "text", "name": "none", "clips": []}', ''),
  );
});

test('captions that overlap move to further tracks, those that stay are not touched', async () => {
  const file = join(folder, 'overlap.json');
  const clips = (...starts: string[]) =>
    starts.map((start) => `{"text": "one two", "start": ${start}, "duration": 2.0}`).join(', ');
  const track = (...starts: string[]) =>
    `{"type": "text", "captions": true, "clips": [${clips(...starts)}], "defaults": {"style": {"size": 6}}}`;
  const text = (...tracks: string[]) =>
    `{"schema": "draft-timeline/1", "name": "o", "timeUnit": "s", "canvas": {"width": 1080, "height": 1920, "fps": 30}, "tracks": [${tracks.join(', ')}]}\n`;
  writeFileSync(file, text(track('0', '1.0', '1.0', '3'), track('5', '6')));
  const mended = await cozecut(['draft', 'lint', 'overlap.json', '--fix'], { cwd: folder });
  expect(mended.code, mended.stdout).toBe(0);
  const after = readFileSync(file, 'utf8');
  expect(after).toContain(`"clips": [${clips('0', '3')}]`);
  expect(after).toContain(`"clips": [${clips('5')}]`);
  const { tracks } = JSON.parse(after) as { tracks: { name?: string; clips: { start: number }[] }[] };
  expect(tracks.map(({ name, clips: own }) => [name, own.map(({ start }) => start)])).toEqual([
    [undefined, [0, 3]],
    ['captions-2', [1]],
    ['captions-3', [1]],
    [undefined, [5]],
    ['captions-4', [6]],
  ]);
});

test('another format is converted before', async () => {
  writeFileSync(
    join(folder, 'a.srt'),
    '1\n00:00:01,000 --> 00:00:03,000\nhi\n\n2\n00:00:02,000 --> 00:00:04,000\nyou\n',
  );
  const { stdout, code } = await cozecut(['draft', 'lint', 'a.srt', '--json'], { cwd: folder });
  expect(JSON.parse(stdout).problems.map(({ code }: { code: string }) => code)).toContain('DR164');
  expect(code).toBe(0);
});

test('what is no input says so', async () => {
  writeFileSync(join(folder, 'cut.json'), spelled.slice(0, 100));
  const { stderr, code } = await cozecut(['draft', 'lint', 'cut.json'], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain('not valid JSON at line');
});

test('media and rules are told at once; media that are elsewhere are not judged by lint', async () => {
  const clip = (media: string, start: number, more: object = {}) => ({ media, start, duration: 1, ...more });
  const wrong = {
    schema: 'draft-timeline/1',
    name: 'wrong',
    timeUnit: 's',
    canvas: { width: 1080, height: 1920, fps: 30 },
    tracks: [
      {
        type: 'video',
        clips: [
          clip('none-1.mp4', 0, { volume: -1 }),
          clip('none-2.mp4', 0.5),
          clip('http://127.0.0.1:1/a.mp4', 2),
        ],
      },
      { type: 'text', clips: [{ text: ' ', start: 0, duration: 1, style: { font: { file: 'none.ttf' } } }] },
    ],
  };
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify(wrong));
  const inLint = await cozecut(['draft', 'lint', 'wrong.json', '--json'], { cwd: folder });
  const found = JSON.parse(inLint.stdout).problems as { code: string; severity: string; pointer: string }[];
  const errors = (list: typeof found) =>
    list.filter(({ severity }) => severity === 'error').map(({ code, pointer }) => `${code} ${pointer}`);
  expect(errors(found).sort()).toEqual([
    'DR001 /tracks/0/clips/1',
    'DR028 /tracks/0/clips/0/volume',
    'DR102 /tracks/1/clips/0/text',
    'DR120 /tracks/0/clips/0/media',
    'DR120 /tracks/0/clips/1/media',
    'DR120 /tracks/1/clips/0/style/font/file',
  ]);

  const made = await cozecut(['draft', 'create', 'wrong.json', '--out', 'wrong', '--json'], { cwd: folder });
  expect(made.code).toBe(2);
  const { error } = JSON.parse(made.stdout) as { error: { code: string; problems: typeof found } };
  expect(error.code).toBe('MEDIA_NOT_FOUND');
  expect(errors(error.problems).sort()).toEqual([
    'DR001 /tracks/0/clips/1',
    'DR028 /tracks/0/clips/0/volume',
    'DR102 /tracks/1/clips/0/text',
    'DR120 /tracks/0/clips/0',
    'DR120 /tracks/0/clips/1',
    'DR120 /tracks/1/clips/0/style/font',
    expect.stringMatching(/^(EGRESS_DENIED|MEDIA_UNREACHABLE) \/tracks\/0\/clips\/2$/),
  ]);
  expect(existsSync(join(folder, 'wrong'))).toBe(false);
});
