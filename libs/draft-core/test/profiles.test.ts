import type { Problem } from '@cozecut/problems';
import { describe, expect, test } from 'vitest';
import { checkCompiled } from '../src/compile/check-compiled.ts';
import { chooseMarkers } from '../src/compile/markers.ts';
import {
  type CompiledDraft,
  type CompileOptions,
  checkStorePlace,
  compileDraft,
  DRAFT_PATH_TOKEN,
  draftFiles,
  findProfile,
  listProfiles,
  type Seed,
  type StreamFacts,
} from '../src/index.ts';
import { reportTo } from '../src/timeline/report.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { mediaMap, paperFile } from './support/media.ts';
import { files, goodTimeline, timelineOf } from './support/timeline.ts';

type Loose = Record<string, unknown>;

const cover = paperFile('cover.jpg', { kind: 'photo' });
const media = new Map([...files, [cover.name, cover]]);
const all = listProfiles().flatMap(({ id, olderBuilds }) =>
  olderBuilds === undefined ? [id] : [id, olderBuilds],
);

function tryCompile(options: Partial<CompileOptions>, timeline: unknown = goodTimeline()) {
  return compileDraft(timeline, { media, draftName: 'x', now: fixedNow, uuid: countingUuid(), ...options });
}

function compile(options: Partial<CompileOptions>, timeline?: unknown): CompiledDraft {
  const { draft, problems } = tryCompile(options, timeline);
  if (draft === undefined) throw new Error(JSON.stringify(problems));
  return draft;
}

/** Arrays of the materials that the segments of a track refer to, for each segment. */
function companions({ content }: CompiledDraft, type: string): string[][] {
  const arrayOf = new Map(
    Object.entries(content.materials).flatMap(([array, list]) => list.map(({ id }) => [id, array] as const)),
  );
  const tracks = content.tracks as { type: string; segments: { extra_material_refs: string[] }[] }[];
  return tracks
    .filter((track) => track.type === type)
    .flatMap(({ segments }) =>
      segments.map((one) => one.extra_material_refs.map((ref) => arrayOf.get(ref)!)),
    );
}

