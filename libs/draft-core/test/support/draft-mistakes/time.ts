import { clip, type DraftMistake, file, main, overlay, poster, sound, text, title } from './parts.ts';

/** A minimal breaking draft for every rule about time and structure. */
export const timeMistakes: readonly DraftMistake[] = [
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
];
