import { error, info, type Mistake, text, video, warning } from './parts.ts';

const mask = `${video}.mask`;
const chroma = `${video}.chroma`;

/** Mistakes in what a clip looks like: DR040 to DR054. */
export const pictureMistakes: Mistake[] = [
  { at: `${video}.transform`, value: { opacity: 1.2 }, code: 'DR040', severity: error, pointer: '/opacity' },
  { at: `${text}.transform`, value: { scale: 0 }, code: 'DR041', severity: error, pointer: '/scale' },
  { at: `${text}.transform`, value: { scaleX: 11 }, code: 'DR041', severity: warning, pointer: '/scaleX' },
  { at: `${video}.transform`, value: { x: 2 }, code: 'DR042', severity: warning },
  { at: `${video}.crop`, value: { left: 0.6, right: 0.5 }, code: 'DR043', severity: error },
  { at: `${video}.crop`, value: { bottom: 1.1 }, code: 'DR043', severity: error },
  {
    at: `${video}.background`,
    value: { type: 'blur', level: 2 },
    code: 'DR050',
    severity: error,
    pointer: '/level',
  },
  { at: `${video}.background`, value: { type: 'glow' }, code: 'DR050', severity: error },
  { at: `${video}.background`, value: [{ type: 'blur' }], code: 'DR050', severity: error },
  { at: `${video}.background`, value: { type: 'color', color: 'red' }, code: 'DR050', severity: error },
  {
    at: `${video}.background`,
    value: { type: 'blur', level: 0.5 },
    code: 'DR052',
    severity: info,
    pointer: '/level',
  },
  { at: mask, value: [{ shape: 'circle' }, { shape: 'star' }], code: 'DR045', severity: error },
  { at: mask, value: { shape: 'star', rectWidth: 0.5 }, code: 'DR046', severity: error },
  { at: mask, value: { shape: 'line', roundCorner: 5 }, code: 'DR046', severity: error },
  { at: mask, value: { shape: 'star', feather: 101 }, code: 'DR048', severity: error },
  { at: mask, value: { shape: 'rectangle', roundCorner: -1 }, code: 'DR048', severity: error },
  { at: mask, value: { shape: 'star', size: 0 }, code: 'DR048', severity: error },
  { at: mask, value: { shape: 'rectangle', rectWidth: -1 }, code: 'DR048', severity: error },
  { at: mask, value: { shape: 'moon' }, code: 'DR048', severity: error },
  { at: mask, value: { shape: 'line', size: 0.3 }, code: 'DR049', severity: warning },
  { at: `${video}.mixMode`, value: [{ name: 'screen' }], code: 'DR053', severity: error },
  { at: chroma, value: { color: 'green' }, code: 'DR054', severity: error },
  { at: chroma, value: { color: '#00FF00', spill: 101 }, code: 'DR054', severity: error },
];
