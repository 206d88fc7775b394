import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harvestDraft } from '@cozecut/catalog';
import { openCatalog, saveEntries } from '@cozecut/catalog/node';
import { lintDraft } from '@cozecut/draft-core';
import { openDraft } from '@cozecut/draft-core/node';
import { cozeCodec } from '@cozecut/manifest';
import { makeTemplateDraft } from '@cozecut/tools/sample-media';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Any, openTestHost, second, type TestHost } from './support/host.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-text-templates-'));
const TITLE = { name: '双行标题', id: '7300000000000000011', texts: ['secret head', 'secret foot'] };
const LINE = { name: '单行', id: '7300000000000000012', texts: ['secret line'] };
const POP = { name: 'Pop', id: '7500000000000000013', texts: ['secret'], app: 'capcut' } as const;
const KNOWN = {
  app: 'jianying',
  kind: 'text-template',
  name: '只有名称',
  resourceId: '7300000000000000014',
} as const;
let host: TestHost;
let draft_id: string;

beforeAll(async () => {
  const user = join(folder, 'catalog');
  const entries = [TITLE, LINE, POP].flatMap((template) => harvestDraft(makeTemplateDraft(template)).entries);
  await saveEntries({
    folder: user,
    entries: [...entries, { ...KNOWN, effectId: KNOWN.resourceId, origin: 'imported' }],
  });
  host = await openTestHost(folder, { catalog: openCatalog({ user }) });
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  ({ draft_id } = await host.run('create_draft', { name: crypto.randomUUID(), width: 1080, height: 1920 }));
});

const run = (tool: string, input: object = {}) => host.run(tool, { draft_id, ...input });
const refused = (tool: string, input: object = {}) => host.refused(tool, { draft_id, ...input });
const clipOf = async (segment_id: string): Promise<Any> =>
  JSON.parse((await run('get_segment', { segment_id })).clip);
const span = { start: second, end: 4 * second };

/** The content of the draft as it is saved, without faults, and what the save tells. */
async function saved(): Promise<{ content: Any; problems: Any[] }> {
  const { folder_path, problems } = await run('save_draft');
  const found = lintDraft(await openDraft(folder_path));
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { content: JSON.parse(readFileSync(join(folder_path, 'draft_content.json'), 'utf8')), problems };
}
const textsOf = ({ materials }: Any): string[] =>
  materials.texts.map(({ content }: Any) => JSON.parse(content).text);

