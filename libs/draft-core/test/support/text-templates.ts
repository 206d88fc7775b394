import { type CatalogEntry, harvestDraft } from '@cozecut/catalog';

/** A text as the long form of a draft has it, as far as a template needs it. */
const text = (id: string, layer: string, words: string, more: object = {}) => ({
  id,
  name: layer,
  type: 'text',
  content: JSON.stringify({
    text: words,
    styles: [
      { range: [0, 2], size: 15, font: { id: '6740435892441190919', path: 'C:/Cache/effect/1/font.ttf' } },
      { range: [2, words.length], size: 12, effectStyle: { id: '1127', path: 'C:/Cache/artistEffect/1127' } },
    ],
  }),
  recognize_text: words,
  group_id: 'import_1',
  words: {},
  text_color: '#fdfbfbff',
  fonts: [{ id: 'font-of-nobody', resource_id: '6740435892441190919', path: 'C:/Cache/effect/1/font.ttf' }],
  ...more,
});
const animation = (id: string, type: string, start: number, duration: number) => ({
  id,
  type: 'sticker_animation',
  multi_language_current: 'none',
  animations: [
    { id: '', type, start, duration, path: 'C:/Cache/effect/2', resource_id: '30', material_type: 'sticker' },
  ],
});
const attach = (start_time: number, duration: number, y: number) => ({
  start_time,
  duration,
  original_size_width: 317.5,
  original_size_height: 87.5,
  clip: { scale: { x: 3.3, y: 3.3 }, rotation: 0, transform: { x: 0, y }, flip: {} },
});

/** A draft of JianYing with a template of two texts and a picture, on a clip of 4 s. All of it is made up. */
export const jianyingTemplateDraft = {
  platform: { app_id: 3704, app_source: 'lv' },
  materials: {
    text_templates: [
      {
        id: 'TEMPLATE-A',
        version: '1.0.0',
        type: 'text_template',
        name: 'two lines',
        effect_id: '7300000000000000001',
        resource_id: '7300000000000000001',
        path: 'C:/Cache/artistEffect/7300000000000000001',
        source_platform: 1,
        request_id: '2026010100000000',
        resources: [{ panel: 'fonts', path: 'C:/Cache/effect/1', resource_id: '6740435892441190919' }],
        text_info_resources: [
          {
            id: 'LAYER-1',
            attach_info: attach(0, 4_000_000, 60),
            text_material_id: 'TEXT-1',
            extra_material_refs: ['DECORATION', 'ANIMATION-1'],
          },
          {
            id: 'LAYER-2',
            attach_info: attach(1_000_000, 3_000_000, -60),
            text_material_id: 'TEXT-2',
            extra_material_refs: ['ANIMATION-2', 'ANIMATION-3', 'gone'],
          },
        ],
        non_text_info_resources: [
          {
            name: '{picture}',
            type: 'sticker',
            attach_info: attach(0, 3_999_999, 0),
            shape_param: {},
          },
        ],
        aigc_config: { font_item: { id: 'font-item', resource_id: '', path: '' } },
        origin_word_info: {},
        current_word_info: {},
        preview_time: 0.1,
      },
    ],
    texts: [text('TEXT-1', '@343E12FD', 'secret head'), text('TEXT-2', '@343E12FE', 'secret foot')],
    effects: [
      { id: 'DECORATION', type: 'text_effect', resource_id: '1127', path: 'C:/Cache/artistEffect/1127' },
    ],
    material_animations: [
      animation('ANIMATION-1', 'in', 0, 500_000),
      animation('ANIMATION-2', 'in', 0, 800_000),
      animation('ANIMATION-3', 'out', 2_200_000, 800_000),
    ],
  },
  tracks: [
    {
      type: 'text',
      segments: [
        {
          id: 'SEGMENT',
          material_id: 'TEMPLATE-A',
          target_timerange: { start: 500_000, duration: 4_000_000 },
          extra_material_refs: ['ANIMATION-1', 'DECORATION', 'ANIMATION-2', 'gone'],
        },
      ],
    },
  ],
};

const spoken = {
  start_time: [0, 800, 800],
  end_time: [800, 800, 2000],
  text: ['secret', ' ', 'words'],
};
const info = {
  text: 'secret words',
  start_time: 0,
  end_time: 2000,
  words: [{ text: 'secret', start_time: 0, end_time: 800 }],
  keyword_ranges: [],
};

/** A draft of CapCut with a template for captions: one text that is shown word by word, and a layer that repeats it. */
export const capcutTemplateDraft = {
  platform: { app_id: 359289, app_source: 'cc' },
  materials: {
    text_templates: [
      {
        id: 'TEMPLATE-B',
        version: '1.0.0',
        type: 'text_template_subtitle',
        text_template_resource_type: 'subtitle_template',
        name: 'word by word',
        effect_id: '7500000000000000002',
        resource_id: '7500000000000000002',
        path: '/Users/someone/Cache/effect/7500000000000000002',
        resources: [{ panel: 'text', path: '/Users/someone/Cache/effect/2', resource_id: '30' }],
        text_info_resources: [
          {
            id: 'LAYER-1',
            attach_info: attach(0, 1_999_999, 0),
            text_material_id: 'TEXT-1',
            extra_material_refs: ['EFFECT', 'CAPTION'],
            clip_type: '',
            lyric_keyframes: [],
            word_index: [0, 3],
            order_in_layer: 0,
          },
          {
            id: 'LAYER-2',
            attach_info: attach(0, 1_999_999, 0),
            text_material_id: 'TEXT-2',
            extra_material_refs: [],
            clip_type: 'can_not_render',
            lyric_keyframes: [],
            word_index: [0, 3],
            order_in_layer: 0,
          },
        ],
        non_text_info_resources: [],
        origin_word_info: info,
        current_word_info: info,
        merge_content: 'secret words',
        material_text_ranges: [{ location: 0, length: 12, source_type: 'unknown' }],
        is_dynamic_build: false,
      },
    ],
    texts: [
      text('TEXT-1', 'D6B3869B', 'secret words', { words: spoken, current_words: spoken }),
      text('TEXT-2', 'D6B3869C', 'secret words', { words: spoken }),
    ],
    effects: [{ id: 'EFFECT', type: 'text_effect', resource_id: '1128', path: '/Users/someone/Cache/1128' }],
    material_animations: [animation('CAPTION', 'caption', 0, 1_999_999)],
  },
  tracks: [
    {
      type: 'text',
      segments: [
        {
          id: 'SEGMENT',
          material_id: 'TEMPLATE-B',
          target_timerange: { start: 0, duration: 2_000_000 },
          extra_material_refs: ['CAPTION', 'EFFECT'],
        },
      ],
    },
  ],
};

/** What is harvested of the templates in these drafts. */
export const templateRows: CatalogEntry[] = [jianyingTemplateDraft, capcutTemplateDraft]
  .flatMap((draft) => harvestDraft(draft).entries)
  .filter(({ kind }) => kind === 'text-template');