describe('what differs by profile', () => {
  // profile, new_version, app_version, top-level keys, arrays, color space, mirrors
  test.each([
    ['jianying-5.9-win', '110.0.0', '5.9.0', 28, 45, 0, ['draft_info.json']],
    ['jianying-6-10-win', '110.0.0', '5.9.0', 28, 56, 0, ['draft_info.json']],
    ['jianying-6-10-win@8.4', '110.0.0', '5.9.0', 28, 56, 0, ['draft_info.json']],
    ['jianying-11-win', '110.0.0', '5.9.0', 28, 56, 0, ['draft_info.json']],
    ['jianying-11-mac', '110.0.0', '5.9.0', 28, 56, 0, ['draft_content.json']],
    ['capcut-win', '167.0.0', '8.5.0', 36, 55, 0, ['draft_info.json', 'template-2.tmp']],
    ['capcut-mac', '179.0.0', '9.1.0', 36, 55, -1, ['draft_content.json']],
  ])('%s', (id, newVersion, appVersion, keys, arrays, colorSpace, mirrors) => {
    const draft = compile({ profile: id });
    const { content, profile } = draft;
    const platform = {
      app_id: profile.app === 'jianying' ? 3704 : 359289,
      app_source: profile.app === 'jianying' ? 'lv' : 'cc',
      app_version: appVersion,
      os: id.includes('mac') ? 'mac' : 'windows',
    };
    expect(content).toMatchObject({ version: 360000, new_version: newVersion, color_space: colorSpace });
    // Equal, so without the id of any device.
    expect(content.platform).toEqual(platform);
    expect(content.last_modified_platform).toEqual(platform);
    expect(Object.keys(content)).toHaveLength(keys);
    expect(Object.keys(content.materials)).toHaveLength(arrays);
    expect(content.config.use_float_render).toBe(profile.app === 'capcut' ? false : undefined);

    const primary = platform.os === 'mac' ? 'draft_info.json' : 'draft_content.json';
    const written = draftFiles(draft, { kind: 'portable' });
    expect(written.map(({ name }) => name)).toEqual([primary, ...mirrors, 'draft_meta_info.json']);
    expect(new Set(written.slice(0, -1).map(({ text }) => text)).size).toBe(1);
  });

  test.each(all)('%s: paths, meta and links', (id) => {
    const draft = compile({ profile: id });
    const { app, separator } = draft.profile;
    for (const style of [
      { kind: 'portable' } as const,
      { kind: 'absolute', folder: 'C:\\D\\x\\' } as const,
    ]) {
      const written = draftFiles(draft, style);
      const content = JSON.parse(written[0]!.text);
      const meta = JSON.parse(written.at(-1)!.text);
      const start = style.kind === 'portable' ? `${DRAFT_PATH_TOKEN}${separator}assets` : 'C:/D/x/assets';
      const entries = new Map(
        meta.draft_materials[0].value.map((entry: Loose) => [entry.id, entry.file_Path as string]),
      );
      const materials: Loose[] = [...content.materials.videos, ...content.materials.audios];
      expect(materials).toHaveLength(3);
      for (const { path, local_material_id } of materials) {
        expect(String(path).startsWith(start)).toBe(true);
        expect(entries.get(local_material_id)).toBe(path);
      }
      expect(content.config.material_save_mode).toBe(style.kind === 'portable' ? 1 : 0);
      expect(meta.draft_fold_path).toBe(style.kind === 'portable' ? '' : 'C:/D/x');
      expect(meta.draft_root_path).toBe(style.kind === 'portable' ? '' : 'C:/D');
      expect('cloud_draft_cover' in meta).toBe(app === 'capcut');
      expect('draft_cloud_materials' in meta).toBe(app === 'jianying');
      expect(meta.draft_cover).toBe('draft_cover.jpg');
    }
  });

  test('the full set of companions, in the order of the app, is for CapCut', () => {
    const timeline = timelineOf(
      {
        type: 'video',
        clips: [
          { media: 'talk.mp4', start: 0, duration: 2, background: { type: 'blur', level: 0.375 } },
          { media: 'poster.png', start: 2, duration: 1 },
        ],
      },
      { type: 'audio', clips: [{ media: 'song.mp3', start: 0, duration: 2, fade: { in: 0.5 } }] },
      { type: 'text', clips: [{ text: 'a', start: 0, duration: 1 }] },
    );
    const video = [
      'speeds',
      'placeholder_infos',
      'canvases',
      'material_animations',
      'sound_channel_mappings',
      'material_colors',
      'vocal_separations',
    ];
    for (const profile of ['capcut-win', 'capcut-mac']) {
      const draft = compile({ profile }, timeline);
      expect(companions(draft, 'video')).toEqual([video, video]);
      expect(companions(draft, 'audio')).toEqual([
        ['speeds', 'beats', 'sound_channel_mappings', 'vocal_separations', 'audio_fades'],
      ]);
      expect(companions(draft, 'text')).toEqual([['material_animations']]);
      const canvases = draft.content.materials.canvases!;
      expect(canvases).toMatchObject([
        { type: 'canvas_blur', blur: 0.375 },
        { type: 'canvas_color', blur: 0 },
      ]);
      const ids = Object.values(draft.content.materials).flatMap((list) => list.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
    }
    const draft = compile({ profile: 'jianying-11-mac' }, timeline);
    expect(companions(draft, 'video')).toEqual([['speeds', 'canvases'], ['speeds']]);
    expect(companions(draft, 'text')).toEqual([[]]);
  });

  test('masks go where the builds read them', () => {
    const arrays = all.map((id) => [id, findProfile(id).masks.array, findProfile(id).masks.segmentFlag]);
    expect(arrays).toEqual([
      ['jianying-5.9-win', 'masks', false],
      ['jianying-6-10-win', 'common_mask', true],
      ['jianying-6-10-win@8.4', 'masks', false],
      ['jianying-11-win', 'common_mask', true],
      ['jianying-11-mac', 'common_mask', true],
      ['capcut-win', 'common_mask', true],
      ['capcut-mac', 'common_mask', true],
    ]);
    // The array has a place in the draft, whichever markers it gets.
    for (const id of all) {
      const { markers, nativeMarkers, masks } = findProfile(id);
      for (const set of [markers, nativeMarkers ?? markers])
        expect(set.materialArrays).toContain(masks.array);
    }
  });
});

describe('the generation of the markers', () => {
  test.each([
    ['jianying-11-win', '11.5.0', '187.0.0'],
    ['jianying-11-mac', '11.4.0', '185.0.0'],
  ])('native ones of %s', (profile, appVersion, newVersion) => {
    const { content } = compile({ profile, markerGeneration: 'native' });
    expect(content).toMatchObject({
      new_version: newVersion,
      platform: { app_version: appVersion },
      config: { use_float_render: false, voice_change_sync: false },
      draft_type: 'video',
    });
    expect(Object.keys(content)).toHaveLength(36);
    expect(Object.keys(content.materials)).toHaveLength(55);
    expect(compile({ profile, markerGeneration: 'baseline' }).content.new_version).toBe('110.0.0');
  });

  test.each(['jianying-5.9-win', 'jianying-6-10-win', 'capcut-win', 'capcut-mac'])(
    '%s has none, and says so',
    (profile) => {
      const { draft, problems } = tryCompile({ profile, markerGeneration: 'native' });
      expect(draft).toBeUndefined();
      expect(problems).toMatchObject([{ code: 'MARKERS_UNKNOWN', severity: 'error' }]);
      expect(tryCompile({ profile, markerGeneration: 'baseline' }).problems).toEqual([]);
    },
  );
});

describe('a seed', () => {
  const seed: Seed = {
    origin: '/store/a/draft_info.json',
    app: 'capcut',
    markers: {
      appVersion: '9.2.8',
      modifiedAppVersion: '9.3.0',
      version: 360000,
      newVersion: '183.0.0',
      colorSpace: -1,
      renderIndexTrackModeOn: true,
    },
    keys: { tracks: [], id: '', new_list: [], new_map: {}, new_text: '', new_number: 0, new_flag: false },
  };

  test('gives markers and empty new keys, and says so', () => {
    const { draft, problems } = tryCompile({ profile: 'capcut-win', seed });
    expect(problems).toMatchObject([{ code: 'SEED_USED', severity: 'info' }]);
    expect(problems[0]!.message).toContain(seed.origin);
    const plain = compile({ profile: 'capcut-win' });
    expect(draft!.content).toEqual({
      ...plain.content,
      new_version: '183.0.0',
      color_space: -1,
      render_index_track_mode_on: true,
      platform: { app_id: 359289, app_source: 'cc', app_version: '9.2.8', os: 'windows' },
      last_modified_platform: { app_id: 359289, app_source: 'cc', app_version: '9.3.0', os: 'windows' },
      new_list: [],
      new_map: {},
      new_text: '',
      new_number: 0,
      new_flag: false,
    });
    expect(draft!.meta).toEqual(plain.meta);
  });

  test('without markers leaves those of the profile', () => {
    const { origin, app, keys } = seed;
    const draft = compile({ profile: 'capcut-win', seed: { origin, app, keys } });
    expect(draft.content).toMatchObject({ new_version: '167.0.0', new_list: [] });
    expect(draft.isSeeded).toBe(false);
  });

  test('gives keys of newer drafts the value that a new draft has, where that is known', () => {
    const keys = { draft_type: '', smart_ads_info: {}, other: '' };
    const { content } = compile({ profile: 'jianying-11-mac', seed: { origin: 'x', app: 'jianying', keys } });
    expect(content).toMatchObject({ draft_type: 'video', smart_ads_info: { draft_url: '' }, other: '' });
    expect(Object.keys(content)).toHaveLength(31);
  });

  test('of the other app is refused', () => {
    const { draft, problems } = tryCompile({ profile: 'jianying-11-mac', seed });
    expect(draft).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'SEED_OTHER_APP', severity: 'error' }]);
  });
});

