import { audio, error, info, type Mistake, text, video, warning } from './parts.ts';

const animation = (value: object): Pick<Mistake, 'at' | 'value'> => ({ at: `${video}.animations`, value });
const effect = (params: object, name = 'rain'): Pick<Mistake, 'at' | 'value'> => ({
  at: `${video}.effects`,
  value: [{ name, params }],
});
const filter = (value: object): Pick<Mistake, 'at' | 'value'> => ({
  at: `${video}.filters`,
  value: [value],
});

/** Mistakes in animations, transitions, effects and what they name: DR070 to DR089. */
export const effectMistakes: Mistake[] = [
  {
    at: 'transitions',
    value: [{ after: 'b', name: 'x' }],
    code: 'DR074',
    severity: error,
    pointer: '/transitions/0',
  },
  {
    at: 'transitions',
    value: [{ after: 'a', name: 'x', duration: 2.5 }],
    code: 'DR075',
    severity: error,
    pointer: '/transitions/0',
  },
  {
    at: 'transitions',
    value: [
      { after: 'a', name: 'x' },
      { after: 'a', name: 'y' },
    ],
    code: 'DR076',
    severity: error,
    pointer: '/transitions/1',
  },
  {
    at: 'transitions',
    value: [{ after: 'nobody', name: 'x' }],
    code: 'DR165',
    severity: error,
    pointer: '/transitions/0',
  },
  { ...animation({ in: [{ name: 'zoom' }] }), code: 'DR070', severity: error },
  { ...animation({ in: { name: 'zoom' }, group: { name: 'swing' } }), code: 'DR071', severity: error },
  { ...animation({ out: { name: 'shrink', duration: 3 } }), code: 'DR072', severity: error },
  { ...animation({ group: { name: 'swing', duration: 3 } }), code: 'DR072', severity: error },
  {
    ...animation({ in: { name: 'zoom', duration: 1.2 }, out: { name: 'shrink', duration: 1.2 } }),
    code: 'DR073',
    severity: error,
  },
  { ...animation({ in: { name: 'zoom', duration: 0 } }), code: 'DR003', severity: error },
  { ...animation({ in: { name: 'zoom', duration: 'long' } }), code: 'DR005', severity: error },
  {
    at: `${text}.animations`,
    value: { in: { name: 'fade', duration: 2 }, loop: { name: 'pulse' } },
    code: 'DR072',
    severity: error,
    pointer: '/loop',
  },
  {
    at: `${text}.animations`,
    value: { loop: { name: 'pulse', duration: 1 } },
    code: 'DR161',
    severity: warning,
  },
  {
    at: 'transitions',
    value: [{ after: 'a', name: 'slow wipe' }],
    code: 'DR075',
    severity: warning,
    pointer: '/transitions/0',
  },
  {
    at: 'transitions',
    value: [{ after: 'a', id: '5', effectId: '6' }],
    code: 'DR075',
    severity: error,
    pointer: '/transitions/0',
  },
  {
    at: 'transitions',
    value: [{ after: 'a', name: 'wipe', duration: 0 }],
    code: 'DR003',
    severity: error,
    pointer: '/transitions/0/duration',
  },
  { ...filter({ name: 'worm' }), code: 'DR079', severity: error },
  { ...filter({ name: 'Warm Days' }), code: 'DR079', severity: error },
  { ...filter({}), code: 'DR079', severity: error },
  { ...effect({}, '77'), code: 'DR079', severity: error },
  { at: `${video}.effects`, value: [{ id: '77' }], code: 'DR079', severity: error },
  { at: `${video}.mixMode`, value: { id: '77' }, code: 'DR079', severity: error },
  { ...filter({ name: 'grain' }), code: 'DR080', severity: error },
  { ...effect({}, 'glow'), code: 'DR080', severity: error },
  { ...filter({ id: '1210' }), code: 'DR081', severity: error },
  { ...filter({ name: 'gold' }), code: 'DR082', severity: error },
  { ...filter({ name: 'warm', intensity: 500 }), code: 'DR083', severity: error },
  { ...effect({ speed: 101 }), code: 'DR084', severity: error, pointer: '/effects/0/params/speed' },
  { ...effect({ sped: 1 }), code: 'DR085', severity: error, pointer: '/effects/0/params/sped' },
  { ...effect({ 3: 1 }), code: 'DR085', severity: error },
  { ...effect({ 0: 1, speed: 1 }), code: 'DR085', severity: error },
  { ...effect({ x: 1 }, 'sparkle'), code: 'DR085', severity: error },
  { ...effect({}), code: 'DR086', severity: warning },
  { ...filter({ id: '99' }), code: 'DR087', severity: info },
  {
    at: `${audio}.effects`,
    value: [{ name: 'robot', params: { 0: 1 } }],
    code: 'DR161',
    severity: warning,
  },
  {
    at: `${audio}.effects`,
    value: [{ name: 'robot', params: { size: 1 } }],
    code: 'DR086',
    severity: warning,
  },
  { at: `${audio}.effects`, value: [{ name: 'hall' }, { name: 'cave' }], code: 'DR088', severity: error },
  { at: `${audio}.effects`, value: [{ name: 'pop' }], code: 'DR089', severity: warning },
];
