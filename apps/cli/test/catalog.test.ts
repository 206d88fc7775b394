import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cozecut, start, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const catalog = (...args: string[]) => cozecut(['catalog', ...args], { cwd: folder });
const json = async (...args: string[]) => JSON.parse((await catalog(...args, '--json')).stdout);

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

const table = (kind: string, columns: string[], ...rows: unknown[][]) => ({
  schema: 'draft-catalog/1',
  app: 'jianying',
  kind,
  columns,
  rows,
});

describe('search', () => {
  test('a name gives rows with id, membership and length; the head goes to stderr', async () => {
    const run = await catalog('search', '--app', 'jianying', '--kind', 'transition', '闪黑');
    expect(run.code).toBe(0);
    expect(run.stdout.split('\n')[0]).toMatch(
      /^闪黑 +jianying +transition +6724239388189921806 +no +0\.5 +\?$/,
    );
    expect(run.stderr).toMatch(/^name +app +kind +id +VIP +seconds +parameters/);
  });

  test('resources of one name are told apart by the end of the id', async () => {
    const { total, entries } = await json('search', 'mix', '--app', 'capcut', '--kind', 'transition');
    expect(entries.slice(0, 2).map(({ label }: { label: string }) => label)).toEqual([
      'Mix#6269',
      'Mix#1169',
    ]);
    expect(total).toBe(entries.length);
    expect(await json('show', 'Mix#1169')).toMatchObject({
      entries: [{ resourceId: '6943605272933831169' }],
    });
  });

  test('membership, several kinds and a limit', async () => {
    const kinds = ['--kind', 'filter', '--kind', 'font', '--app', 'jianying'];
    const vip = await json('search', ...kinds, '--vip', '--limit', '700');
    const free = await json('search', ...kinds, '--no-vip', '--limit', '3');
    expect(new Set(vip.entries.map(({ kind }: { kind: string }) => kind))).toEqual(
      new Set(['filter', 'font']),
    );
    expect(vip.entries.every((entry: { vip: boolean }) => entry.vip)).toBe(true);
    expect(vip.entries).toHaveLength(vip.total);
    expect(free.entries).toHaveLength(3);
    expect(free.entries.some((entry: { vip: boolean }) => entry.vip)).toBe(false);
    expect(free.total + vip.total).toBe((await json('search', ...kinds, '--limit', '1')).total);
  });

  test('nothing found: names that look alike, in the language of the reader', async () => {
    const run = await catalog('search', '信号故章', '--app', 'jianying', '--lang', 'zh');
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toMatch(/没有找到.*\n相近的名称：.*信号故障/);
    expect(await json('search', '信号故章')).toMatchObject({ total: 0, entries: [] });
  });

  test('a kind that is not there is a mistake of usage', async () => {
    expect(await catalog('search', 'x', '--kind', 'noise')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('noise'),
    });
  });
});

test('a reader that has seen enough is no failure', async () => {
  const child = start(['catalog', 'search', '--limit', '5000'], { cwd: folder });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(stderr).not.toContain('Warning');
});

describe('show', () => {
  test('an id gives everything', async () => {
    const run = await catalog('show', '6724239388189921806', '--app', 'jianying');
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^name +闪黑$/m);
    expect(run.stdout).toMatch(/^effect_id +\d+$/m);
    expect(run.stdout).toMatch(/^origin +built-in$/m);
  });

  test('a name of both languages stands for the masks of all apps', async () => {
    const { entries } = await json('show', 'Split', '--kind', 'mask', '--kind', 'common-mask');
    expect(entries.map(({ app, kind }: { app: string; kind: string }) => `${app} ${kind}`).sort()).toEqual([
      'capcut mask',
      'jianying common-mask',
      'jianying mask',
    ]);
  });

  test('an unknown name: exit code 2 and close names', async () => {
    expect(await catalog('show', '信号故章')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('信号故障'),
    });
    expect((await json('show', '信号故章')).error).toMatchObject({ code: 'RESOURCE_UNKNOWN' });
  });

  test('a resource of the other app is told', async () => {
    const run = await catalog('show', 'Montage Snippets', '--app', 'jianying');
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('a resource of capcut') });
  });
});

