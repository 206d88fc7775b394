import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleMedia, type SampleMedia } from '@cozecut/tools/sample-media';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();
const run = (...args: string[]) => cozecut(['draft', ...args], { cwd });
const edit = (...args: string[]) => run('edit', ...args);
const read = (...path: string[]) => JSON.parse(readFileSync(join(cwd, ...path), 'utf8'));

let media: SampleMedia;
beforeAll(async () => {
  media = await makeSampleMedia(cwd);
});

/** Makes a draft from tracks, anew. */
async function make(name: string, tracks: object[]): Promise<void> {
  rmSync(join(cwd, name), { recursive: true, force: true });
  const timeline = {
    schema: 'draft-timeline/1',
    name,
    timeUnit: 's',
    canvas: { width: 1280, height: 720, fps: 30 },
    tracks,
  };
  const made = await cozecut(['draft', 'create', '-', '--out', name], {
    cwd,
    input: JSON.stringify(timeline),
  });
  expect(made.stderr + made.stdout).toContain(join(cwd, name));
}

const words = (name: string) => ({
  type: 'text',
  name,
  clips: [0, 1].map((start) => ({ text: `words ${start}`, start, duration: 1 })),
});
const segments = (track = 0) => read('d', 'draft_content.json').tracks[track].segments;

describe('draft edit', () => {
  beforeEach(() => make('d', [words('titles')]));

  test('list names what the other commands take', async () => {
    const listed = await edit('list', 'd');
    expect(listed.code).toBe(0);
    expect(listed.stdout).toMatch(/titles \(text, 0\)\n {2}#0 +0 s +1 s {2}words 0 +\S+\n {2}#1 +1 s/);
    const { tracks } = JSON.parse((await edit('list', 'd', '--json')).stdout);
    expect(tracks[0].clips[1]).toMatchObject({ index: 1, name: 'words 1', startUs: 1_000_000 });
  });

  test('a change is written to all mirrors, and can be taken back', async () => {
    const before = readFileSync(join(cwd, 'd/draft_content.json'), 'utf8');
    const moved = await edit('move', 'd', '--clip', 'titles#1', '--start', '5s');
    expect(moved).toMatchObject({ code: 0, stderr: expect.stringContaining('moved "words 1" at 1 s') });
    expect(moved.stdout.trim().split('\n').sort()).toEqual([
      'draft_content.json',
      'draft_info.json',
      'draft_meta_info.json',
    ]);
    expect(segments()[1].target_timerange.start).toBe(5_000_000);
    expect(read('d', 'draft_info.json').duration).toBe(6_000_000);
    expect(read('d', 'draft_meta_info.json').tm_duration).toBe(6_000_000);
    const again = await edit('move', 'd', '--clip', 'titles#1', '--start', '5s');
    expect(again).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('Nothing to change'),
    });
    expect((await run('restore', 'd')).code).toBe(0);
    expect(readFileSync(join(cwd, 'd/draft_content.json'), 'utf8')).toBe(before);
  });

  test('clips are named in several ways; what is not there is told with what may have been meant', async () => {
    const [{ id }] = segments();
    expect((await edit('replace-text', 'd', '--clip', id, '--text', 'first')).code).toBe(0);
    expect((await edit('trim', 'd', '--clip', 'titles@1.5s', '--duration', '3s')).code).toBe(0);
    expect((await edit('split', 'd', '--clip', 'name:words 1', '--at', '00:00:02')).code).toBe(0);
    expect((await edit('delete', 'd', '--clip', 'first', '--ripple')).code).toBe(0);
    expect(segments().map((one: { target_timerange: object }) => one.target_timerange)).toEqual([
      { start: 0, duration: 1_000_000 },
      { start: 1_000_000, duration: 2_000_000 },
    ]);
    const wrong = await edit('delete', 'd', '--clip', 'titels#0');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/track "titels" not found[\s\S]*titles/);
  });

  test('a refused list of edits changes nothing; --dry-run neither', async () => {
    const files = () => readdirSync(join(cwd, 'd')).sort().join();
    const before = [files(), readFileSync(join(cwd, 'd/draft_content.json'), 'utf8')];
    writeFileSync(
      join(cwd, 'edits.json'),
      JSON.stringify([
        { op: 'delete', clip: 'titles#0' },
        { op: 'move', clip: { track: 'titles', index: 0 }, start: -1 },
      ]),
    );
    const refused = await edit('apply', 'd', 'edits.json', '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: 'DRAFT_EDIT_FAILED',
      problems: [{ code: 'DR002', pointer: '/1' }],
    });
    const dry = await edit('apply', 'd', '--dry-run', '--op', '{"op":"delete","clip":"titles#0"}');
    expect(dry).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('deleted "words 0"') });
    expect([files(), readFileSync(join(cwd, 'd/draft_content.json'), 'utf8')]).toEqual(before);
  });

  test('a clip of a new file is added, with the file; then another file takes its place', async () => {
    const track = {
      type: 'video',
      name: 'main',
      clips: [{ media: media.video, start: '0s', duration: '1s' }],
    };
    const added = await edit('add', 'd', '--track', JSON.stringify(track));
    expect(added).toMatchObject({ code: 0 });
    const [video] = read('d', 'draft_content.json').materials.videos;
    expect(existsSync(video.path)).toBe(true);
    const replaced = await edit('replace-media', 'd', '--clip', 'main#0', '--media', media.picture);
    expect(replaced.code).toBe(0);
    const [picture] = read('d', 'draft_content.json').materials.videos;
    expect(picture).toMatchObject({ type: 'photo' });
    expect(existsSync(picture.path)).toBe(true);
    expect(read('d', 'draft_meta_info.json').draft_materials[0].value).toHaveLength(2);
    expect((await run('lint', 'd', '--json')).code).toBe(0);
  });

  test('another draft is appended, and one becomes a draft for another app', async () => {
    await make('e', [{ type: 'video', clips: [{ media: media.video, start: 0, duration: 1 }] }]);
    expect((await edit('concat', 'd', '--from', 'e')).code).toBe(0);
    const [{ path }] = read('d', 'draft_content.json').materials.videos;
    expect(path.startsWith(join(cwd, 'd', 'assets'))).toBe(true);
    expect(existsSync(path)).toBe(true);
    expect(read('d', 'draft_content.json').duration).toBe(3_000_000);
    expect((await edit('migrate', 'd', '--profile', 'capcut-win')).code).toBe(0);
    expect(readFileSync(join(cwd, 'd/template-2.tmp'), 'utf8')).toBe(
      readFileSync(join(cwd, 'd/draft_info.json'), 'utf8'),
    );
    expect((await run('lint', 'd')).code).toBe(0);
  });

  test('mirrors that differ are made the same; a draft gets another name and is listed', async () => {
    await make('store/x', [{ type: 'video', clips: [{ media: media.video, start: 0, duration: 1 }] }]);
    expect((await edit('register', 'store/x')).code).toBe(0);
    const renamed = await edit('rename', 'store/x', 'y');
    expect(renamed).toMatchObject({ code: 0, stdout: `${join(cwd, 'store/y')}\n` });
    const store = read('store', 'root_meta_info.json').all_draft_store;
    expect(store).toEqual([
      expect.objectContaining({ draft_name: 'y', draft_fold_path: join(cwd, 'store/y') }),
    ]);
    expect(existsSync(read('store/y', 'draft_content.json').materials.videos[0].path)).toBe(true);
    expect(read('store/y', 'draft_meta_info.json')).toMatchObject({
      draft_name: 'y',
      draft_fold_path: join(cwd, 'store/y'),
    });
    expect((await edit('rename', 'store/y', '../z')).code).toBe(2);

    writeFileSync(join(cwd, 'store/y/draft_info.json'), '{"tracks":[]}');
    expect((await edit('delete', 'store/y', '--clip', '0#0')).stderr).toContain('differ');
    expect((await edit('sync', 'store/y')).stdout).toBe('draft_info.json\n');
    expect(read('store/y', 'draft_info.json')).toEqual(read('store/y', 'draft_content.json'));
  });
});

