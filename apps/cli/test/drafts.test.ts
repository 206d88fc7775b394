import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const run = (...args: string[]) => cozecut(['draft', ...args], { cwd: folder });

const CONTENT = {
  id: 'A',
  canvas_config: { width: 1920, height: 1080, ratio: 'original' },
  fps: 30,
  duration: 1,
  version: 360000,
  new_version: '110.0.0',
  platform: { app_source: 'lv', app_version: '5.9.0', os: 'windows' },
  last_modified_platform: { app_source: 'lv', app_version: '5.9.0', os: 'windows' },
  materials: { texts: [{ id: 'T', type: 'text', content: '{"text":"Hi","styles":[{"range":[0,2]}]}' }] },
  tracks: [
    {
      id: 'K',
      type: 'text',
      name: 'titles',
      segments: [
        {
          id: 'S',
          material_id: 'T',
          target_timerange: { start: 0, duration: 1_000_000 },
          extra_material_refs: [],
          render_index: 15000,
        },
      ],
    },
  ],
};

function makeDraft(name: string, text: string): string {
  rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, name), { recursive: true });
  for (const file of ['draft_content.json', 'draft_info.json']) writeFileSync(join(folder, name, file), text);
  writeFileSync(join(folder, name, 'draft_cover.jpg'), 'picture');
  const meta = { draft_name: name, draft_fold_path: '/x', tm_draft_create: 1, tm_draft_modified: 1 };
  writeFileSync(join(folder, name, 'draft_meta_info.json'), JSON.stringify(meta));
  return name;
}

test('draft lint: the place is shown, also in a text of one line; exit code as the severity', async () => {
  const draft = makeDraft('one-line', JSON.stringify(CONTENT));
  const warned = await run('lint', draft);
  expect(warned.code).toBe(0);
  expect(warned.stdout).toContain('one-line/draft_content.json:1:');
  expect(warned.stdout).toContain('warning duration says 0.000001 s, the content ends at 1 s [DR015]');
  const [, text = '', marker = ''] = /\n> 1 \| (.*)\n {4}\| ( *\^+)/.exec(warned.stdout)!;
  expect(text.slice(marker.indexOf('^'), marker.length)).toBe('1');
  expect((await run('lint', draft, '--fail-on', 'warn')).code).toBe(3);

  const far = structuredClone(CONTENT);
  far.tracks[0]!.segments[0]!.target_timerange.start = -5;
  const failed = await run('lint', makeDraft('far', JSON.stringify(far)));
  expect(failed.code).toBe(3);
  const [, line = '', arrow = ''] = /\[DR002\]\n.*\n> 1 \| (.*)\n {4}\| ( *\^+)/.exec(failed.stdout)!;
  expect(line.slice(arrow.indexOf('^'), arrow.length)).toBe('-5');
});

test('draft lint --json and the other formats', async () => {
  const draft = makeDraft('formats', JSON.stringify(CONTENT, null, 2));
  const { summary, problems, fixed } = JSON.parse((await run('lint', draft, '--json')).stdout);
  expect(summary).toEqual({ errors: 0, warnings: 1, infos: 0, fixable: 1 });
  expect(fixed).toBe(0);
  expect(problems[0]).toMatchObject({
    code: 'DR015',
    pointer: '/duration',
    location: { file: 'formats/draft_content.json', start: { line: 9, column: 15 } },
    fix: { edits: [{ text: '1000000' }] },
  });
  expect((await run('lint', draft, '--format', 'github')).stdout).toContain(
    '::warning file=formats/draft_content.json,line=9',
  );
  expect(JSON.parse((await run('lint', draft, '--format', 'sarif')).stdout).runs[0].results[0].ruleId).toBe(
    'DR015',
  );
});

test('draft lint --fix, history and restore', async () => {
  const text = JSON.stringify(CONTENT, null, 2);
  const draft = makeDraft('fixed', text);
  expect((await run('history', draft)).stderr).toContain('not changed');
  const nothing = await run('history', folder, '--json');
  expect([nothing.code, JSON.parse(nothing.stdout).error.code]).toEqual([2, 'DRAFT_NOT_FOUND']);
  const fixed = await run('lint', draft, '--fix', '--fail-on', 'warn');
  expect([fixed.code, fixed.stdout]).toEqual([0, '']);
  expect(fixed.stderr).toContain('Mended: 1');
  const path = join(folder, draft, 'draft_info.json');
  expect(readFileSync(path, 'utf8')).toBe(text.replace('"duration": 1,', '"duration": 1000000,'));
  expect((await run('history', draft)).stdout).toMatch(/^1 {2}\d{4}-\d\d-\d\dT.*Z {2}1 repair\n$/);
  const restored = JSON.parse((await run('restore', draft, '--json')).stdout);
  expect(restored).toMatchObject({ restored: { version: 1 }, version: 2 });
  expect(readFileSync(path, 'utf8')).toBe(text);
  const versions = JSON.parse((await run('history', draft, '--json')).stdout).versions;
  expect(versions.map(({ reason }: { reason: string }) => reason)).toEqual([
    'restore of version 1',
    '1 repair',
  ]);
  const unknown = await run('restore', draft, '7');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there is no version 7')]);
});

test('mirrors that differ: --primary chooses, --fix makes them equal', async () => {
  const good = JSON.stringify({ ...CONTENT, duration: 1_000_000 });
  const draft = makeDraft('mirrors', good);
  writeFileSync(join(folder, draft, 'draft_info.json'), good.replace('"Hi', '"Ho'));
  const found = await run('lint', draft);
  expect([found.code, found.stdout]).toEqual([3, expect.stringContaining('[DR143]')]);
  expect((await run('lint', draft, '--primary', 'draft_info.json', '--fix')).code).toBe(0);
  expect(readFileSync(join(folder, draft, 'draft_content.json'), 'utf8')).toBe(good.replace('"Hi', '"Ho'));
});

test('a draft that cannot be read: what and why, exit code 2; an encrypted one is a finding', async () => {
  const broken = await run('lint', makeDraft('broken', '{"a":'));
  expect([broken.code, broken.stderr]).toEqual([
    2,
    expect.stringContaining('draft_content.json is not valid JSON at line 1'),
  ]);
  const missing = await run('lint', 'nowhere', '--json');
  expect([missing.code, JSON.parse(missing.stdout).error.code]).toEqual([2, 'FILE_UNREADABLE']);
  const profile = await run('lint', 'fixed', '--profile', 'jianying-5.9-wim');
  expect([profile.code, profile.stderr]).toEqual([
    2,
    expect.stringContaining('did you mean "jianying-5.9-win"?'),
  ]);
  const encrypted = await run('lint', makeDraft('encrypted', '3OZ0aP9xF0l4mA=='));
  expect([encrypted.code, encrypted.stdout]).toEqual([3, expect.stringContaining('encrypted')]);
});
