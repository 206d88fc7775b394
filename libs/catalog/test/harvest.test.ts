import { type CatalogEntry, harvestDraft, mergeLayers } from '@cozecut/catalog';
import { expect, test } from 'vitest';

const JIANYING = { app_id: 3704, app_source: 'lv', device_id: 'not ours to keep' };
const CAPCUT = { app_id: 359289, app_source: 'cc' };
const ID = '7288149307197231676';

const parameter = (name: string, more: object = {}) => ({
  name,
  default_value: 0.75,
  min_value: 0.1,
  max_value: 1,
  value: 0.2,
  parameterIndex: 0,
  ...more,
});

/** What is learnt of one material, without what is the same in all. */
function learn(array: string, material: object, platform: object = JIANYING) {
  return harvestDraft({ platform, materials: { [array]: [material] } }).entries.map(
    ({ app: _, origin: _origin, ...entry }) => entry,
  );
}

test('every kind of material is known', () => {
  const named = { name: 'N', resource_id: ID, effect_id: '25265947' };
  const expected = { name: 'N', resourceId: ID, effectId: '25265947' };
  const kinds: [array: string, material: object, kind: string, more?: object][] = [
    ['transitions', { is_overlap: true, duration: 700_000 }, 'transition', { isOverlap: true }],
    ['effects', { type: 'filter', adjust_params: [] }, 'filter'],
    ['effects', { type: 'mix_mode' }, 'mix-mode'],
    ['effects', { type: 'text_shape' }, 'bubble'],
    ['effects', { type: 'text_effect' }, 'text-effect'],
    ['video_effects', { type: 'video_effect' }, 'video-scene-effect'],
    ['video_effects', { type: 'face_effect' }, 'video-character-effect'],
    ['audio_effects', { category_id: 'sound_effect' }, 'audio-scene-effect'],
    ['audio_effects', { category_id: 'tone' }, 'audio-tone-effect'],
    ['audio_effects', { category_id: 'speech_to_song' }, 'audio-speech-to-song'],
    ['stickers', {}, 'sticker'],
    ['masks', { resource_type: 'line' }, 'mask', { resourceType: 'line' }],
    ['common_mask', { resource_type: 'heart' }, 'common-mask', { resourceType: 'heart' }],
  ];
  for (const [array, material, kind, more] of kinds) {
    expect(learn(array, { ...named, ...material }), array).toEqual([{ ...expected, kind, ...more }]);
  }
});

test('the masks of CapCut have one kind', () => {
  const mask = { name: 'Split', resource_id: ID, resource_type: 'line' };
  expect(learn('common_mask', mask, CAPCUT)).toMatchObject([{ kind: 'mask', effectId: ID }]);
});

test('animations are told by target and type; the id is the effect id', () => {
  const animation = { name: 'A', resource_id: ID, id: '1644304', duration: 300_000, start: 0 };
  const kindOf = (material_type: string, type: string) =>
    learn('material_animations', { id: 'a', animations: [{ ...animation, material_type, type }] }).map(
      ({ kind, effectId }) => [kind, effectId],
    );
  expect(kindOf('video', 'in')).toEqual([['video-intro', '1644304']]);
  expect(kindOf('video', 'out')).toEqual([['video-outro', '1644304']]);
  expect(kindOf('video', 'group')).toEqual([['video-group', '1644304']]);
  expect(kindOf('sticker', 'in')).toEqual([['text-intro', '1644304']]);
  expect(kindOf('sticker', 'out')).toEqual([['text-outro', '1644304']]);
  expect(kindOf('sticker', 'loop')).toEqual([['text-loop', '1644304']]);
  expect(kindOf('sticker', 'caption')).toEqual([]);
});

test('animations of stickers are not taken for those of texts', () => {
  const animations = [{ name: 'A', resource_id: ID, id: '1', material_type: 'sticker', type: 'in' }];
  const draft = (type: string) => ({
    platform: JIANYING,
    materials: { material_animations: [{ id: 'a', animations }] },
    tracks: [{ type, segments: [{ extra_material_refs: ['a'] }] }],
  });
  expect(harvestDraft(draft('sticker')).entries).toEqual([]);
  expect(harvestDraft(draft('text')).entries).toHaveLength(1);
});

