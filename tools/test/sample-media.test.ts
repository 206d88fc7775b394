import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeSampleMedia } from '../src/sample-media/index.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-samples-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const run = (program: string, ...args: string[]) => spawnSync(program, args, { encoding: 'utf8' });
const hasTools = ['ffmpeg', 'ffprobe'].every((program) => run(program, '-version').status === 0);
if (!hasTools) process.stderr.write('The sample media are not decoded: install ffmpeg to test that.\n');

test('the same bytes every time, and not many of them', async () => {
  const first = await makeSampleMedia(join(temporaryFolder(), 'new'));
  const second = await makeSampleMedia(temporaryFolder());
  for (const [name, path] of Object.entries(first)) {
    const bytes = await readFile(path);
    expect(bytes.equals(await readFile(second[name as keyof typeof second])), name).toBe(true);
    expect((await stat(path)).size, name).toBeLessThan(1_500_000);
  }
  expect((await stat(first.video)).size).toBeLessThan(1_000_000);
});

test.skipIf(!hasTools)('ffmpeg decodes every file without a complaint', async () => {
  for (const path of Object.values(await makeSampleMedia(temporaryFolder()))) {
    const { stderr, status } = run('ffmpeg', '-v', 'error', '-xerror', '-i', path, '-f', 'null', '-');
    expect([stderr, status], path).toEqual(['', 0]);
  }
});

test.skipIf(!hasTools)('ffprobe finds the promised size, rate and length', async () => {
  const samples = await makeSampleMedia(temporaryFolder());
  const probe = (path: string) => {
    const entries =
      'stream=codec_name,width,height,avg_frame_rate,duration,nb_read_frames:stream_side_data=rotation';
    const args = ['-v', 'error', '-count_frames', '-select_streams', 'v:0', '-show_entries', entries];
    return JSON.parse(run('ffprobe', ...args, '-of', 'json', path).stdout).streams[0];
  };
  const video = { codec_name: 'h264', avg_frame_rate: '30/1', width: 320, height: 180 };
  expect(probe(samples.video)).toMatchObject({ ...video, duration: '6.000000', nb_read_frames: '180' });
  expect(probe(samples.videoPortrait)).toMatchObject({ width: 180, height: 320, duration: '4.000000' });
  expect(probe(samples.videoRotated)).toMatchObject({ ...video, side_data_list: [{ rotation: -90 }] });
  expect(probe(samples.picture)).toMatchObject({ codec_name: 'png', width: 640, height: 360 });
  expect(probe(samples.gif)).toMatchObject({ codec_name: 'gif', nb_read_frames: '2', duration: '1.000000' });
});

test.skipIf(!hasTools)('the picture changes once a second and stands still in between', async () => {
  const { video } = await makeSampleMedia(temporaryFolder());
  const { stdout } = run('ffmpeg', '-v', 'error', '-i', video, '-an', '-f', 'framehash', '-hash', 'md5', '-');
  const hashes = stdout
    .split('\n')
    .filter((line) => /^0,/.test(line))
    .map((line) => line.split(',').at(-1));
  expect(hashes).toHaveLength(180);
  expect(new Set(hashes).size).toBe(6);
  expect(new Set(hashes.slice(0, 30)).size).toBe(1);
});
