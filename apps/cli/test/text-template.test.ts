import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemplateDraft } from '@cozecut/tools/sample-media';
import { beforeAll, expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

/** JSON of which the test knows the shape. */
// biome-ignore lint/suspicious/noExplicitAny: documents of drafts are looked into at any depth.
type Any = any;
const folder = temporaryFolder();
const env = { COZECUT_STORE: join(folder, 'store'), DRAFT_ROOT: join(folder, 'drafts') };
const run = (...args: string[]) => cozecut(args, { cwd: folder, env });

beforeAll(() => {
  mkdirSync(join(folder, 'drafts'));
  mkdirSync(join(folder, 'editor'));
  const template = { name: '双行标题', id: '7300000000000000011', texts: ['private head', 'private foot'] };
  writeFileSync(join(folder, 'editor/draft_content.json'), JSON.stringify(makeTemplateDraft(template)));
});

test('a template of a draft of the editor is harvested, and used by a tool and by a timeline', async () => {
  const { stdout } = await run('tool', 'run', 'create_draft', '--name', '早安', '--json');
  const { draft_id } = (JSON.parse(stdout) as Any).output ?? JSON.parse(stdout);
  const add = ['tool', 'run', 'add_text_template', '--json', '--draft-id', draft_id];
  const input = [...add, '--template-id', '双行标题', '--start', '0', '--end', '2000000'];
  const texts = ['--texts', '["早间新闻", "8 点"]'];
  const unknown = await run(...input, ...texts);
  expect(unknown.code).not.toBe(0);
  expect(unknown.stdout + unknown.stderr).toContain('cozecut catalog harvest');

  expect(await run('catalog', 'harvest', 'editor')).toMatchObject({ code: 0 });
  const added = await run(...input, ...texts);
  expect(added, added.stderr).toMatchObject({ code: 0 });
  expect(await run('tool', 'run', 'save_draft', '--draft-id', draft_id)).toMatchObject({ code: 0 });

  const timeline = {
    schema: 'draft-timeline/1',
    name: 'by hand',
    timeUnit: 's',
    canvas: { width: 1080, height: 1920, fps: 30 },
    tracks: [
      {
        type: 'text',
        clips: [
          { text: '早间新闻', template: { name: '双行标题', moreTexts: ['8 点'] }, start: 0, duration: 2 },
        ],
      },
    ],
  };
  writeFileSync(join(folder, 'timeline.json'), JSON.stringify(timeline));
  expect(await run('draft', 'create', 'timeline.json', '--out', 'drafts/by hand')).toMatchObject({ code: 0 });

  for (const name of ['早安', 'by hand']) {
    const file = join(folder, 'drafts', name, 'draft_content.json');
    expect(existsSync(file), name).toBe(true);
    const { materials, tracks } = JSON.parse(readFileSync(file, 'utf8')) as Any;
    expect(materials.texts.map(({ content }: Any) => JSON.parse(content).text)).toEqual(['早间新闻', '8 点']);
    expect(tracks[0].segments[0].material_id).toBe(materials.text_templates[0].id);
    expect(JSON.stringify(materials)).not.toContain('private');
  }
  expect(await run('draft', 'lint', 'drafts/by hand')).toMatchObject({ code: 0 });
  const shown = await run('draft', 'show', 'drafts/by hand');
  expect(shown.stdout).toContain('早间新闻 / 8 点');
});