describe('import', () => {
  const columns = ['name', 'resource_id', 'vip', 'params', 'colour'];

  test('a dry run counts; the import is then found by every command', async () => {
    const path = file(
      'one.json',
      table('filter', columns, ['冷秋', '9000000000000000001', true, [['strength', 0.8, 0, 1]], 'blue']),
    );
    const saved = [{ app: 'jianying', kind: 'filter', added: 1, changed: 0, unchanged: 0 }];
    expect(await json('import', path, '--dry-run')).toMatchObject({ dryRun: true, rows: 1, tables: saved });
    expect(existsSync(join(folder, '.cozecut'))).toBe(false);

    const run = await catalog('import', path);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringMatching(/^jianying +filter +1 +0 +0$/m) });
    expect(run.stderr).toContain('colour');
    expect(readdirSync(join(folder, '.cozecut/catalog'))).toEqual(['jianying-filter.json']);
    expect((await catalog('show', '冷秋')).stdout).toMatch(/^ +strength +0\.8 +\(0 – 1\)$/m);
    expect((await json('list')).tables).toContainEqual(
      expect.objectContaining({ app: 'jianying', kind: 'filter', imported: 1 }),
    );
    expect((await json('import', path)).tables).toMatchObject([{ added: 0, changed: 0, unchanged: 1 }]);
  });

  test('a folder is taken as a whole, or not at all', async () => {
    file('set/a.json', table('font', ['name', 'resource_id'], ['字体甲', '9000000000000000002']));
    const wrong = file('set/b.json', table('font', ['name', 'resource_id'], ['ok', '1'], ['', '2']));
    file('set/notes.txt', 'not a catalog');
    const refused = await catalog('import', 'set');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(`${wrong}: row 2, column "name" must be text`);
    expect((await catalog('show', '字体甲')).code).toBe(2);

    file('set/b.json', table('font', ['name', 'resource_id'], ['字体乙', '9000000000000000003']));
    expect(await json('import', 'set')).toMatchObject({ files: 2, rows: 2, tables: [{ added: 2 }] });
    expect((await catalog('show', '字体甲')).code).toBe(0);
  });

  test('what cannot be read is told', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(await catalog('import', 'nowhere.json')).toMatchObject({ code: 2 });
    expect(await catalog('import', 'empty')).toMatchObject({ code: 2 });
    expect(await catalog('import', file('broken.json', '{'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('broken.json: not JSON'),
    });
  });

  test('COZECUT_CATALOG names another folder', async () => {
    const path = file('two.json', table('filter', ['name', 'resource_id'], ['别处', '9000000000000000004']));
    const env = { COZECUT_CATALOG: 'elsewhere' };
    expect((await cozecut(['catalog', 'import', path], { cwd: folder, env })).code).toBe(0);
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['jianying-filter.json']);
    expect((await cozecut(['catalog', 'show', '别处'], { cwd: folder, env })).code).toBe(0);
    expect((await catalog('show', '别处')).code).toBe(2);
  });
});

