import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProfile, listProfiles } from '@cozecut/draft-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSampleMedia, type SampleMedia } from '../src/sample-media/index.ts';

// The npm package capcut-cli reads and lints drafts; it shares no code with ours.
const peer = join(
  dirname(createRequire(import.meta.url).resolve('capcut-cli/package.json')),
  'dist/index.js',
);
const cozecut = join(import.meta.dirname, '../../apps/cli/bin/run.js');
const folder = mkdtempSync(join(tmpdir(), 'cozecut-peer-'));
let media: SampleMedia;

beforeAll(async () => {
  media = await makeSampleMedia(join(folder, 'media'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Names of the built-in catalog, which is made from the same package. */
const names = {
  jianying: {
    filter: '1980',
    effect: '1998',
    videoIn: '缩小',
    videoOut: '向上转出',
    textIn: '冲屏位移',
    transition: '3D空间',
    sound: '8bit',
  },
  capcut: {
    filter: undefined,
    effect: 'Fade In',
    videoIn: 'Fade In',
    videoOut: 'Fade Out',
    textIn: 'Throw Out',
    transition: 'Montage Snippets',
    sound: 'Big House',
  },
};

function everything(app: 'jianying' | 'capcut'): object {
  const { filter, effect, videoIn, videoOut, textIn, transition, sound } = names[app];
  return {
    schema: 'draft-timeline/1',
    name: 'everything',
    timeUnit: 's',
    canvas: { width: 1080, height: 1920, fps: 30 },
    tracks: [
      {
        type: 'video',
        name: 'main',
        clips: [
          {
            id: 'first',
            media: media.video,
            start: 0,
            duration: 3,
            source: { start: 0.5, duration: 4.5 },
            volume: 0.8,
            fade: { in: 0.2, out: 0.3 },
            crop: { left: 0.1, right: 0.9 },
            background: { type: 'blur', level: 0.375 },
            effects: [{ name: effect }],
            filters: filter === undefined ? [] : [{ name: filter, intensity: 60 }],
            animations: { in: { name: videoIn, duration: 0.4 } },
          },
          { media: media.picture, start: 3, duration: 2, background: { type: 'color', color: '#102030' } },
          { media: media.gif, start: 5, duration: 1, animations: { out: { name: videoOut, duration: 0.4 } } },
        ],
      },
      {
        type: 'video',
        clips: [
          {
            media: media.videoRotated,
            start: 0,
            duration: 2,
            mask: { shape: 'circle', size: 0.6, feather: 20 },
            chroma: { color: '#00FF00', intensity: 30 },
            transform: { x: 0.3, y: -0.2, scale: 0.5, rotation: 10, flipX: true },
            keyframes: {
              opacity: [
                [0, 0],
                [0.5, 1, 'ease-in'],
              ],
              positionX: [
                [0, 0],
                [2, 0.3],
              ],
            },
          },
        ],
      },
      {
        type: 'audio',
        clips: [{ media: media.music, start: 0, duration: 6, volume: 0.5, fade: { in: 1, out: 1 } }],
      },
      {
        type: 'audio',
        muted: true,
        clips: [{ media: media.voice, start: 1, duration: 4, effects: [{ name: sound }] }],
      },
      {
        type: 'text',
        captions: true,
        defaults: { animations: { in: { name: textIn, duration: 0.3 } } },
        clips: [
          { text: '你好 😀 world', start: 0, duration: 2.5, ranges: [{ match: '😀', style: { size: 9 } }] },
          { text: 'the second caption', start: 2.5, duration: 2.5 },
        ],
      },
      { type: 'sticker', clips: [{ sticker: { id: '7010558788675652900' }, start: 1, duration: 2 }] },
      { type: 'effect', clips: [{ effect: { name: effect }, start: 0, duration: 2 }] },
    ],
    transitions: [{ after: 'first', name: transition, duration: 0.5 }],
  };
}

test.each(listProfiles().map(({ id }) => id))(
  'a draft for %s with everything in it is fine to another reader',
  {
    timeout: 60_000,
  },
  (profile) => {
    const file = join(folder, `${profile}.json`);
    writeFileSync(file, JSON.stringify(everything(findProfile(profile).app)));
    const store = join(folder, profile);
    const made = run(
      cozecut,
      'draft',
      'create',
      file,
      '--out',
      store,
      '--register',
      '--profile',
      profile,
      '--json',
    );
    const { drafts, problems } = JSON.parse(made.stdout);
    expect(problems.filter(({ code }: { code: string }) => code === 'DR161')).toEqual([]);

    const draft = drafts[0].folder_path;
    const lint = JSON.parse(run(peer, 'lint', draft).stdout);
    expect(lint.issues.filter(({ severity }: { severity: string }) => severity !== 'info')).toEqual([]);
    const info = JSON.parse(run(peer, 'info', draft).stdout);
    expect(info).toMatchObject({
      duration_us: 6_000_000,
      width: 1080,
      height: 1920,
      tracks: 7,
      segments: 10,
    });
    expect(JSON.parse(run(peer, 'texts', draft).stdout)).toMatchObject([
      { text: '你好 😀 world' },
      { text: 'the second caption' },
    ]);
  },
);

function run(program: string, ...args: string[]): { stdout: string } {
  const { stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (stdout === '') throw new Error(stderr);
  return { stdout };
}
