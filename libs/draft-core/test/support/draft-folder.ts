import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@cozecut/problems';
import { compileDraft, type LintDraftOptions, lintDraft } from '../../src/index.ts';
import { mediaExists, openDraft, writeDraftFolder } from '../../src/node/index.ts';
import { catalog } from './catalog.ts';
import { countingUuid, fixedNow } from './ids.ts';
import { realFile } from './real-media.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests write what no type allows
export type Loose = any;

/** A draft folder that the compiler made, with a cover: two videos, a still picture, a sound and two texts. */
export async function makeDraft(
  parent: string,
  { name = 'My draft', profile = 'jianying-5.9-win' } = {},
): Promise<string> {
  const sources = join(parent, 'sources');
  await mkdir(sources, { recursive: true });
  const media = new Map(
    await Promise.all(
      [
        realFile(sources, 'talk.mp4', { kind: 'video' as const }),
        realFile(sources, 'walk.mp4', { kind: 'video' as const }),
        realFile(sources, 'poster.png', { kind: 'photo' as const, width: 800, height: 600 }),
        realFile(sources, 'song.mp3', { kind: 'audio' as const, durationUs: 30_000_000 }),
      ].map(async (file) => {
        const made = await file;
        return [made.name, made] as const;
      }),
    ),
  );
  const timeline = {
    schema: 'draft-timeline/1',
    name,
    timeUnit: 's',
    canvas: { width: 1920, height: 1080, fps: 30 },
    tracks: [
      {
        type: 'video',
        name: 'main',
        clips: [
          { media: 'talk.mp4', start: 0, duration: 4, background: { type: 'blur', level: 0.375 } },
          { media: 'walk.mp4', start: 4, duration: 4, source: { start: 2, duration: 4 } },
        ],
      },
      {
        type: 'video',
        name: 'overlay',
        clips: [
          {
            media: 'poster.png',
            start: 1,
            duration: 3,
            keyframes: {
              positionX: [
                [0, 0],
                [2, 0.5],
              ],
              // CapCut is said to leave opacity out.
              [profile.startsWith('capcut') ? 'rotation' : 'opacity']: [
                [0, 1],
                [2, 0.5],
              ],
            },
          },
        ],
      },
      {
        type: 'audio',
        name: 'music',
        clips: [{ media: 'song.mp3', start: 0, duration: 8, fade: { in: 1, out: 1 } }],
      },
      {
        type: 'text',
        name: 'titles',
        clips: [
          {
            text: 'Hello 😀 world',
            start: 0,
            duration: 2,
            ranges: [{ start: 0, end: 5, style: { bold: true } }],
          },
          { text: '第二句', start: 2, duration: 2 },
        ],
      },
    ],
  };
  const { draft, problems } = compileDraft(timeline, {
    media,
    draftName: name,
    profile,
    now: fixedNow,
    uuid: countingUuid(),
  });
  if (draft === undefined) throw new Error(JSON.stringify(problems));
  const { folder } = await writeDraftFolder(draft, { parentFolder: join(parent, 'drafts') });
  await writeFile(join(folder, 'draft_cover.jpg'), 'a picture');
  return folder;
}

/** Changes the timeline (every mirror) and the file about the draft. */
export async function changeDraft(
  folder: string,
  change: (content: Loose, meta: Loose) => void,
): Promise<void> {
  const read = async (name: string): Promise<Loose> => JSON.parse(await readFile(join(folder, name), 'utf8'));
  const [content, meta] = [await read('draft_content.json'), await read('draft_meta_info.json')];
  change(content, meta);
  for (const name of ['draft_content.json', 'draft_info.json'])
    await writeFile(join(folder, name), JSON.stringify(content));
  await writeFile(join(folder, 'draft_meta_info.json'), JSON.stringify(meta));
}

/** What the linter finds in a draft. */
export async function lintFolder(
  path: string,
  options: Parameters<typeof openDraft>[1] & LintDraftOptions = {},
): Promise<Problem[]> {
  return lintDraft(await openDraft(path, options), {
    catalog,
    exists: mediaExists,
    uuid: countingUuid(),
    ...options,
  });
}
