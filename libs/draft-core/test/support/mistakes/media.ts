import { audio, error, type Mistake, video } from './parts.ts';

/** Mistakes in files, and in what is no key: DR093, DR120 to DR165. */
export const mediaMistakes: Mistake[] = [
  { at: `${audio}.media`, value: 'talk.mp4', code: 'DR093', severity: error },
  { at: `${video}.media`, value: 'song.mp3', code: 'DR093', severity: error },
  { at: `${audio}.media`, value: 'gone.mp3', code: 'DR120', severity: error },
  { at: `${audio}.media`, value: 'https://example.com/a.mp3', code: 'DR121', severity: error },
  { at: `${audio}.media`, value: undefined, code: 'DR165', severity: error, pointer: '/tracks/1/clips/0' },
  { at: `${audio}.volum`, value: 1, code: 'DR162', severity: error },
  { at: `${video}.media`, value: 'round.ttf', code: 'DR093', severity: error },
];
