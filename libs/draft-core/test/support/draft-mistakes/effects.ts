import {
  animate,
  clip,
  companion,
  type DraftMistake,
  fade,
  file,
  filter,
  inFiles,
  overlay,
  poster,
  sound,
  transition,
  warm,
} from './parts.ts';

/** A minimal breaking draft for every rule about animations, transitions, effects and sound. */
export const effectsMistakes: readonly DraftMistake[] = [
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
    code: 'DR092',
    what: 'a loud video whose file has no sound',
    change: (c) => {
      clip(c).volume = 2;
    },
    options: {
      files: inFiles(/^.*\.mp4$/, {
        extension: 'mp4',
        facts: { kind: 'video', width: 9, height: 9, durationUs: 10_000_000, hasAudio: false },
      }),
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
];
