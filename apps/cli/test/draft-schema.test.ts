import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createValidator } from '@cozecut/problems/schema';
import { expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();
const committed = readFileSync(
  join(import.meta.dirname, '../../../docs/reference/draft-timeline.schema.json'),
  'utf8',
);

test('draft schema prints the committed schema, and writes it once', async () => {
  const run = await cozecut(['draft', 'schema'], { cwd });
  expect(run).toMatchObject({ code: 0, stdout: committed });
  const args = ['draft', 'schema', '--out', 'timeline.schema.json', '--json'];
  const written = await cozecut(args, { cwd });
  expect(readFileSync(join(cwd, 'timeline.schema.json'), 'utf8')).toBe(committed);
  expect(JSON.parse(written.stdout)).toEqual(JSON.parse(committed));
});

test('a timeline that names its schema is read, and the schema accepts it', async () => {
  const timeline = {
    $schema: './timeline.schema.json',
    schema: 'draft-timeline/1',
    name: 'x',
    timeUnit: 's',
    canvas: { width: 1920, height: 1080, fps: 30 },
    tracks: [{ type: 'text', captions: true, clips: [{ text: 'Hello', start: 0, duration: '1500ms' }] }],
  };
  const check = createValidator(JSON.parse(committed) as object);
  expect(check(timeline)).toEqual([]);
  expect(check({ ...timeline, timeUnit: 'frames' })).toHaveLength(1);
  writeFileSync(join(cwd, 'timeline.json'), JSON.stringify(timeline));
  const run = await cozecut(['draft', 'create', 'timeline.json', '--out', 'draft'], { cwd });
  expect(run.stderr).not.toMatch(/error|错误/i);
  expect(run.code).toBe(0);
});
