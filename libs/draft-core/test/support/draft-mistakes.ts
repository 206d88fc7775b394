import { DRAFT_PATH_TOKEN, type LintDraftOptions } from '../../src/index.ts';
import type { Loose } from './draft-folder.ts';

/** One thing that is wrong with a draft. */
export interface DraftMistake {
  code: string;
  what: string;
  /** Changes the timeline and the file about the draft. */
  change?: (content: Loose, meta: Loose) => void;
  /** Changes files; name of a file to its new content, `undefined` removes it. */
  files?: Record<string, string | undefined>;
  /** Rules that cannot but speak up as well. */
  also?: string[];
  profile?: string;
  /** What the linter is told about the world beside the draft. */
  options?: LintDraftOptions;
  /** Whether the repair is certain. */
  fixable?: boolean;
}

const GUID = '11111111-2222-4333-8444-555555555555';
let count = 0;

/** A material that a segment refers to. */
function companion(content: Loose, segment: Loose, array: string, material: Loose): Loose {
  const entry = { id: `extra-${++count}`, ...material };
  content.materials[array] ??= [];
  content.materials[array].push(entry);
  segment.extra_material_refs.push(entry.id);
  return entry;
}

const [main, overlay, music, titles] = [0, 1, 2, 3].map((index) => (content: Loose) => {
  const byName = ['main', 'overlay', 'music', 'titles'];
  return content.tracks.find((track: Loose) => track.name === byName[index]);
}) as [Pick, Pick, Pick, Pick];
type Pick = (content: Loose) => Loose;

const clip = (content: Loose, index = 0): Loose => main(content).segments[index];
const poster = (content: Loose): Loose => overlay(content).segments[0];
const sound = (content: Loose): Loose => music(content).segments[0];
const title = (content: Loose): Loose => titles(content).segments[0];
const file = (content: Loose, segment: Loose): Loose =>
  [...content.materials.videos, ...content.materials.audios].find(
    ({ id }: Loose) => id === segment.material_id,
  );
const text = (content: Loose): Loose =>
  content.materials.texts.find(({ id }: Loose) => id === title(content).material_id);
const inText = (content: Loose, change: (inner: Loose) => void): void => {
  const inner = JSON.parse(text(content).content);
  change(inner);
  text(content).content = JSON.stringify(inner);
};
const curve = (segment: Loose, property: string, points: [number, number][]): void => {
  segment.common_keyframes.push({
    id: `curve-${++count}`,
    property_type: property,
    material_id: '',
    keyframe_list: points.map(([time_offset, value]) => ({
      id: `point-${++count}`,
      time_offset,
      values: [value],
      curveType: 'Line',
    })),
  });
};
const animate = (content: Loose, ...animations: Loose[]): Loose =>
  companion(content, clip(content), 'material_animations', { type: 'sticker_animation', animations });
const fade = (content: Loose): Loose => content.materials.audio_fades[0];
const mask = (content: Loose, change: Loose = {}, array = 'masks'): Loose =>
  companion(content, clip(content), array, {
    type: 'mask',
    resource_type: 'circle',
    config: { width: 0.5, height: 0.5, feather: 0, roundCorner: 0, centerX: 0, centerY: 0, rotation: 0 },
    ...change,
  });
const transition = (content: Loose, duration: number, segment = clip(content)): Loose =>
  companion(content, segment, 'transitions', { type: 'transition', duration, is_overlap: true });

/** Makes the titles captions. */
const captions = (content: Loose, change: () => void): void => {
  for (const one of content.materials.texts) one.type = 'subtitle';
  change();
};
const say = (content: Loose, words: string): void =>
  inText(content, (inner) => {
    inner.text = words;
    inner.styles = [{ ...inner.styles[0], range: [0, words.length] }];
  });

/** A filter of the catalog. */
const warm = { name: 'warm', resource_id: '1110', effect_id: '1110' };
const filter = (content: Loose, change: Loose): Loose =>
  companion(content, clip(content), 'effects', { type: 'filter', ...warm, value: 1, ...change });
/** What is found in the media of the draft, with something else in those with a name. */
const inFiles = (pattern: RegExp, change: Loose): ReadonlyMap<string, Loose> =>
  ({
    get: (path: string) => {
      const name = path.split('/').at(-1)!;
      return pattern.test(name) ? change : undefined;
    },
  }) as unknown as ReadonlyMap<string, Loose>;

