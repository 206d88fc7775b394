import { clip, curve, type DraftMistake, poster, sound } from './parts.ts';

/** A minimal breaking draft for every rule about curves. */
export const curvesMistakes: readonly DraftMistake[] = [
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
];