describe('harvest', () => {
  const draft = (app_id: number, name: string, resource_id: string) => ({
    platform: { app_id, device_id: 'device-77' },
    materials: {
      transitions: [{ name, resource_id, effect_id: '5', is_overlap: true }],
      videos: [{ path: '/home/me/private.mp4', material_name: 'private.mp4' }],
    },
  });

  test('drafts teach names and ids, and nothing else of them is kept', async () => {
    file('drafts/one/draft_content.json', draft(3704, '甲转场', '9100000000000000001'));
    file('drafts/two/Timelines/t1/draft_info.json', draft(359289, 'Turn', '9100000000000000002'));
    file('drafts/locked/draft_content.json', 'AbC0+encrypted');
    file('drafts/odd/draft_content.json', { materials: {} });
    file('drafts/root_meta_info.json', {});
    const dry = await json('harvest', 'drafts', '--dry-run');
    expect(dry.tables).toMatchObject([{ added: 1 }, { added: 1 }]);
    expect((await catalog('show', '甲转场')).code).toBe(2);

    const run = await catalog('harvest', 'drafts');
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^jianying +transition +1 +0 +0$/m);
    expect(run.stderr).toMatch(/Skipped: .*locked.*: it is encrypted/);
    expect(run.stderr).toMatch(/Skipped: .*odd.*: it does not say which app it is for/);
    expect(await json('show', '甲转场')).toMatchObject({
      entries: [{ app: 'jianying', kind: 'transition', isOverlap: true, origin: 'harvested' }],
    });
    expect(await json('show', 'Turn')).toMatchObject({ entries: [{ app: 'capcut' }] });

    const kept = readdirSync(join(folder, '.cozecut/catalog'))
      .map((name) => readFileSync(join(folder, '.cozecut/catalog', name), 'utf8'))
      .join();
    expect(kept).not.toMatch(/private|device-77|t1/);
    expect((await json('harvest', 'drafts')).tables).toMatchObject([{ unchanged: 1 }, { unchanged: 1 }]);
  });

  test('of a template of texts the look is kept, the words are not', async () => {
    const text = (id: string, words: string) => ({
      id,
      name: `@${id}`,
      content: JSON.stringify({ text: words, styles: [{ range: [0, words.length] }] }),
    });
    file('kept/templates/draft_content.json', {
      platform: { app_id: 3704 },
      materials: {
        text_templates: [
          {
            id: 'one',
            name: '双行标题',
            resource_id: '9100000000000000009',
            path: 'C:/Cache/artistEffect/9',
            text_info_resources: [{ text_material_id: 'a' }, { text_material_id: 'b' }],
          },
        ],
        texts: [text('a', 'private head'), text('b', 'private foot')],
      },
      tracks: [
        { type: 'text', segments: [{ material_id: 'one', target_timerange: { start: 0, duration: 1 } }] },
      ],
    });
    expect((await json('harvest', 'kept')).tables).toMatchObject([{ kind: 'text-template', added: 1 }]);
    const shown = await json('show', '双行标题');
    expect(shown.entries).toMatchObject([{ kind: 'text-template', texts: 2, origin: 'harvested' }]);
    expect(shown.entries[0]).not.toHaveProperty('template');
    expect((await catalog('show', '双行标题')).stdout).toMatch(/^texts +2$/m);
    const kept = readFileSync(join(folder, '.cozecut/catalog/jianying-text-template.json'), 'utf8');
    expect(kept).toContain('C:/Cache/artistEffect/9');
    expect(kept).not.toContain('private');
    expect((await json('harvest', 'kept')).tables).toMatchObject([{ unchanged: 1 }]);
  });

  test('one draft may be named; nothing there is a mistake', async () => {
    file('single/draft_info.json', draft(3704, '乙转场', '9100000000000000003'));
    expect((await json('harvest', 'single', '--dry-run')).drafts).toMatchObject([{ resources: 1 }]);
    expect((await json('harvest', 'single/draft_info.json', '--dry-run')).drafts).toHaveLength(1);
    expect(await catalog('harvest', 'nowhere')).toMatchObject({ code: 2 });
  });

  test('without a folder the draft folder of the settings is read; without any it has to be named', async () => {
    const home = { HOME: folder, USERPROFILE: folder, LOCALAPPDATA: folder };
    const run = (env: Record<string, string>) =>
      cozecut(['catalog', 'harvest', '--dry-run', '--json'], { cwd: folder, env: { ...home, ...env } });
    expect(JSON.parse((await run({ DRAFT_ROOT: 'single/..' })).stdout).drafts).toHaveLength(1);
    const none = await run({});
    expect(none.code).toBe(2);
    expect(JSON.parse(none.stdout).error).toMatchObject({ code: 'DRAFT_ROOT_UNKNOWN' });
  });
});

test('a tool finds built-in and imported resources', async () => {
  file('import.json', table('filter', ['name', 'resource_id'], ['自家滤镜', '9200000000000000001']));
  await catalog('import', 'import.json');
  file(
    'plugin.yaml',
    `
apiVersion: cozecut/v1
kind: Plugin
metadata: { name: finder, version: 1.0.0 }
tools:
  - name: find_filter
    summary: Find a filter
    handler: ./find.mjs#find
    input: { type: object, properties: { name: { type: string, description: Name } } }
    output: { type: object, properties: { id: { type: string, description: Id } } }
`,
  );
  file(
    'find.mjs',
    `export const find = ({ name }, { catalog }) => {
      const found = catalog.lookup('jianying', 'filter', { name });
      return { id: found.status === 'found' ? found.entry.resourceId : found.status };
    };`,
  );
  const find = async (name: string) =>
    JSON.parse(
      (await cozecut(['tool', 'run', 'find_filter', '--name', name, '--json'], { cwd: folder })).stdout,
    );
  expect(await find('自家滤镜')).toEqual({ id: '9200000000000000001' });
  expect(await find('原生肤')).toEqual({ id: '7366582938638503187' });
});