describe('the cover', () => {
  test('is a file of the draft that no list of media names', () => {
    const plain = compile({});
    const draft = compile({}, { ...goodTimeline(), cover: 'cover.jpg' });
    expect(draft.cover).toEqual({ file: cover, path: 'draft_cover.jpg' });
    expect({ ...draft, cover: undefined }).toEqual({ ...plain, cover: undefined });
  });

  test.each([
    ['poster.png', 'DR093', 'cover: expected a JPEG picture, "poster.png" is a png picture'],
    ['talk.mp4', 'DR093', 'cover: expected a JPEG picture, "talk.mp4" is a video file'],
    ['none.jpg', 'DR120', 'cover: "none.jpg" not found'],
  ])('%s is refused', (name, code, message) => {
    const { draft, problems } = tryCompile({}, { ...goodTimeline(), cover: name });
    expect(draft).toBeUndefined();
    expect(problems).toMatchObject([{ code, severity: 'error', pointer: '/cover', message }]);
  });
});

describe('the files behind the clips', () => {
  const clips = (...names: string[]) =>
    timelineOf({ type: 'video', clips: names.map((name, start) => ({ media: name, start, duration: 1 })) });
  const known = (...names: string[]) => mediaMap(...names.map((name) => paperFile(name, { kind: 'video' })));

  test('two names that are one on other systems', () => {
    const names = ['Clip.mp4', 'clip.mp4', 'cafe\u0301.mp4', 'caf\u00e9.mp4', 'other.mp4'];
    const { problems } = tryCompile({ media: known(...names) }, clips(...names));
    expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['DR127', '/tracks/0/clips/1'],
      ['DR127', '/tracks/0/clips/3'],
    ]);
    const same = new Map([...known(...names)].map(([name, file]) => [name, { ...file, sha256: 'ab' }]));
    expect(tryCompile({ media: same }, clips(...names)).problems).toEqual([]);
  });

  test.each([
    ['a.png', 'mp4', true],
    ['a.MP4', 'mp4', false],
    ['a.m4v', 'mp4', false],
    ['a.webm', 'mkv', false],
    ['a.v2', 'mp4', false],
    ['a', 'mp4', false],
    ['a.mp3', 'mp4', true],
  ])('%s with %s in it', (name, extension, isWrong) => {
    const file = { ...paperFile(name, { kind: 'video' }), extension };
    const { problems } = tryCompile({ media: mediaMap(file) }, clips(name));
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual(
      isWrong ? [['DR128', 'warning']] : [],
    );
  });
});