test('fonts come from the text material and its list', () => {
  const text = {
    font_title: '后现代体',
    font_resource_id: ID,
    font_id: '111',
    fonts: [
      { title: '新青年体', resource_id: '6740435892441190919', effect_id: '222', path: '/home/me/f.ttf' },
    ],
    content: '{"text":"a secret"}',
  };
  expect(learn('texts', text)).toEqual([
    { kind: 'font', name: '后现代体', resourceId: ID, effectId: '111' },
    { kind: 'font', name: '新青年体', resourceId: '6740435892441190919', effectId: '222' },
  ]);
  expect(learn('texts', { font_title: 'none', font_resource_id: '', font_name: '' })).toEqual([]);
});

test('parameters are taken whole, with their ranges and without their values, or not at all', () => {
  const effect = { type: 'video_effect', name: 'E', resource_id: ID };
  expect(learn('video_effects', { ...effect, adjust_params: [parameter('speed')] })).toMatchObject([
    { parameters: [{ name: 'speed', default: 0.75, min: 0.1, max: 1 }] },
  ]);
  for (const params of [[], null, [parameter('a'), parameter('b', { max_value: undefined })]]) {
    expect(learn('video_effects', { ...effect, adjust_params: params })[0]).not.toHaveProperty('parameters');
  }
});

test('bubbles, stickers and decorations go by their id until a draft has their name', () => {
  const [bubble] = learn('effects', { type: 'text_shape', resource_id: ID, effect_id: '361595' });
  expect(bubble).toEqual({ kind: 'bubble', name: ID, resourceId: ID, effectId: '361595' });
  expect(learn('effects', { type: 'text_effect', name: ' ', resource_id: ID })).toMatchObject([{ name: ID }]);
  const [nameless] = learn('stickers', { resource_id: ID });
  const [named] = learn('stickers', { resource_id: ID, name: 'Cat' });
  for (const rows of [
    [nameless, named],
    [named, nameless],
  ]) {
    const entries = rows.map((row) => ({ app: 'jianying', origin: 'harvested', ...row })) as CatalogEntry[];
    const [merged] = mergeLayers(entries.map((entry) => [entry]));
    expect(merged).toMatchObject({ name: 'Cat' });
    expect(merged).not.toHaveProperty('altNames');
  }
});

test('only what has a name and an id of the app is learnt', () => {
  const nothing = [
    { name: '', resource_id: ID },
    { resource_id: ID },
    { name: 'N' },
    { name: 'N', resource_id: '' },
    { name: 'N', resource_id: '/home/me/private.fx' },
    { name: 'N', resource_id: 42.5 },
  ];
  expect(learn('effects', { name: 'N', resource_id: ID, type: 'constructor' })).toEqual([]);
  for (const material of nothing) expect(learn('transitions', material)).toEqual([]);
  expect(learn('transitions', { name: 'N', resource_id: ID, effect_id: '/home/me/x' })).toEqual([
    { kind: 'transition', name: 'N', resourceId: ID, effectId: ID },
  ]);
});

test('the app is told by the platform; without it nothing is learnt', () => {
  const materials = { transitions: [{ name: 'N', resource_id: ID }] };
  const appOf = (draft: object) => harvestDraft({ materials, ...draft }).entries.map(({ app }) => app);
  expect(appOf({ platform: JIANYING })).toEqual(['jianying']);
  expect(appOf({ platform: CAPCUT })).toEqual(['capcut']);
  expect(appOf({ platform: { app_source: 'cc' } })).toEqual(['capcut']);
  expect(appOf({ last_modified_platform: CAPCUT })).toEqual(['capcut']);
  expect(harvestDraft({ materials })).toEqual({ entries: [] });
});

test('drafts inside of drafts are read, endless ones are not', () => {
  const inner = { materials: { transitions: [{ name: 'Inner', resource_id: ID }] } };
  const draft = { platform: CAPCUT, materials: { drafts: [{ draft: inner }] } };
  expect(harvestDraft(draft).entries).toMatchObject([{ app: 'capcut', name: 'Inner' }]);
  const endless: { platform: object; materials: Record<string, unknown> } = {
    platform: CAPCUT,
    materials: { ...inner.materials },
  };
  endless.materials.drafts = [{ draft: endless }];
  expect(harvestDraft(endless).entries.length).toBeLessThan(20);
});

test('documents that are no drafts teach nothing', () => {
  for (const document of [
    null,
    5,
    'x',
    [],
    {},
    { platform: JIANYING },
    { platform: JIANYING, materials: [] },
  ]) {
    expect(harvestDraft(document).entries).toEqual([]);
  }
});