describe('draft template', () => {
  const hello = {
    text: 'Hello {{who}}!',
    start: 0,
    duration: 1,
    ranges: [{ match: '{{who}}', style: { color: '#FF0000' } }],
  };
  const clip = { media: 'intro.mp4', name: '{{clip}}', start: 0, duration: 1 };

  beforeEach(async () => {
    writeFileSync(join(cwd, 'intro.mp4'), readFileSync(media.video));
    await make('t', [
      { type: 'video', name: 'main', clips: [clip] },
      { type: 'text', clips: [hello] },
    ]);
    writeFileSync(join(cwd, 'colors.json'), '{"brand":"#FF0000"}');
    rmSync(join(cwd, 'out'), { recursive: true, force: true });
    mkdirSync(join(cwd, 'out'));
  });

  test('list: what there is to fill', async () => {
    const { placeholders } = JSON.parse(
      (await run('template', 'list', 't', '--colors', 'colors.json', '--json')).stdout,
    );
    const byName = placeholders.toSorted((a: { name: string }, b: { name: string }) =>
      a.name < b.name ? -1 : 1,
    );
    expect(byName).toEqual([
      { name: 'brand', kind: 'color', uses: 1 },
      { name: 'clip', kind: 'media', uses: 1 },
      { name: 'who', kind: 'text', uses: 1 },
    ]);
  });

  test('fill: rows may be CSV, as spreadsheets write it', async () => {
    const lines = [
      '\uFEFFdraft_name,who,clip',
      `one,"you, ""and""\r\nme",${media.picture}`,
      '',
      'two,only two cells',
      `three,"a" b,${media.video}`,
      `four,d,`,
      `five,e,${media.video}`,
    ];
    writeFileSync(join(cwd, 'rows.csv'), `${lines.join('\r\n')}\r\n`);
    const filled = await run('template', 'fill', 't', '--data', 'rows.csv', '--out', 'out');
    expect(filled.code).toBe(1);
    expect(filled.stdout).toBe(['one', 'five'].map((name) => `${join(cwd, 'out', name)}\n`).join(''));
    expect(filled.stderr).toContain('2 drafts written, 3 rows failed');
    expect(filled.stderr).toContain('rows.csv:5: has 2 cells, the first row has 3 cells [INPUT_INVALID]');
    expect(filled.stderr).toContain('rows.csv:6: there is text behind the closing quote of cell 2');
    expect(filled.stderr).toMatch(/rows\.csv:7: .*no value for \{\{clip\}\}/);
    const [text] = read('out/one', 'draft_content.json').materials.texts;
    expect(JSON.parse(text.content).text).toBe('Hello you, "and"\r\nme!');
    writeFileSync(join(cwd, 'rows.csv'), 'who,who\na,b\n');
    const twice = await run('template', 'fill', 't', '--data', 'rows.csv', '--out', 'out');
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('two columns are called "who"') });
  });

  test('fill: one draft for each row, with ids of its own; rows that fail are listed', async () => {
    const rows = [
      { draft_name: 'one', who: '你好 😀', clip: media.picture, brand: '#00FF00' },
      { who: 'nobody' },
      { draft_name: 'three', who: 'a', clip: media.video },
      { draft_name: '../escape', who: 'a', clip: media.video },
      { draft_name: 'five', who: 'a', clip: 'missing.mp4' },
    ].map((row) => JSON.stringify(row));
    writeFileSync(join(cwd, 'rows.jsonl'), [rows[0], rows[1], '', 'no json', ...rows.slice(2)].join('\n'));
    const filled = await run(
      'template',
      'fill',
      't',
      '--data',
      'rows.jsonl',
      '--out',
      'out',
      '--colors',
      'colors.json',
    );
    expect(filled.code).toBe(1);
    expect(filled.stdout).toBe(['one', 'three'].map((name) => `${join(cwd, 'out', name)}\n`).join(''));
    expect(filled.stderr).toContain('2 drafts written, 4 rows failed');
    for (const line of [2, 4, 6, 7]) expect(filled.stderr).toContain(`rows.jsonl:${line}: `);
    expect(filled.stderr).toContain('no value for {{clip}}');
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['one', 'three']);

    const [one, three, template] = ['out/one', 'out/three', 't'].map((name) =>
      read(name, 'draft_content.json'),
    );
    const { text, styles } = JSON.parse(one.materials.texts[0].content);
    expect(text).toBe('Hello 你好 😀!');
    expect(styles.map(({ range }: { range: number[] }) => range)).toEqual([
      [0, 6],
      [6, 11],
      [11, 12],
    ]);
    expect(styles[1].fill.content.solid.color).toEqual([0, 1, 0]);
    expect(JSON.parse(three.materials.texts[0].content).styles[1].fill.content.solid.color).toEqual([
      1, 0, 0,
    ]);
    expect(one.materials.videos[0]).toMatchObject({ type: 'photo' });
    expect(existsSync(one.materials.videos[0].path)).toBe(true);
    const ids = (content: typeof one) => [
      content.id,
      ...content.tracks.map(({ id }: { id: string }) => id),
      content.materials.texts[0].id,
    ];
    expect(new Set([...ids(one), ...ids(three), ...ids(template)]).size).toBe(12);
    const draftIds = ['out/one', 'out/three', 't'].map((name) => read(name, 'draft_meta_info.json').draft_id);
    expect(new Set(draftIds).size).toBe(3);
    for (const name of ['out/one', 'out/three']) expect((await run('lint', name)).code).toBe(0);
  });

  test('fill: when all goes well the exit code says so', async () => {
    writeFileSync(join(cwd, 'rows.jsonl'), JSON.stringify({ who: 'x', clip: media.video }));
    const filled = await run('template', 'fill', 't', '--data', 'rows.jsonl', '--out', 'out', '--json');
    expect(filled.code).toBe(0);
    expect(JSON.parse(filled.stdout)).toMatchObject({ drafts: [{ line: 1, name: 't-1' }], failed: [] });
  });
});
