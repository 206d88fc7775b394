import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DRAFT_PATH_TOKEN } from '../src/index.ts';
import { openDraft } from '../src/node/index.ts';
import { changeDraft, type Loose, lintFolder, makeDraft } from './support/draft-folder.ts';
import { codes, json, usePlaces } from './support/install.ts';
import { zipOf } from './support/zip.ts';

const places = usePlaces();

/** Packs a draft with the paths that work everywhere. */
async function portable(draft: string, target: string, separator: string): Promise<string> {
  const files: Record<string, string | Buffer> = {};
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(draft.length + 1);
    const content = await readFile(join(draft, path));
    const text = content
      .toString('utf8')
      .replaceAll(new RegExp(`${draft}/([^"]*)`, 'g'), (_, inside: string) =>
        JSON.stringify(`${DRAFT_PATH_TOKEN}/${inside}`.replaceAll('/', separator)).slice(1, -1),
      );
    files[`My draft/${path}`] = path.endsWith('.json') ? text : content;
  }
  return zipOf(target, files);
}

describe('what is installed', () => {
  test.each(['/', '\\'])('paths with the token and %j become those of the new place', async (separator) => {
    const draft = await makeDraft(places.folder);
    const zip = await portable(draft, join(places.folder, 'packed.zip'), separator);
    const before = await readFile(zip);
    const { folder: placed, draftId, problems, steps } = await places.install(zip);
    expect(placed).toBe(join(places.root, 'My draft'));
    expect(problems).toEqual([]);
    expect(steps.map(({ step }) => step)).toEqual(['copy-draft', 'write', 'place', 'verify', 'list']);
    // The place is all that differs from the draft that was packed.
    const former = await readFile(join(draft, 'draft_content.json'), 'utf8');
    const text = await readFile(join(placed, 'draft_content.json'), 'utf8');
    expect(text).toBe(former.replaceAll(draft, placed));
    expect(await readFile(join(placed, 'draft_info.json'), 'utf8')).toBe(text);
    const meta = await json(placed, 'draft_meta_info.json');
    const paths = meta.draft_materials[0].value.map((entry: Loose) => entry.file_Path).sort();
    const { materials } = JSON.parse(text);
    const used = [...materials.videos, ...materials.audios];
    expect([...new Set(used.map(({ path }: Loose) => path))].sort()).toEqual(paths);
    for (const path of paths) expect(existsSync(path)).toBe(true);
    expect(meta).toMatchObject({
      draft_id: draftId,
      draft_name: 'My draft',
      draft_fold_path: placed,
      draft_root_path: places.root,
    });
    expect(await places.index()).toMatchObject([
      {
        draft_id: draftId,
        draft_name: 'My draft',
        draft_fold_path: placed,
        draft_json_file: `${placed}\\draft_content.json`,
        tm_duration: meta.tm_duration,
        draft_timeline_materials_size: meta.draft_timeline_materials_size_,
      },
    ]);
    expect(await lintFolder(placed)).toEqual([]);
    expect(await readFile(zip)).toEqual(before);
    expect((await readdir(places.root)).sort()).toEqual(['My draft', 'root_meta_info.json']);
  });

  test('nothing but the place changes: spelling, unknown keys, escapes, other files', async () => {
    const draft = await makeDraft(places.folder);
    const file = join(draft, 'draft_content.json');
    const spelled = (await readFile(file, 'utf8')).replace(
      '{',
      `{ "future" : [ 1.0,  2e3, "\\u00e9\\/" , {"deep": "${draft}/assets/x y/a"} ],\n\t"big":12345678901234567890, `,
    );
    for (const name of ['draft_content.json', 'draft_info.json']) await writeFile(join(draft, name), spelled);
    await mkdir(join(draft, 'assets/x y'), { recursive: true });
    await writeFile(join(draft, 'assets/x y/a'), 'a');
    await writeFile(join(draft, 'key_value.json'), '{"a":1}');
    await mkdir(join(draft, 'empty/inner'), { recursive: true });
    await mkdir(join(draft, '.cozecut/history'), { recursive: true });
    const { folder: placed } = await places.install(draft, { name: 'Other' });
    expect(placed).toBe(join(places.root, 'Other'));
    expect(await readFile(join(placed, 'draft_content.json'), 'utf8')).toBe(
      spelled.replaceAll(draft, placed),
    );
    expect(await readFile(join(placed, 'key_value.json'), 'utf8')).toBe('{"a":1}');
    expect(existsSync(join(placed, 'empty/inner'))).toBe(true);
    expect(existsSync(join(placed, '.cozecut'))).toBe(false);
    expect(await readFile(file, 'utf8')).toBe(spelled);
  });

  test('whatever else a draft holds stays character for character', async () => {
    const draft = await makeDraft(places.folder);
    const text = await readFile(join(draft, 'draft_content.json'), 'utf8');
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.array(fc.string({ unit: 'binary' })),
        fc.constantFrom(undefined, 1, '\t'),
        async (value, strings, indent) => {
          const paths = strings.flatMap((one) => [one, `/${one}`, `{"path":"${one}/"}`, `./${one}`]);
          const content = JSON.stringify(
            { ...JSON.parse(text), future: { value, paths } },
            undefined,
            indent,
          );
          for (const name of ['draft_content.json', 'draft_info.json'])
            await writeFile(join(draft, name), content);
          const { folder: placed } = await places.install(draft, { replace: true });
          expect(await readFile(join(placed, 'draft_content.json'), 'utf8')).toBe(
            content.toWellFormed().replaceAll(draft, placed),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a draft that was moved finds its files below the place where it was made', async () => {
    const draft = await makeDraft(places.folder);
    const former =
      'C:/Users/someone/AppData/Local/JianyingPro/User Data/Projects/com.lveditor.draft/My draft';
    for (const name of ['draft_content.json', 'draft_info.json', 'draft_meta_info.json']) {
      const text = await readFile(join(draft, name), 'utf8');
      await writeFile(join(draft, name), text.replaceAll(draft, former));
    }
    const { folder: placed } = await places.install(draft);
    expect(await readFile(join(placed, 'draft_content.json'), 'utf8')).not.toContain('someone');
    expect(await lintFolder(placed)).toEqual([]);
  });

  test('every timeline file of the draft: nested copies, other timelines, older states, fonts', async () => {
    const draft = await makeDraft(places.folder);
    await mkdir(join(draft, 'assets/font'), { recursive: true });
    await writeFile(join(draft, 'assets/font/f.ttf'), 'font');
    await changeDraft(draft, (content) => {
      content.id = 'TID';
      const [text] = content.materials.texts;
      const said = JSON.parse(text.content);
      said.styles[0].font = { id: '', path: `${DRAFT_PATH_TOKEN}/assets/font/f.ttf` };
      text.content = JSON.stringify(said);
      text.font_path = './assets/font/f.ttf';
    });
    for (const [timeline, name] of [
      ['TID', 'draft_content.json'],
      ['TID', 'template-2.tmp'],
      ['OTHER', 'draft_content.json'],
      ['', 'draft_content.json.bak'],
    ] as const) {
      const path = timeline === '' ? draft : join(draft, 'Timelines', timeline);
      await mkdir(path, { recursive: true });
      const text = await readFile(join(draft, 'draft_content.json'), 'utf8');
      await writeFile(join(path, name), timeline === 'TID' ? text : text.replace('"TID"', '"OTHER"'));
    }
    await writeFile(join(draft, 'Timelines/project.json'), '{"main_timeline_id":"TID"}');
    const { folder: placed } = await places.install(draft);
    const text = await readFile(join(placed, 'draft_content.json'), 'utf8');
    for (const name of [
      'Timelines/TID/draft_content.json',
      'Timelines/TID/template-2.tmp',
      'draft_info.json',
    ])
      expect(await readFile(join(placed, name), 'utf8')).toBe(text);
    for (const name of ['Timelines/OTHER/draft_content.json', 'draft_content.json.bak']) {
      expect(await readFile(join(placed, name), 'utf8')).toContain(`${placed}/assets`);
      expect(await readFile(join(placed, name), 'utf8')).not.toContain(draft);
    }
    const [material] = JSON.parse(text).materials.texts;
    expect(material.font_path).toBe(`${placed}/assets/font/f.ttf`);
    expect(JSON.parse(material.content).styles[0].font.path).toBe(`${placed}/assets/font/f.ttf`);
    expect(text).not.toContain(DRAFT_PATH_TOKEN);
  });

  test('on a Mac the file that the app reads there is written, and media come along', async () => {
    const draft = await makeDraft(places.folder, { profile: 'capcut-mac' });
    await rm(join(draft, 'draft_info.json'));
    const outside = join(places.folder, 'elsewhere.MP4');
    await writeFile(outside, 'from elsewhere');
    await changeDraftContent(draft, (content) => {
      content.materials.videos[0].path = outside;
    });
    const {
      folder: placed,
      steps,
      problems,
      profile,
    } = await places.install(draft, {
      system: { platform: 'darwin', home: places.folder },
    });
    expect(profile.id).toBe('capcut-mac');
    expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(steps).toContainEqual({ step: 'copy-media', path: outside, bytes: 14 });
    const text = await readFile(join(placed, 'draft_info.json'), 'utf8');
    expect(await readFile(join(placed, 'draft_content.json'), 'utf8')).toBe(text);
    const sha256 = createHash('sha256').update('from elsewhere').digest('hex');
    const copied = `${placed}/assets/video/${sha256}.mp4`;
    expect(JSON.parse(text).materials.videos[0].path).toBe(copied);
    expect(await readFile(copied, 'utf8')).toBe('from elsewhere');
    const meta = await json(placed, 'draft_meta_info.json');
    const entry = meta.draft_materials[0].value.find((one: Loose) => one.file_Path === copied);
    expect(entry.id).toBe(JSON.parse(text).materials.videos[0].local_material_id);
    expect((await places.index())[0].draft_json_file).toBe(`${placed}/draft_info.json`);
  });

  test('on Windows media stay where they are, and that is told', async () => {
    const draft = await makeDraft(places.folder);
    const outside = join(places.folder, 'elsewhere.mp4');
    await writeFile(outside, 'from elsewhere');
    await changeDraft(draft, (content) => {
      content.materials.videos[0].path = outside;
    });
    const installed = await places.install(draft);
    expect(codes(installed)).toContain('DR122');
    expect((await json(installed.folder, 'draft_content.json')).materials.videos[0].path).toBe(outside);
  });

  test('a draft without a file about it gets one, with its media', async () => {
    const draft = await makeDraft(places.folder, { profile: 'capcut-mac' });
    await rm(join(draft, 'draft_meta_info.json'));
    const { folder: placed, draftId } = await places.install(draft);
    const meta = await json(placed, 'draft_meta_info.json');
    expect(meta.draft_id).toBe(draftId);
    expect(meta.draft_materials[0].value).toHaveLength(4);
    expect((await lintFolder(placed)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

async function changeDraftContent(draft: string, change: (content: Loose) => void): Promise<void> {
  const content = await json(draft, 'draft_content.json');
  change(content);
  await writeFile(join(draft, 'draft_content.json'), JSON.stringify(content));
}

test('a draft whose id is in the list gets new ids', async () => {
  const draft = await makeDraft(places.folder);
  const first = await places.install(draft);
  expect(codes(first)).toEqual([]);
  const second = await places.install(draft, { name: 'Copy' });
  expect(codes(second)).toEqual(['DR033']);
  expect(second.draftId).not.toBe(first.draftId);
  expect((await json(second.folder, 'draft_meta_info.json')).draft_id).toBe(second.draftId);
  const ids = await Promise.all(
    [first, second].map(async (one) => (await json(one.folder, 'draft_info.json')).id),
  );
  expect(new Set(ids).size).toBe(2);
  expect((await places.index()).map((entry) => entry.draft_id)).toEqual([second.draftId, first.draftId]);
  // Registered again under its own name it is no stranger.
  expect(codes(await places.install(draft, { replace: true }))).toEqual([]);
});

test('installs at the same time wait for each other and share no id', async () => {
  const draft = await makeDraft(places.folder);
  const names = ['a', 'b', 'c', 'd'];
  const done = await Promise.all(names.map((name) => places.install(draft, { name, uuid: randomUUID })));
  expect(new Set(done.map(({ draftId }) => draftId)).size).toBe(4);
  expect((await places.index()).map((entry) => entry.draft_name).sort()).toEqual(names);
});

test('a draft in its own root is put in order by replacing itself', async () => {
  const draft = await makeDraft(places.folder);
  await cp(draft, join(places.root, 'My draft'), { recursive: true });
  const { folder: placed } = await places.install(join(places.root, 'My draft'), { replace: true });
  expect(placed).toBe(join(places.root, 'My draft'));
  expect((await openDraft(placed)).encrypted).toEqual([]);
  expect(await lintFolder(placed)).toEqual([]);
  expect(await places.index()).toHaveLength(1);
});
