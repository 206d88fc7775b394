import { clip, companion, type DraftMistake, file, mask, poster } from './parts.ts';

/** A minimal breaking draft for every rule about pictures. */
export const pictureMistakes: readonly DraftMistake[] = [
  {
    code: 'DR040',
    what: 'too opaque',
    change: (c) => {
      clip(c).clip.alpha = 1.5;
    },
  },
  {
    code: 'DR041',
    what: 'no size',
    change: (c) => {
      clip(c).clip.scale.x = 0;
    },
  },
  {
    code: 'DR042',
    what: 'out of sight',
    change: (c) => {
      clip(c).clip.transform.x = 5;
    },
  },
  {
    code: 'DR043',
    what: 'an empty crop',
    change: (c) => {
      const { crop } = file(c, clip(c));
      crop.upper_left_x = 1;
      crop.lower_left_x = 1;
    },
  },
  {
    code: 'DR044',
    what: 'a ratio that does not crop',
    change: (c) => {
      file(c, clip(c)).crop_ratio = '1:1';
    },
    fixable: true,
  },
  {
    code: 'DR045',
    what: 'two masks',
    change: (c) => {
      mask(c);
      mask(c);
    },
  },
  {
    code: 'DR046',
    what: 'a circle with corners',
    change: (c) => {
      mask(c).config.roundCorner = 0.5;
    },
  },
  {
    code: 'DR047',
    what: 'a mask where the app does not look',
    change: (c) => {
      c.materials.common_mask = [];
      mask(c, { resource_id: '7356934080102928946' }, 'common_mask');
    },
    fixable: true,
  },
  {
    code: 'DR047',
    what: 'a mask of the former generation',
    profile: 'jianying-11-mac',
    change: (c) => {
      c.materials.masks = [];
      mask(c, { resource_id: '6791700663249146381' });
    },
    fixable: true,
  },
  {
    code: 'DR047',
    what: 'a mask of an unknown shape where the app does not look',
    change: (c) => {
      mask(c, { resource_id: '1' }, 'common_mask');
    },
  },
  {
    code: 'DR047',
    what: 'a mask that is not switched on',
    profile: 'jianying-11-mac',
    change: (c) => {
      mask(c, {}, 'common_mask');
    },
    fixable: true,
  },
  {
    code: 'DR048',
    what: 'too much feather',
    change: (c) => {
      mask(c).config.feather = 2;
    },
  },
  {
    code: 'DR050',
    what: 'a background of no kind',
    change: (c) => {
      c.materials.canvases[0].type = 'canvas_stripes';
    },
  },
  {
    code: 'DR051',
    what: 'a background on an overlay',
    change: (c) => {
      companion(c, poster(c), 'canvases', { type: 'canvas_color', color: '#FF0000FF' });
    },
  },
  {
    code: 'DR052',
    what: 'a blur between levels',
    change: (c) => {
      c.materials.canvases[0].blur = 0.5;
    },
    fixable: true,
  },
  {
    code: 'DR053',
    what: 'two mix modes',
    change: (c) => {
      for (const _ of [1, 2]) companion(c, poster(c), 'effects', { type: 'mix_mode' });
    },
  },
  {
    code: 'DR054',
    what: 'a chroma key out of range',
    change: (c) => {
      companion(c, poster(c), 'chromas', { type: 'chroma', intensity_value: 3, color: '#00FF00FF' });
    },
  },
];
