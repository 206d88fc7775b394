import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePng } from '../../../tools/src/sample-media/index.ts';
import { cozecut, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();
const srt = '1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i>\n';
const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(cwd, name), content);

test('subtitles go into another format, to a file or to standard output', async () => {
  put('talk.srt', srt);
  const printed = await cozecut(['draft', 'convert', 'talk.srt', '--to', 'vtt'], { cwd });
  expect(printed).toMatchObject({
    code: 0,
    stdout: 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<i>Hello</i>\n',
  });
  const written = await cozecut(['draft', 'convert', 'talk.srt', '--to', 'ass', '--out', 'talk.ass'], {
    cwd,
  });
  expect(written).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(join(cwd, 'talk.ass'), 'utf8')).toContain('{\\i1}Hello{\\r}');
  const back = await cozecut(['draft', 'convert', '-', '--to', 'srt', '--quiet'], {
    cwd,
    input: readFileSync(join(cwd, 'talk.ass'), 'utf8'),
  });
  expect(back.stdout).toBe(srt);
});

test('what a format cannot hold is named, and what cannot be decided stops', async () => {
  put('place.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000 position:10%\nhere\n');
  const { code, stdout } = await cozecut(['draft', 'convert', 'place.vtt', '--to', 'srt', '--json'], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).problems).toMatchObject([
    { code: 'DR161', message: expect.stringContaining('transform.x') },
  ]);
  put('frames.srt', '1\n00:00:01:12 --> 00:00:02:00\nx\n');
  const stopped = await cozecut(['draft', 'convert', 'frames.srt', '--to', 'lrc'], { cwd });
  expect(stopped).toMatchObject({ code: 2, stderr: expect.stringContaining('--fps') });
  const told = await cozecut(['draft', 'convert', 'frames.srt', '--to', 'lrc', '--fps', '24'], { cwd });
  expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('[00:01.50]x') });
});

test('what a file does not say can be said', async () => {
  const events = 'Format: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,{\\pos(50,100)}x\n';
  put('bare.ass', `[Script Info]\nScriptType: v4.00+\n\n[Events]\n${events}`);
  const size = ['--play-res', '100x100', '--canvas', '1080x1920', '--fps', '25'];
  const { code, stdout } = await cozecut(
    ['draft', 'convert', 'bare.ass', '--to', 'draft-timeline', ...size],
    { cwd },
  );
  expect(code).toBe(0);
  const { canvas, tracks } = JSON.parse(stdout);
  expect(canvas).toEqual({ width: 1080, height: 1920, fps: 25 });
  expect(tracks[0].clips[0].transform).toEqual({ x: 0, y: -1 });
  const wrong = await cozecut(['draft', 'convert', 'bare.ass', '--to', 'srt', '--canvas', 'big'], { cwd });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('1080x1920') });
});

test('text in an older encoding is read, and bytes that are no text are refused', async () => {
  put(
    'gb.srt',
    Buffer.from([...Buffer.from('1\n00:00:01,000 --> 00:00:02,000\n'), 0xc4, 0xe3, 0xba, 0xc3, 0x0a]),
  );
  const { stdout } = await cozecut(['draft', 'convert', 'gb.srt', '--to', 'lrc'], { cwd });
  expect(stdout).toContain('[00:01.00]你好');
  put('bad.srt', Buffer.from([0x31, 0xff, 0x81, 0x0a]));
  const refused = await cozecut(['draft', 'convert', 'bad.srt', '--to', 'lrc'], { cwd });
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('bad.srt: the encoding of the text cannot be told'),
  });
});

test('a templated spec makes a draft for each row, in a folder of the name', async () => {
  put(
    'spec.json',
    JSON.stringify({
      name: 'ep {{nr}}',
      tracks: [{ type: 'text', items: [{ text: '{{title}}', start: 0, duration: 2 }] }],
    }),
  );
  put('rows.jsonl', '{"nr":1,"title":"one"}\n{"nr":2,"title":"two"}\n');
  const { code, stderr } = await cozecut(
    ['draft', 'create', 'spec.json', '--data', 'rows.jsonl', '--out', 'episodes'],
    { cwd },
  );
  expect(stderr).toContain('Draft written');
  expect(code).toBe(0);
  expect(readdirSync(join(cwd, 'episodes')).sort()).toEqual(['ep 1', 'ep 2']);
});