describe('add_text_template', () => {
  test('by name, filled with the words, at its place; the draft shows the template as it was found', async () => {
    const added = await run('add_text_template', {
      template_id: TITLE.name,
      texts: ['早间新闻', '今天 8 点'],
      ...span,
      ...{ scale: 0.5, transform_x: 108, transform_y: -192, rotation: 10, alpha: 0.9, track_name: 'titles' },
    });
    expect(added).toEqual({
      draft_id,
      draft_url: expect.stringContaining(`draft_id=${draft_id}`),
      template_id: TITLE.name,
      track_id: expect.any(String),
      segment_id: expect.any(String),
      duration: 3 * second,
      problems: [],
    });
    expect(await clipOf(added.segment_id)).toMatchObject({
      text: '早间新闻',
      template: { name: TITLE.name, moreTexts: ['今天 8 点'] },
      transform: { x: 0.1, y: -0.1, scale: 0.5, rotation: 10, opacity: 0.9 },
    });
    const { content } = await saved();
    expect(textsOf(content)).toEqual(['早间新闻', '今天 8 点']);
    const [template] = content.materials.text_templates;
    expect(template).toMatchObject({ resource_id: TITLE.id, type: 'text_template' });
    expect(template.text_info_resources).toMatchObject([
      { attach_info: { duration: 3 * second } },
      { attach_info: { duration: 3 * second } },
    ]);
    expect(content.materials.texts.map(({ name }: Any) => name)).toEqual(['@layer-0', '@layer-1']);
    const [track] = content.tracks;
    expect(track).toMatchObject({ type: 'text', name: 'titles' });
    expect(track.segments[0]).toMatchObject({
      material_id: template.id,
      clip: { scale: { x: 0.5, y: 0.5 } },
    });
    expect(JSON.stringify(content)).not.toContain('secret');
  });

  test('by id, with a list as text, with a key only once, onto a track that is there', async () => {
    const input = {
      template: TITLE.id,
      texts: '["a", ""]',
      ...span,
      idempotency_key: 'one title',
    };
    const { track_id, segment_id } = await run('add_text_template', input);
    expect((await run('add_text_template', input)).segment_id).toBe(segment_id);
    expect((await clipOf(segment_id)).template).toEqual({ id: TITLE.id, moreTexts: [''] });
    const next = { template_id: LINE.id, texts: 'b', start: 4 * second, end: 5 * second };
    expect(await run('add_text_template', { ...next, track_id })).toMatchObject({ track_id });
    const { content } = await saved();
    expect(textsOf(content)).toEqual(['a', '', 'b']);
    expect(content.tracks).toHaveLength(1);
  });

  test('a node of Coze that leaves everything blank but what is needed adds the same', async () => {
    const tool = host.host.tools.find(({ name }) => name === 'add_text_template')!;
    const blank = { scale: 0, scale_x: 0, scale_y: 0, transform_x: 0, transform_y: 0, rotation: 0, alpha: 0 };
    const empty = { track_id: '', track_name: '', idempotency_key: '' };
    const needed = { draft_id, template_id: LINE.id, texts: ['a'], ...span };
    const plain = await run('add_text_template', needed);
    const input = cozeCodec(tool).decodeInput({ ...blank, ...empty, ...needed });
    const filled = await host.run('add_text_template', input, 'cloud');
    const [{ id: _, ...one }, { id: __, ...other }] = [
      await clipOf(plain.segment_id),
      await clipOf(filled.segment_id),
    ];
    expect(other).toEqual(one);
  });

  test.each<[string, object, string, string]>([
    ['too few texts', { template_id: TITLE.id, texts: ['a'] }, 'DR096', 'the template has 2 texts (got 1)'],
    [
      'too many texts',
      { template_id: LINE.id, texts: ['a', 'b'] },
      'DR096',
      'the template has 1 text (got 2)',
    ],
    ['an empty first text', { template_id: LINE.id, texts: [' '] }, 'DR102', 'empty text'],
    [
      'an id that no draft told',
      { template_id: '7300000000000000099', texts: ['a'] },
      'DR079',
      'it cannot be written',
    ],
    ['a name without a look', { template_id: KNOWN.name, texts: ['a'] }, 'DR079', 'it cannot be written'],
    ['a name that nobody knows', { template_id: '没有', texts: ['a'] }, 'DR079', 'has no text template'],
    ['one of the other app', { template_id: POP.id, texts: ['a'] }, 'DR081', 'JianYing ignores it'],
  ])('refuses %s, with a hint, and the draft is as it was', async (_, input, code, message) => {
    const before = (await run('get_draft')).revision;
    const error = await refused('add_text_template', { ...input, ...span });
    expect(error).toMatchObject({ code: 'DRAFT_INVALID', problems: [{ code }] });
    expect(error.problems[0]!.message).toContain(message);
    if (code === 'DR079') expect(error.problems[0]!.hint).toContain('cozecut catalog harvest');
    expect((await run('get_draft')).revision).toBe(before);
  });

  test('refuses an end before the start, and no texts', async () => {
    const backwards = { template_id: LINE.id, texts: ['a'], start: 2, end: 1 };
    expect((await refused('add_text_template', backwards)).problems.length).toBeGreaterThan(0);
    const none = { template_id: LINE.id, texts: [], ...span };
    expect(await refused('add_text_template', none)).toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('captions with a template', () => {
  test('have its looks, and stand where captions stand; what cannot be is told', async () => {
    const added = await run('add_captions', {
      captions: [
        { text: '模板', start: 0, end: second, template_id: LINE.name, font_size: 0 },
        { text: '平常', start: second, end: 2 * second, text_effect: '' },
        {
          text: '两样',
          start: 2 * second,
          end: 3 * second,
          template: LINE.id,
          text_color: '#ff0000',
          keyword: '样',
        },
      ],
      font_size: 12,
    });
    expect(added.problems).toMatchObject([
      { code: 'DR161', message: 'looks of 1 caption left out: its template has its own' },
    ]);
    const [first, plain, last] = await Promise.all(added.segment_ids.map(clipOf));
    expect(first).toMatchObject({ text: '模板', template: { name: LINE.name }, transform: { y: -0.8 } });
    for (const clip of [first, last])
      for (const key of ['style', 'ranges']) expect(clip).not.toHaveProperty(key);
    expect(plain.style.size).toBe(12);
    const { content } = await saved();
    expect(content.materials.text_templates).toHaveLength(2);
    expect(textsOf(content).toSorted()).toEqual(['两样', '平常', '模板']);
  });

  test('of several texts are refused', async () => {
    const captions = [{ text: 'a', ...span, template_id: TITLE.id }];
    expect(await refused('add_captions', { captions })).toMatchObject({
      code: 'DRAFT_INVALID',
      problems: [{ code: 'DR096' }],
    });
  });
});

test('a template is found, and other words can be put into it; looks of its own it cannot get', async () => {
  const { entries } = await host.run('search_catalog', { domain: 'text_template' });
  expect(entries.find(({ id }: Any) => id === TITLE.id)).toMatchObject({ name: TITLE.name, texts: 2 });
  expect(entries.find(({ id }: Any) => id === KNOWN.resourceId)).not.toHaveProperty('texts');
  expect((await host.run('list_catalog', { domain: 'text_template', app: 'capcut' })).entries).toMatchObject([
    { id: POP.id, domain: 'text_template', texts: 1 },
  ]);
  const { segment_id } = await run('add_text_template', {
    template_id: TITLE.id,
    texts: ['a', 'b'],
    ...span,
  });
  await run('replace_text', { segment_id, text: 'c' });
  expect(await clipOf(segment_id)).toMatchObject({ text: 'c', template: { moreTexts: ['b'] } });
  await run('edit_draft', { edits: [{ op: 'replace-text', clip: { id: segment_id }, text: ['c', 'd'] }] });
  expect(await clipOf(segment_id)).toMatchObject({ text: 'c', template: { moreTexts: ['d'] } });
  await run('trim_segment', { segment_id, duration: second });
  await run('duplicate_segment', { segment_id });
  const { content } = await saved();
  expect(textsOf(content)).toEqual(['c', 'd', 'c', 'd']);
  const animation = { segment_ids: [segment_id], type: 'in', name: '渐显' };
  expect(await refused('add_animations', animation)).toMatchObject({ problems: [{ code: 'DR097' }] });
});
