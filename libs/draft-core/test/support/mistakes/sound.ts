import { audio, error, type Mistake, photo, warning } from './parts.ts';

/** Mistakes in volumes and fades: DR090 to DR092. */
export const soundMistakes: Mistake[] = [
  { at: `${audio}.fade`, value: { in: 3, out: 3 }, code: 'DR090', severity: error },
  { at: `${audio}.fade`, value: { in: -1 }, code: 'DR090', severity: error },
  { at: `${photo}.volume`, value: 2, code: 'DR092', severity: warning, pointer: '/tracks/0/clips/1' },
  { at: `${photo}.fade`, value: { in: 1 }, code: 'DR092', severity: warning, pointer: '/tracks/0/clips/1' },
  { at: `${audio}.fade`, value: [{ in: 1 }], code: 'DR091', severity: error },
];