describe('what is in the files', () => {
  test.each<[StreamFacts[], string | undefined]>([
    [[{ type: 'video' }, { type: 'audio' }, { type: 'audio' }], undefined],
    [[{ type: 'video', rotation: 0, isVariableRate: false }], undefined],
    [
      [{ type: 'video', rotation: 90, isVariableRate: true }],
      'its frame rate changes, it is stored turned by 90 degrees',
    ],
    [[{ type: 'video' }, { type: 'video', rotation: 90 }], 'it holds 2 videos'],
  ])('%j', (streams, why) => {
    const file = { ...paperFile('a.mp4', { kind: 'video' }), streams };
    const clips = [0, 1].map((start) => ({ media: 'a.mp4', start, duration: 1 }));
    const { problems } = tryCompile({ media: mediaMap(file) }, timelineOf({ type: 'video', clips }));
    expect(problems.map(({ code, message }) => [code, message])).toEqual(
      why === undefined ? [] : [['DR129', `tracks[0].clips[0]: "a.mp4": ${why}`]],
    );
  });
});

describe('a draft in the store of an app', () => {
  const codes = (
    profile: string,
    folder: string,
    timeline: object = { ...goodTimeline(), cover: 'cover.jpg' },
  ) => checkStorePlace(compile({ profile }, timeline), folder).map(({ code }) => code);

  test('is told when its paths are those of another system', () => {
    expect(codes('jianying-11-mac', '/Users/a/Movies/x')).toEqual([]);
    expect(codes('jianying-11-win', 'C:\\Users\\a\\x')).toEqual([]);
    expect(codes('jianying-11-win', '\\\\server\\a\\x')).toEqual([]);
    expect(codes('jianying-11-win', '/mnt/c/x')).toEqual(['DR124']);
    expect(codes('jianying-11-mac', 'C:/Users/a/x')).toEqual(['DR124']);
  });

  test('is told where the app may not read, what a seed would give, and that there is no cover', () => {
    expect(codes('jianying-11-mac', '/Users/a/Desktop/x')).toEqual(['DR123']);
    expect(codes('capcut-mac', '/Users/a/Movies/x')).toEqual(['DR145']);
    expect(codes('jianying-11-mac', '/Users/a/Movies/x', goodTimeline())).toEqual(['DR155']);
  });
});

