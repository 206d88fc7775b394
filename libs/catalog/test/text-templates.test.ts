import { harvestDraft, parseCompact, printCompact, textCount } from '@cozecut/catalog';
import type { UserError } from '@cozecut/problems';
import { expect, test } from 'vitest';

const ID = '7300000000000000001';
const content = (text: string): string =>
  JSON.stringify({ text, styles: [{ range: [0, text.length], size: 9 }] });

/** A draft that shows one template twice; every id and every word of it is a secret. */
function draft(
  change: (parts: { template: Loose; texts: Loose[]; segment: Loose; materials: Loose }) => void = () => {},
) {
  const texts: Loose[] = [
    {
      id: 'secret-1',
      name: '@layer-1',
      content: content('secret head'),
      base_content: 'secret head',
      recognize_text: 'secret head',
      words: { start_time: [0], end_time: [900], text: ['secret'] },
      group_id: 'secret-group',
    },
    { id: 'secret-2', name: '@layer-2', content: content('secret foot'), words: {} },
  ];
  const template: Loose = {
    id: 'secret-template',
    name: 'Two lines',
    resource_id: ID,
    effect_id: ID,
    type: 'text_template',
    path: 'C:/Cache/artistEffect/1',
    text_info_resources: [
      {
        id: 'secret-a',
        text_material_id: 'secret-1',
        extra_material_refs: ['secret-effect'],
        word_index: [0, 1],
      },
      { id: 'secret-b', text_material_id: 'secret-2', extra_material_refs: ['nothing'] },
      { id: 'secret-c', text_material_id: 'secret-1', clip_type: 'can_not_render' },
    ],
    non_text_info_resources: [{ name: '{sticker}', extra_material_refs: ['secret-animation'] }],
    current_word_info: { text: 'secret head', end_time: 900, words: [{ text: 'secret' }] },
    merge_content: 'secret head',
    material_text_ranges: [{ location: 0, length: 6 }],
  };
  const segment: Loose = {
    id: 'secret-segment',
    material_id: 'secret-template',
    target_timerange: { start: 100, duration: 2_000_000 },
    extra_material_refs: ['secret-animation', 'nothing', 'secret-effect'],
  };
  const materials: Loose = {
    text_templates: [template],
    texts,
    effects: [{ id: 'secret-effect', type: 'text_effect', resource_id: '100001' }],
    material_animations: [{ id: 'secret-animation', animations: [] }],
    videos: [{ id: 'secret-video', path: 'secret.mp4' }],
  };
  change({ template, texts, segment, materials });
  return {
    platform: { app_source: 'lv' },
    materials,
    tracks: [{ type: 'text', segments: [segment, { ...segment, id: 'secret-again' }] }],
  };
}
type Loose = Record<string, unknown>;

function put(object: Loose, key: string, value: unknown): void {
  object[key] = value;
}

const templatesOf = (document: unknown) =>
  harvestDraft(document).entries.filter(({ kind }) => kind === 'text-template');

test('a template is learnt with its look and without a word, an id or a file of the draft', () => {
  const [entry, ...more] = templatesOf(draft());
  expect(entry).toMatchObject({ app: 'jianying', name: 'Two lines', resourceId: ID, effectId: ID });
  const { template } = entry!;
  expect(template).toMatchObject({ durationUs: 2_000_000, isTimed: true });
  expect(template!.refs).toEqual(['material_animations/0', 'effects/0']);
  expect(template!.material).toMatchObject({
    path: 'C:/Cache/artistEffect/1',
    text_info_resources: [
      { text_material_id: 'texts/0', extra_material_refs: ['effects/0'], word_index: [] },
      { text_material_id: 'texts/1', extra_material_refs: [] },
      { text_material_id: 'texts/0' },
    ],
    non_text_info_resources: [{ name: '{sticker}', extra_material_refs: ['material_animations/0'] }],
    merge_content: '',
    material_text_ranges: [],
  });
  // By these names the app lays words into the template; the styles keep their shares of as many letters.
  expect(template!.parts.texts!.map(({ name }) => name)).toEqual(['@layer-1', '@layer-2']);
  expect(template!.parts.texts![0]!.content).toBe(content('xxxxxx xxxx'));
  expect(textCount(template!)).toBe(2);
  expect(JSON.stringify(entry)).not.toContain('secret');
  // The second clip shows the same.
  expect(more).toEqual([entry]);
});

test('a template without a name goes by its id', () => {
  const [entry] = templatesOf(draft(({ template }) => put(template, 'name', '')));
  expect(entry).toMatchObject({ name: ID, resourceId: ID });
});

test.each<[string, Parameters<typeof draft>[0]]>([
  ['without a text', ({ texts }) => void texts.pop()],
  ['with a text that cannot be read', ({ texts }) => put(texts[1]!, 'content', 'words')],
  [
    'with nothing but a layer that is not drawn',
    ({ template }) => {
      template.text_info_resources = [(template.text_info_resources as Loose[])[2]];
    },
  ],
  [
    'that refers to a file',
    ({ template }) => {
      (template.non_text_info_resources as Loose[])[0]!.extra_material_refs = ['secret-video'];
    },
  ],
  ['that the app makes out of what is said', ({ template }) => put(template, 'is_dynamic_build', true)],
  [
    'of lyrics',
    ({ template }) => {
      (template.text_info_resources as Loose[])[0]!.lyric_keyframes = [{}];
    },
  ],
  ['on a clip without a length', ({ segment }) => put(segment, 'target_timerange', null)],
  ['without an id of the app', ({ template }) => put(template, 'resource_id', '')],
])('a template %s is not learnt', (_, change) => {
  expect(templatesOf(draft(change))).toEqual([]);
});

test('a template is written to a table and read back; one that is not whole is refused', () => {
  const [entry] = templatesOf(draft());
  const text = printCompact({ app: 'jianying', kind: 'text-template', entries: [entry!] }, 'harvested');
  const options = { file: 'x.json', origin: 'harvested' } as const;
  expect(parseCompact(JSON.parse(text), options).entries).toEqual([entry]);
  const broken = JSON.parse(text.replaceAll('texts/1', 'texts/9'));
  broken.rows[0][broken.columns.indexOf('template')].parts.texts.pop();
  let refused: UserError | undefined;
  try {
    parseCompact(broken, options);
  } catch (error) {
    refused = error as UserError;
  }
  expect(refused?.code).toBe('CATALOG_INVALID');
  expect(refused?.problems[0]?.message).toContain(
    'must be a template of texts as `cozecut catalog harvest` writes it',
  );
});