test('an edit list with a lost clip makes a draft: a picture stands in for it', async () => {
  put(
    'card.png',
    makePng(32, 18, () => [200, 0, 0]),
  );
  const range = (duration: number) => ({
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: { OTIO_SCHEMA: 'RationalTime.1', rate: 25, value: 0 },
    duration: { OTIO_SCHEMA: 'RationalTime.1', rate: 25, value: duration },
  });
  const clip = (reference: object) => ({
    OTIO_SCHEMA: 'Clip.1',
    name: 'c',
    source_range: range(50),
    media_reference: reference,
  });
  const children = [
    clip({ OTIO_SCHEMA: 'ExternalReference.1', target_url: 'card.png' }),
    clip({ OTIO_SCHEMA: 'MissingReference.1', name: 'lost.mov' }),
  ];
  const tracks = { OTIO_SCHEMA: 'Stack.1', children: [{ OTIO_SCHEMA: 'Track.1', kind: 'Video', children }] };
  put('edit.otio', JSON.stringify({ OTIO_SCHEMA: 'Timeline.1', name: 'edit', tracks }));
  const { code, stdout } = await cozecut(['draft', 'create', 'edit.otio', '--out', 'edit', '--json'], {
    cwd,
  });
  expect(code).toBe(0);
  const { drafts, problems } = JSON.parse(stdout);
  expect(drafts).toMatchObject([{ duration_us: 4_000_000 }]);
  expect(problems).toMatchObject([{ code: 'DR120', message: expect.stringContaining('lost.mov') }]);
});

test('a compile spec names its subtitles by path: beside it they are read, elsewhere not', async () => {
  const spec = (path: string, more: object = {}): string =>
    JSON.stringify({
      name: 'x',
      tracks: [{ type: 'text', items: [{ text: 'first', start: 0, duration: 1 }] }],
      operations: [{ op: 'captions', path, timeOffset: 2 }],
      ...more,
    });
  mkdirSync(join(cwd, 'specs/subs'), { recursive: true });
  put('specs/subs/a.srt', srt);
  put('specs/spec.json', spec('subs/a.srt'));
  const convert = (file: string, ...args: string[]) =>
    cozecut(['draft', 'convert', file, '--to', 'srt', ...args], { cwd });
  const converted = await convert('specs/spec.json');
  expect(converted).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('00:00:03,000 --> 00:00:04,000'),
  });

  const made = await cozecut(['draft', 'create', 'specs/spec.json', '--out', 'made'], { cwd });
  expect(made.code).toBe(0);
  const texts = JSON.parse(readFileSync(join(cwd, 'made/draft_content.json'), 'utf8')).materials.texts;
  expect(texts.map(({ content }: { content: string }) => JSON.parse(content).text)).toContain('Hello');

  put('specs/rows.spec.json', spec('subs/{{file}}.srt'));
  put('rows.jsonl', '{"file":"a"}\n');
  expect(await convert('specs/rows.spec.json', '--data', 'rows.jsonl')).toMatchObject({ code: 0 });
  put('specs/inline.json', spec('b.srt', { texts: { 'b.srt': srt.replace('Hello', '{{Hi}}') } }));
  expect((await convert('specs/inline.json')).stdout).toContain('{{Hi}}');

  put('outside.srt', srt);
  symlinkSync(join(cwd, 'outside.srt'), join(cwd, 'specs/link.srt'));
  for (const [path, why] of [
    ['../outside.srt', 'not in the folder of the spec'],
    [join(cwd, 'specs/subs/a.srt'), 'not in the folder of the spec'],
    ['link.srt', 'a link that leaves the folder'],
    ['missing.srt', 'no such file beside the spec'],
    ['subs', 'it is no file'],
  ]) {
    put('specs/bad.json', spec(path!));
    const refused = await convert('specs/bad.json');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(why!) });
  }
  const refused = await cozecut(['draft', 'create', 'specs/bad.json', '--out', 'bad'], { cwd });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('it is no file') });
  expect(existsSync(join(cwd, 'bad'))).toBe(false);
}, 120_000);