describe('what the app would not read', () => {
  const mask = { id: 'm' };
  const found = (profile: string, materials: { [array: string]: Loose[] }, asked?: 'baseline' | 'native') => {
    const problems: Problem[] = [];
    const markers = chooseMarkers(findProfile(profile), materials, asked, reportTo(problems));
    const draft = compile({ profile });
    checkCompiled({ ...draft, materials }, reportTo(problems));
    return [markers.newVersion, ...problems.map(({ code, severity }) => `${code} ${severity}`)];
  };

  test('a mask of the new kind brings native markers, unless others are asked for', () => {
    const masks = { common_mask: [mask] };
    expect(found('jianying-11-mac', masks)).toEqual(['185.0.0']);
    expect(found('jianying-11-win', masks, 'native')).toEqual(['187.0.0']);
    expect(found('jianying-11-win', masks, 'baseline')).toEqual(['110.0.0', 'DR157 warning']);
    expect(found('jianying-11-win', { common_mask: [] })).toEqual(['110.0.0']);
    expect(found('capcut-win', masks)).toEqual(['167.0.0']);
  });

  test('an array that the profile has no room for is an error', () => {
    expect(found('jianying-5.9-win', { common_mask: [mask] })).toContain('DR157 error');
    // It has room for both, and reads one.
    expect(found('jianying-11-mac', { masks: [mask] })).toContain('DR157 error');
    expect(found('jianying-6-10-win@8.4', { masks: [mask] })).toEqual(['110.0.0']);
    expect(found('capcut-win', { video_shadows: [mask] })).toEqual(['167.0.0']);
  });

  test('links, markers and device ids are looked at in what comes out', () => {
    const broken = (change: (draft: CompiledDraft) => void): string[] => {
      const draft = structuredClone(compile({ profile: 'capcut-mac' }));
      change(draft);
      const problems: Problem[] = [];
      checkCompiled({ ...draft, materials: draft.content.materials }, reportTo(problems));
      return problems.map(({ code, pointer }) => `${code} ${pointer}`);
    };
    const platform = (draft: CompiledDraft) => draft.content.platform as Loose;
    expect(broken(() => {})).toEqual([]);
    expect(broken(({ content }) => Object.assign(content.materials.videos![0]!, { path: 'x' }))).toEqual([
      'DR140 /materials/videos/0/path',
    ]);
    expect(
      broken(({ content }) => Object.assign(content.materials.audios![0]!, { local_material_id: '' })),
    ).toEqual(['DR141 /materials/audios/0/local_material_id']);
    expect(broken(({ content }) => Object.assign(content, { new_version: '' }))).toEqual([
      'DR144 /new_version',
    ]);
    expect(broken((draft) => delete platform(draft).app_version)).toEqual(['DR144 /platform']);
    expect(broken((draft) => Object.assign(platform(draft), { mac_address: '' }))).toEqual([
      'DR146 /platform/mac_address',
    ]);
  });
});
