import { readFileSync, writeFileSync } from 'node:fs';
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