/** A minimal breaking draft for every rule, some with several. */
export const draftMistakes: readonly DraftMistake[] = [
  {
    code: 'DR001',
    what: 'clips overlap',
    change: (c) => {
      clip(c, 1).target_timerange.start -= 1_000_000;
      c.duration = 8_000_000;
    },
  },
  {
    code: 'DR001',
    what: 'clips overlap by a rounding',
    change: (c) => {
      clip(c).target_timerange.duration += 1;
    },
    fixable: true,
  },
  {
    code: 'DR002',
    what: 'a start before 0',
    change: (c) => {
      clip(c).target_timerange.start = -1_000_000;
    },
  },
  {
    code: 'DR003',
    what: 'no length',
    change: (c) => {
      poster(c).target_timerange.duration = 0;
    },
  },
  {
    code: 'DR003',
    what: 'no length of the source',
    change: (c) => {
      clip(c).source_timerange.duration = 0;
    },
  },
  {
    code: 'DR004',
    what: 'half a microsecond',
    change: (c) => {
      poster(c).target_timerange.start = 1.5;
    },
  },
  {
    code: 'DR004',
    what: 'no time at all',
    change: (c) => {
      delete title(c).target_timerange;
    },
  },
  {
    code: 'DR006',
    what: 'the main track starts late',
    change: (c) => {
      main(c).segments.shift();
    },
    also: ['DR032'],
  },
  {
    code: 'DR007',
    what: 'a gap with the magnet on',
    change: (c) => {
      clip(c, 1).target_timerange.start += 1_000_000;
      c.duration += 1_000_000;
    },
    also: ['DR156'],
  },
  {
    code: 'DR008',
    what: 'off the grid',
    change: (c) => {
      poster(c).target_timerange.start += 5000;
    },
    fixable: true,
  },
  {
    code: 'DR009',
    what: 'shorter than a frame',
    change: (c) => {
      poster(c).target_timerange.duration = 10_000;
      poster(c).common_keyframes = [];
      poster(c).source_timerange.duration = 10_000;
    },
    also: ['DR008'],
    fixable: true,
  },
  {
    code: 'DR010',
    what: 'a text on a video track',
    change: (c) => {
      overlay(c).segments[0].material_id = text(c).id;
    },
    also: ['DR032'],
  },
  {
    code: 'DR011',
    what: 'two tracks of one name',
    change: (c) => {
      overlay(c).name = 'main';
    },
  },
  {
    code: 'DR013',
    what: 'an empty track',
    change: (c) => {
      c.tracks.push({ id: 'empty', type: 'effect', name: 'nothing', segments: [] });
    },
  },
  {
    code: 'DR014',
    what: 'an id twice',
    change: (c) => {
      title(c).id = clip(c).id;
    },
  },
  {
    code: 'DR015',
    what: 'a wrong length',
    change: (c) => {
      c.duration = 1;
    },
    fixable: true,
  },
  {
    code: 'DR016',
    what: 'unsorted clips',
    change: (c) => {
      main(c).segments.reverse();
    },
    fixable: true,
  },
  {
    code: 'DR017',
    what: 'two tracks on one layer',
    change: (c) => {
      poster(c).render_index = clip(c).render_index;
    },
  },
  {
    code: 'DR018',
    what: 'a small canvas',
    change: (c) => {
      c.canvas_config.width = 8;
    },
    also: ['DR108'],
  },
  {
    code: 'DR018',
    what: 'a strange rate',
    change: (c) => {
      c.fps = 31;
    },
  },
  {
    code: 'DR019',
    what: 'mixed layers',
    change: (c) => {
      clip(c, 1).render_index += 7;
    },
    fixable: true,
  },
  {
    code: 'DR020',
    what: 'more than the file has',
    change: (c) => {
      clip(c).source_timerange.start = 9_000_000;
    },
  },
  {
    code: 'DR021',
    what: 'a little more than the file has',
    change: (c) => {
      file(c, clip(c)).duration = 3_990_000;
    },
    fixable: true,
  },
  {
    code: 'DR022',
    what: 'speed 0',
    change: (c) => {
      clip(c).speed = 0;
    },
  },
  {
    code: 'DR023',
    what: 'a high speed',
    change: (c) => {
      clip(c).speed = 10;
      clip(c).source_timerange.duration = 9_000_000;
      clip(c).target_timerange.duration = 900_000;
    },
    also: ['DR007'],
  },
  {
    code: 'DR024',
    what: 'speed and lengths disagree',
    change: (c) => {
      clip(c).speed = 2;
    },
  },
  {
    code: 'DR025',
    what: 'a still with a speed',
    change: (c) => {
      poster(c).speed = 2;
    },
  },
  {
    code: 'DR026',
    what: 'speed without whole frames',
    change: (c) => {
      Object.assign(clip(c), { speed: 0.9 });
      clip(c).source_timerange.duration = 3_610_000;
    },
  },
  {
    code: 'DR028',
    what: 'a negative volume',
    change: (c) => {
      sound(c).volume = -1;
    },
  },
  {
    code: 'DR029',
    what: 'a loud volume',
    change: (c) => {
      sound(c).volume = 11;
    },
  },
  {
    code: 'DR030',
    what: 'a missing material',
    change: (c) => {
      title(c).material_id = 'gone';
    },
    also: ['DR032'],
  },
  {
    code: 'DR031',
    what: 'a reference to nothing',
    change: (c) => {
      title(c).extra_material_refs.push('gone');
    },
    fixable: true,
  },
  {
    code: 'DR032',
    what: 'a material of nobody',
    change: (c) => {
      c.materials.speeds.push({ id: 'nobody', type: 'speed', speed: 1 });
    },
  },
  {
    code: 'DR033',
    what: 'the id of a template',
    change: (c) => {
      c.id = '91E08AC5-22FB-47e2-9AA0-7DC300FAEA2B';
    },
  },
  {
    code: 'DR034',
    what: 'another main timeline',
    files: { 'Timelines/project.json': `{"main_timeline_id":"${GUID}"}` },
    fixable: true,
  },
  {
    code: 'DR035',
    what: 'a file as two materials',
    change: (c) => {
      const copy = { ...file(c, clip(c)), id: 'copy', material_id: 'copy' };
      c.materials.videos.push(copy);
      clip(c, 1).material_id = 'copy';
    },
    also: ['DR032'],
    fixable: true,
  },
  {
    code: 'DR036',
    what: 'a video that says photo',
    change: (c) => {
      file(c, clip(c)).type = 'photo';
    },
    fixable: true,
  },
  {
    code: 'DR036',
    what: 'a stray key',
    change: (c) => {
      file(c, clip(c)).material_type = 'video';
    },
    fixable: true,
  },
  {
    code: 'DR036',
    what: 'a still with the length of a clip',
    change: (c) => {
      file(c, poster(c)).duration = 3_000_000;
    },
    fixable: true,
  },
  {
    code: 'DR037',
    what: 'a sound that is a video',
    change: (c) => {
      sound(c).material_id = clip(c).material_id;
    },
    also: ['DR032'],
  },
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
      mask(c, {}, 'common_mask');
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
  {
    code: 'DR060',
    what: 'a keyframe after the end',
    change: (c) => {
      poster(c).common_keyframes[0].keyframe_list[1].time_offset = 99_000_000;
    },
  },
  {
    code: 'DR061',
    what: 'two keyframes at once',
    change: (c) => {
      poster(c).common_keyframes[0].keyframe_list[1].time_offset = 0;
    },
  },
  {
    code: 'DR062',
    what: 'a keyframe out of range',
    change: (c) => {
      poster(c).common_keyframes[1].keyframe_list[1].values = [5];
    },
  },
  {
    code: 'DR063',
    what: 'two ways to scale',
    change: (c) => {
      curve(poster(c), 'KFTypeScaleY', [
        [0, 1],
        [1_000_000, 2],
      ]);
    },
  },
  {
    code: 'DR064',
    what: 'a sound that moves',
    change: (c) => {
      curve(sound(c), 'KFTypePositionX', [
        [0, 1],
        [1_000_000, 2],
      ]);
    },
  },
  {
    code: 'DR065',
    what: 'a single keyframe',
    change: (c) => {
      curve(poster(c), 'KFTypeRotation', [[0, 45]]);
    },
    fixable: true,
  },
  {
    code: 'DR066',
    what: 'keyframes on a trimmed clip',
    change: (c) => {
      curve(clip(c, 1), 'KFTypeRotation', [
        [0, 0],
        [1_000_000, 45],
      ]);
    },
  },
  {
    code: 'DR067',
    what: 'an opacity curve for CapCut',
    profile: 'capcut-mac',
    change: (c) => {
      curve(poster(c), 'KFTypeAlpha', [
        [0, 1],
        [1_000_000, 0.5],
      ]);
    },
  },
  {
    code: 'DR068',
    what: 'another value than the first keyframe',
    change: (c) => {
      poster(c).clip.transform.x = 0.7;
    },
    fixable: true,
  },
  {
    code: 'DR070',
    what: 'two in animations',
    change: (c) => {
      for (const _ of [1, 2]) animate(c, { type: 'in', start: 0, duration: 500_000 });
    },
  },
  {
    code: 'DR071',
    what: 'group and in',
    change: (c) => {
      animate(c, { type: 'in', start: 0, duration: 500_000 }, { type: 'group', start: 0, duration: 500_000 });
    },
  },
  {
    code: 'DR072',
    what: 'a long animation',
    change: (c) => {
      animate(c, { type: 'out', start: -1_000_000, duration: 5_000_000 });
    },
  },
  {
    code: 'DR073',
    what: 'in and out cross',
    change: (c) => {
      animate(
        c,
        { type: 'in', start: 0, duration: 3_000_000 },
        { type: 'out', start: 1_000_000, duration: 3_000_000 },
      );
    },
  },
  {
    code: 'DR074',
    what: 'a transition to nowhere',
    change: (c) => {
      transition(c, 500_000, clip(c, 1));
    },
  },
  {
    code: 'DR075',
    what: 'a long transition',
    change: (c) => {
      transition(c, 4_500_000);
    },
    also: ['DR077'],
  },
  {
    code: 'DR076',
    what: 'two transitions',
    change: (c) => {
      for (const _ of [1, 2]) transition(c, 500_000);
    },
  },
  {
    code: 'DR077',
    what: 'a transition without material',
    change: (c) => {
      transition(c, 500_000);
      file(c, clip(c)).duration = 4_000_000;
    },
  },
  {
    code: 'DR078',
    what: 'a transition on an overlay',
    change: (c) => {
      const copy = structuredClone(poster(c));
      overlay(c).segments.push({
        ...copy,
        id: 'copy',
        common_keyframes: [],
        extra_material_refs: [],
        target_timerange: { start: 4_000_000, duration: 3_000_000 },
      });
      transition(c, 500_000, poster(c));
    },
  },
  {
    code: 'DR083',
    what: 'a filter of 500 %',
    change: (c) => {
      companion(c, clip(c), 'effects', { type: 'filter', ...warm, value: 5 });
    },
  },
  {
    code: 'DR084',
    what: 'an effect out of range',
    change: (c) => {
      companion(c, clip(c), 'video_effects', {
        name: 'x',
        adjust_params: [{ name: 'speed', min_value: 0, max_value: 1, value: 2, default_value: 0 }],
      });
    },
  },
  {
    code: 'DR086',
    what: 'a default out of range',
    change: (c) => {
      companion(c, clip(c), 'video_effects', {
        name: 'x',
        adjust_params: [{ name: 'speed', min_value: 0, max_value: 1, value: 1, default_value: 2 }],
      });
    },
    fixable: true,
  },
  {
    code: 'DR088',
    what: 'two effects of a category',
    change: (c) => {
      for (const _ of [1, 2]) companion(c, sound(c), 'audio_effects', { category_id: 'tone' });
    },
  },
  {
    code: 'DR089',
    what: 'speech to song',
    change: (c) => {
      companion(c, sound(c), 'audio_effects', { category_id: 'speech_to_song', production_path: '' });
    },
  },
  {
    code: 'DR090',
    what: 'a long fade',
    change: (c) => {
      fade(c).fade_in_duration = 9_000_000;
    },
  },
  {
    code: 'DR091',
    what: 'two fades',
    change: (c) => {
      companion(c, sound(c), 'audio_fades', { fade_in_duration: 1, fade_out_duration: 1 });
    },
  },
  {
    code: 'DR092',
    what: 'a loud picture',
    change: (c) => {
      poster(c).volume = 2;
    },
  },
  {
    code: 'DR094',
    what: 'a sound with a picture',
    change: (c) => {
      sound(c).clip = { alpha: 1 };
    },
    fixable: true,
  },
  {
    code: 'DR100',
    what: 'ranges in bytes',
    change: (c) =>
      inText(c, ({ styles }) => {
        for (const style of styles) style.range = style.range.map((at: number) => at * 2);
      }),
    fixable: true,
  },
  {
    code: 'DR100',
    what: 'ranges in code points',
    change: (c) =>
      inText(c, ({ styles, text: words }) => {
        styles.at(-1).range[1] = [...words].length;
      }),
    fixable: true,
  },
  {
    code: 'DR101',
    what: 'a gap between ranges',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].range[1] -= 2;
      }),
    fixable: true,
  },
  {
    code: 'DR101',
    what: 'a character cut in two',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].range[1] = 7;
        styles[1].range[0] = 7;
      }),
    fixable: true,
  },
  {
    code: 'DR102',
    what: 'an empty text',
    change: (c) =>
      inText(c, (inner) => {
        inner.text = ' ';
        inner.styles = [{ ...inner.styles[0], range: [0, 1] }];
      }),
  },
  {
    code: 'DR103',
    what: 'decoration without its entry',
    change: (c) =>
      inText(c, ({ styles }) => {
        for (const style of styles) style.effectStyle = { id: '1', path: '' };
      }),
  },
  {
    code: 'DR104',
    what: 'a font that is gone',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].font = { id: '', path: './fonts/gone.ttf' };
      }),
  },
  {
    code: 'DR105',
    what: 'a text that is no JSON',
    change: (c) => {
      text(c).content = 'Hello';
    },
  },
  {
    code: 'DR106',
    what: 'a colour out of range',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].fill.content.solid.color[0] = 255;
      }),
  },
  {
    code: 'DR107',
    what: 'an alignment of no kind',
    change: (c) => {
      text(c).alignment = 9;
    },
  },
  {
    code: 'DR110',
    what: 'a caption that is too fast',
    change: (c) => captions(c, () => say(c, '一二三四五六七八九十一二\n一二三四五六七八九十一二')),
  },
  {
    code: 'DR113',
    what: 'a gap that flickers',
    change: (c) =>
      captions(c, () => {
        title(c).target_timerange.duration -= 33_333;
      }),
  },
  {
    code: 'DR114',
    what: 'a long line',
    change: (c) => captions(c, () => say(c, '一二三四五六七八九十一二三四五六七八九')),
  },
  { code: 'DR115', what: 'three lines', change: (c) => captions(c, () => say(c, 'a\nb\nc')) },
  {
    code: 'DR116',
    what: 'a short caption',
    change: (c) =>
      captions(c, () => {
        say(c, 'Hi');
        title(c).target_timerange.duration = 500_000;
      }),
  },
  {
    code: 'DR117',
    what: 'a long caption',
    change: (c) =>
      captions(c, () => {
        titles(c).segments[1].target_timerange.duration = 8_000_000;
        c.duration = 10_000_000;
      }),
    also: ['DR156'],
  },
  {
    code: 'DR118',
    what: 'a caption at the edge',
    change: (c) =>
      captions(c, () => {
        title(c).clip.transform.y = -0.95;
      }),
  },
  {
    code: 'DR120',
    what: 'a file that is gone',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      file(c, sound(c)).path = './gone.mp3';
      for (const entry of m.draft_materials[0].value)
        if (entry.file_Path === old) entry.file_Path = './gone.mp3';
    },
  },
  {
    code: 'DR121',
    what: 'an address',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      file(c, sound(c)).path = 'https://example.com/a.mp3';
      for (const entry of m.draft_materials[0].value)
        if (entry.file_Path === old) entry.file_Path = 'https://example.com/a.mp3';
    },
  },
  {
    code: 'DR122',
    what: 'a file elsewhere',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = process.execPath;
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value) if (entry.file_Path === old) entry.file_Path = path;
    },
    profile: 'jianying-11-mac',
  },
  {
    code: 'DR123',
    what: 'a file on the desktop',
    profile: 'jianying-11-mac',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = '/Users/me/Desktop/a.mp3';
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value) if (entry.file_Path === old) entry.file_Path = path;
    },
    also: ['DR120'],
  },
  {
    code: 'DR124',
    what: 'a Windows path',
    profile: 'jianying-11-mac',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = 'C:\\a.mp3';
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value) if (entry.file_Path === old) entry.file_Path = path;
    },
    also: ['DR122'],
  },
  {
    code: 'DR126',
    what: 'a path that leaves the draft',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = '../../a.mp3';
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value) if (entry.file_Path === old) entry.file_Path = path;
    },
  },
  { code: 'DR127', what: 'names that differ in case only', files: { 'a.TXT': '1', 'A.txt': '2' } },
  {
    code: 'DR130',
    what: 'no width',
    change: (c) => {
      file(c, clip(c)).width = 0;
    },
  },
  {
    code: 'DR131',
    what: 'a foreign token',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = old.replace(/^.*(?=\/assets)/, `##_draftpath_placeholder_${GUID}_##`);
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value)
        if (entry.file_Path === old) entry.file_Path = path.replace(/^##.*##/, DRAFT_PATH_TOKEN);
    },
    fixable: true,
  },
  {
    code: 'DR140',
    what: 'a file that is not listed',
    profile: 'jianying-11-mac',
    change: (_c, m) => {
      m.draft_materials[0].value.pop();
    },
    fixable: true,
  },
  {
    code: 'DR141',
    what: 'a blank link',
    profile: 'jianying-11-mac',
    change: (c) => {
      file(c, sound(c)).local_material_id = '';
    },
    fixable: true,
  },
  { code: 'DR142', what: 'no file for Windows', files: { 'draft_content.json': undefined } },
  { code: 'DR143', what: 'mirrors differ', files: { 'draft_info.json': '{"tracks":[]}' } },
  {
    code: 'DR144',
    what: 'no version',
    change: (c) => {
      delete c.new_version;
    },
    fixable: true,
  },
  {
    code: 'DR146',
    what: 'a device id',
    change: (c) => {
      c.platform.device_id = 'c4ca4238a0b923820dcc509a6f75849b';
    },
    fixable: true,
  },
  {
    code: 'DR147',
    what: 'not in the list of the app',
    files: { '../root_meta_info.json': '{"all_draft_store":[]}' },
  },
  {
    code: 'DR156',
    what: 'another length in the list of the app',
    files: {
      '../root_meta_info.json': JSON.stringify({
        all_draft_store: [{ draft_fold_path: 'C:\\drafts\\My draft', tm_duration: 5_000_000 }],
      }),
    },
  },
  {
    code: 'DR079',
    what: 'a filter that has only a name',
    change: (c) => void filter(c, { resource_id: '', effect_id: '' }),
    fixable: true,
  },
  {
    code: 'DR079',
    what: 'a filter with the name that the other app has for it',
    change: (c) => void filter(c, { name: 'Warm Days', resource_id: '', effect_id: '' }),
    fixable: true,
  },
  {
    code: 'DR079',
    what: 'a filter with a name that is nearly one',
    change: (c) => void filter(c, { name: 'War_m', resource_id: '', effect_id: '' }),
  },
  {
    code: 'DR079',
    what: 'a filter with a name that nobody knows',
    change: (c) => void filter(c, { name: 'wram', resource_id: '', effect_id: '' }),
  },
  {
    code: 'DR080',
    what: 'a filter with a name that two have',
    change: (c) => void filter(c, { name: 'grain', resource_id: '', effect_id: '' }),
  },
  {
    code: 'DR081',
    what: 'a filter of the other app that is there as well',
    change: (c) => void filter(c, { name: 'Warm Days', resource_id: '1210', effect_id: '1210' }),
    fixable: true,
  },
  {
    code: 'DR081',
    what: 'an effect of the other app',
    change: (c) =>
      void companion(c, clip(c), 'video_effects', {
        type: 'video_effect',
        name: 'Drizzle',
        resource_id: '1215',
        effect_id: '1215',
      }),
  },
  {
    code: 'DR082',
    what: 'a filter that needs a membership',
    change: (c) => void filter(c, { name: 'gold', resource_id: '1112', effect_id: '1112' }),
  },
  {
    code: 'DR085',
    what: 'a parameter too many',
    change: (c) =>
      void companion(c, clip(c), 'video_effects', {
        type: 'video_effect',
        name: 'sparkle',
        resource_id: '1116',
        effect_id: '2116',
        adjust_params: [{ name: 'speed', min_value: 0, max_value: 1, value: 0, default_value: 0 }],
      }),
  },
  {
    code: 'DR087',
    what: 'a filter that nobody knows',
    change: (c) => void filter(c, { name: 'x', resource_id: '999', effect_id: '999' }),
  },
  {
    code: 'DR093',
    what: 'a video that has no picture',
    options: {
      files: inFiles(/^.*\.mp4$/, {
        extension: 'mp4',
        facts: { kind: 'audio', width: 0, height: 0, durationUs: 10_000_000, hasAudio: true },
      }),
    },
  },
  {
    code: 'DR093',
    what: 'a sound that is a video',
    options: {
      files: inFiles(/^.*\.mp3$/, {
        extension: 'mp3',
        facts: { kind: 'video', width: 9, height: 9, durationUs: 30_000_000, hasAudio: true },
      }),
    },
  },
  {
    code: 'DR108',
    what: 'a text that is wider than the canvas',
    change: (c) => say(c, 'wide '.repeat(40).trim()),
  },
  {
    code: 'DR111',
    what: 'captions that overlap',
    change: (c) =>
      captions(c, () => {
        title(c).target_timerange.duration += 500_000;
      }),
  },
  {
    code: 'DR111',
    what: 'captions that overlap by a rounding',
    change: (c) =>
      captions(c, () => {
        title(c).target_timerange.duration += 1;
      }),
    fixable: true,
  },
  {
    code: 'DR112',
    what: 'captions of two tracks at one place',
    change: (c) =>
      captions(c, () => {
        const [first, second] = titles(c).segments;
        const copy = structuredClone(titles(c));
        Object.assign(copy, { id: 'more-titles', name: 'more titles', segments: [second] });
        titles(c).segments = [first];
        Object.assign(second.target_timerange, { start: 1_000_000 });
        second.render_index = 15_001;
        c.tracks.push(copy);
      }),
  },
  {
    code: 'DR119',
    what: 'a caption with blanks at its end',
    change: (c) => captions(c, () => say(c, 'Hello  there ')),
    fixable: true,
  },
  {
    code: 'DR119',
    what: 'a caption of several styles with a doubled blank',
    change: (c) =>
      captions(c, () =>
        inText(c, (inner) => {
          inner.text = `ab  ${inner.text.slice(4)}`;
        }),
      ),
  },
  {
    code: 'DR128',
    what: 'a picture with another extension',
    options: {
      files: inFiles(/\.png$/, {
        extension: 'jpg',
        facts: { kind: 'photo', width: 800, height: 600, durationUs: 0, hasAudio: false },
      }),
    },
  },
  {
    code: 'DR132',
    what: 'a sound that is longer than it says',
    options: {
      files: inFiles(/\.mp3$/, {
        extension: 'mp3',
        facts: { kind: 'audio', width: 0, height: 0, durationUs: 31_000_000, hasAudio: true },
      }),
    },
    fixable: true,
  },
  {
    code: 'DR145',
    what: 'markers of long ago',
    options: { newestVersion: '8.1.0' },
  },
  {
    code: 'DR148',
    what: 'another timeline below',
    files: {
      [`Timelines/${GUID}/draft_content.json`]: '{"tracks":[]}',
      'Timelines/project.json': `{"main_timeline_id":"${GUID}"}`,
    },
    also: ['DR018', 'DR015', 'DR034', 'DR144', 'DR156'],
  },
  {
    code: 'DR154',
    what: 'no name',
    change: (_c, m) => {
      m.draft_name = '';
    },
    fixable: true,
  },
  { code: 'DR155', what: 'no cover', files: { 'draft_cover.jpg': undefined } },
  {
    code: 'DR156',
    what: 'an old length',
    change: (_c, m) => {
      m.tm_duration = 1;
    },
    fixable: true,
  },
  {
    code: 'DR157',
    what: 'an array that nobody reads',
    change: (c) => {
      companion(c, clip(c), 'glitters', {});
    },
  },
];
