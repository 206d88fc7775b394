/** One mistake in `goodTimeline()` and the finding it gives. */
export interface Mistake {
  /** Path to change, from the timeline. */
  at: string;
  value: unknown;
  code: string;
  severity: 'error' | 'warning' | 'info';
  /** Part of the pointer of the finding, when it is not `at`. */
  pointer?: string;
}

const video = 'tracks.0.clips.0';
const photo = 'tracks.0.clips.1';
const audio = 'tracks.1.clips.0';
const text = 'tracks.2.clips.0';
const error = 'error' as const;
const warning = 'warning' as const;
const info = 'info' as const;

/** Mistakes by rule; each changes one value. */
export const mistakes: Mistake[] = [
  { at: `${photo}.start`, value: 1, code: 'DR001', severity: error, pointer: '/tracks/0/clips/1' },
  { at: `${audio}.start`, value: -1, code: 'DR002', severity: error },
  { at: `${text}.duration`, value: 0, code: 'DR003', severity: error },
  { at: `${text}.duration`, value: -1, code: 'DR003', severity: error },
  {
    at: `${video}.source`,
    value: { duration: 0 },
    code: 'DR003',
    severity: error,
    pointer: '/source/duration',
  },
  { at: `${photo}.duration`, value: undefined, code: 'DR003', severity: error, pointer: '/tracks/0/clips/1' },
  { at: `${text}.start`, value: Number.NaN, code: 'DR004', severity: error },
  { at: `${text}.start`, value: Number.POSITIVE_INFINITY, code: 'DR004', severity: error },
  { at: `${text}.start`, value: 1e13, code: 'DR004', severity: error },
  { at: `${text}.start`, value: true, code: 'DR004', severity: error },
  { at: `${text}.start`, value: '5', code: 'DR005', severity: error },
  { at: `${text}.start`, value: '', code: 'DR005', severity: error },
  { at: `${text}.start`, value: '1s500', code: 'DR005', severity: error },
  { at: 'timeUnit', value: undefined, code: 'DR005', severity: error, pointer: '' },
  { at: `${video}.start`, value: 1, code: 'DR006', severity: warning },
  { at: `${video}.duration`, value: 1, code: 'DR007', severity: warning, pointer: '/tracks/0/clips/1/start' },
  { at: `${text}.start`, value: 1.01, code: 'DR008', severity: info, pointer: '/tracks/2/clips/0' },
  { at: `${text}.duration`, value: '5ms', code: 'DR009', severity: info },
  {
    at: 'tracks.2.clips.0',
    value: { media: 'talk.mp4', start: 0, duration: 1 },
    code: 'DR010',
    severity: error,
  },
  { at: 'tracks.1.type', value: 'text', code: 'DR010', severity: error, pointer: '/tracks/1/clips/0' },
  { at: 'tracks.1.type', value: 'vidoe', code: 'DR010', severity: error, pointer: '/tracks/1' },
  { at: 'tracks.2.name', value: 'main', code: 'DR011', severity: error },
  { at: 'tracks.2.clips', value: [], code: 'DR013', severity: warning, pointer: '/tracks/2' },
  { at: `${text}.id`, value: 'a', code: 'DR014', severity: error },
  { at: 'tracks.2.absoluteLayer', value: 0, code: 'DR017', severity: warning, pointer: '/tracks/2' },
  {
    at: 'tracks.2',
    value: { type: 'text', layer: 1, absoluteLayer: 2, clips: [{ text: 'x', start: 0, duration: 1 }] },
    code: 'DR017',
    severity: error,
  },
  { at: 'canvas.fps', value: 29.97, code: 'DR018', severity: error },
  { at: 'canvas.width', value: 8, code: 'DR018', severity: error },
  { at: 'canvas.height', value: 9000, code: 'DR018', severity: error },
  { at: 'canvas.height', value: 'tall', code: 'DR018', severity: error },
  { at: `${video}.source`, value: { start: 9 }, code: 'DR020', severity: error },
  { at: `${video}.source`, value: { start: 8.01 }, code: 'DR021', severity: warning },
  { at: `${video}.speed`, value: 0, code: 'DR022', severity: error },
  { at: `${video}.speed`, value: -1, code: 'DR022', severity: error },
  { at: `${audio}.speed`, value: Number.NaN, code: 'DR022', severity: error },
  { at: `${audio}.speed`, value: 0.05, code: 'DR023', severity: warning },
  {
    at: `${video}`,
    value: { media: 'talk.mp4', start: 0, duration: 2, speed: 2, source: { duration: 3 } },
    code: 'DR024',
    severity: error,
    pointer: '/source',
  },
  { at: `${photo}.speed`, value: 2, code: 'DR025', severity: error },
  { at: `${photo}.source`, value: { start: 1 }, code: 'DR025', severity: error },
  { at: `${audio}.speed`, value: 1.01, code: 'DR026', severity: info },
  { at: `${video}.reverse`, value: true, code: 'DR027', severity: error },
  { at: `${audio}.volume`, value: -3, code: 'DR028', severity: error },
  { at: `${audio}.volume`, value: 11, code: 'DR029', severity: warning },
  { at: `${audio}.volume`, value: 5, code: 'DR029', severity: info },
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
  { at: `${video}.background`, value: { type: 'color', color: 'red' }, code: 'DR050', severity: error },
  {
    at: `${video}.background`,
    value: { type: 'blur', level: 0.5 },
    code: 'DR052',
    severity: info,
    pointer: '/level',
  },
  {
    at: `${video}.keyframes`,
    value: {
      positionX: [
        [0, 0],
        [9, 1],
      ],
    },
    code: 'DR060',
    severity: error,
    pointer: '/positionX/1',
  },
  {
    at: `${video}.keyframes`,
    value: {
      rotation: [
        [1, 0],
        [1, 1],
      ],
    },
    code: 'DR061',
    severity: error,
    pointer: '/rotation/1',
  },
  {
    at: `${video}.keyframes`,
    value: {
      opacity: [
        [0, 5],
        [1, 1],
      ],
    },
    code: 'DR062',
    severity: error,
    pointer: '/opacity/0',
  },
  {
    at: `${video}.keyframes`,
    value: {
      scale: [
        [0, 1],
        [1, 2],
      ],
      scaleX: [
        [0, 1],
        [1, 2],
      ],
    },
    code: 'DR063',
    severity: error,
    pointer: '/scale',
  },
  {
    at: `${video}.transform`,
    value: { scale: 1, scaleX: 2 },
    code: 'DR063',
    severity: error,
    pointer: '/scale',
  },
  {
    at: `${text}.keyframes`,
    value: {
      volume: [
        [0, 1],
        [1, 2],
      ],
    },
    code: 'DR064',
    severity: error,
    pointer: '/volume',
  },
  {
    at: `${audio}.keyframes`,
    value: {
      rotation: [
        [0, 1],
        [1, 2],
      ],
    },
    code: 'DR064',
    severity: error,
    pointer: '/rotation',
  },
  {
    at: `${video}.keyframes`,
    value: { rotation: [[0, 1]] },
    code: 'DR065',
    severity: info,
    pointer: '/rotation',
  },
  {
    at: `${video}`,
    value: {
      id: 'a',
      media: 'talk.mp4',
      start: 0,
      duration: 2,
      speed: 2,
      keyframes: {
        rotation: [
          [0, 1],
          [1, 2],
        ],
      },
    },
    code: 'DR066',
    severity: warning,
    pointer: '/keyframes',
  },
  {
    at: `${text}`,
    value: {
      text: 'x',
      start: 0,
      duration: 2,
      transform: { x: 1 },
      keyframes: {
        positionX: [
          [0, 0],
          [1, 1],
        ],
      },
    },
    code: 'DR068',
    severity: warning,
    pointer: '/positionX',
  },
  {
    at: `${video}.keyframes`,
    value: {
      rotation: [
        [0, 1, 'bouncy'],
        [1, 2],
      ],
    },
    code: 'DR069',
    severity: error,
    pointer: '/rotation/0',
  },
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
  ...resourceMistakes(),
  { at: `${audio}.fade`, value: { in: 3, out: 3 }, code: 'DR090', severity: error },
  { at: `${audio}.fade`, value: { in: -1 }, code: 'DR090', severity: error },
  { at: `${photo}.volume`, value: 2, code: 'DR092', severity: warning, pointer: '/tracks/0/clips/1' },
  { at: `${photo}.fade`, value: { in: 1 }, code: 'DR092', severity: warning, pointer: '/tracks/0/clips/1' },
  { at: `${audio}.media`, value: 'talk.mp4', code: 'DR093', severity: error },
  { at: `${video}.media`, value: 'song.mp3', code: 'DR093', severity: error },
  { at: `${text}.ranges`, value: [{ start: 0, end: 16, style: {} }], code: 'DR100', severity: error },
  { at: `${text}.ranges`, value: [{ start: 0, end: 7, style: {} }], code: 'DR100', severity: error },
  { at: `${text}.ranges`, value: [{ start: 0, end: 9, style: {} }], code: 'DR101', severity: error },
  { at: `${text}.ranges`, value: [{ start: 1, end: 7, style: {} }], code: 'DR101', severity: error },
  { at: `${text}.ranges`, value: [{ match: 'Bye', style: {} }], code: 'DR101', severity: error },
  { at: `${text}.ranges`, value: [{ match: 'l', occurrence: 3, style: {} }], code: 'DR101', severity: error },
  { at: `${text}.ranges`, value: [{ match: '\ud83d', style: {} }], code: 'DR101', severity: error },
  {
    at: `${text}.ranges`,
    value: [
      { match: 'ell', style: {} },
      { start: 3, end: 5, style: {} },
    ],
    code: 'DR101',
    severity: error,
  },
  { at: `${text}.ranges`, value: [{ start: 2, end: 2, style: {} }], code: 'DR101', severity: error },
  {
    at: `${text}.ranges`,
    value: [
      { start: 2, end: 4, style: {} },
      { start: 0, end: 3, style: {} },
    ],
    code: 'DR101',
    severity: error,
  },
  { at: `${text}.text`, value: ' \n', code: 'DR102', severity: error },
  { at: `${text}.style`, value: { opacity: 2 }, code: 'DR106', severity: error, pointer: '/style/opacity' },
  {
    at: `${text}.style`,
    value: { color: [0, 0, 255] },
    code: 'DR106',
    severity: error,
    pointer: '/style/color',
  },
  {
    at: `${text}.style`,
    value: { border: { width: 101 } },
    code: 'DR106',
    severity: error,
    pointer: '/border/width',
  },
  {
    at: `${text}.style`,
    value: { shadow: { angle: 200 } },
    code: 'DR106',
    severity: error,
    pointer: '/shadow/angle',
  },
  {
    at: `${text}.ranges`,
    value: [{ start: 0, end: 1, style: { shadow: { angle: 200 } } }],
    code: 'DR106',
    severity: error,
    pointer: '/ranges/0/style/shadow/angle',
  },
  { at: `${text}.style`, value: { size: 0 }, code: 'DR107', severity: error, pointer: '/style/size' },
  {
    at: `${text}.style`,
    value: { maxLineWidth: 1.5 },
    code: 'DR107',
    severity: error,
    pointer: '/maxLineWidth',
  },
  { at: `${text}.style`, value: { align: 'middle' }, code: 'DR107', severity: error, pointer: '/align' },
  { at: `${text}.text`, value: '一'.repeat(23), code: 'DR108', severity: warning },
  { at: `${text}.text`, value: 'a\n'.repeat(12), code: 'DR108', severity: warning },
  { at: 'tracks.2.defaults', value: { style: { size: -1 } }, code: 'DR107', severity: error },
  { at: 'tracks.2.defaults', value: { transform: { opacity: 2 } }, code: 'DR040', severity: error },
  { at: 'tracks.2.defaults', value: { colour: 1 }, code: 'DR162', severity: error },
  { at: 'tracks.0.defaults', value: {}, code: 'DR162', severity: error },
  { at: 'tracks.0.captions', value: true, code: 'DR162', severity: error },
  { at: `${audio}.media`, value: 'gone.mp3', code: 'DR120', severity: error },
  { at: `${audio}.media`, value: 'https://example.com/a.mp3', code: 'DR121', severity: error },
  { at: `${audio}.media`, value: undefined, code: 'DR165', severity: error, pointer: '/tracks/1/clips/0' },
  { at: `${audio}.volum`, value: 1, code: 'DR162', severity: error },
];

/** Mistakes in what the catalog of the tests gives. */
function resourceMistakes(): Mistake[] {
  const mask = `${video}.mask`;
  const chroma = `${video}.chroma`;
  const animation = (value: object): Pick<Mistake, 'at' | 'value'> => ({ at: `${video}.animations`, value });
  const effect = (params: object, name = 'rain'): Pick<Mistake, 'at' | 'value'> => ({
    at: `${video}.effects`,
    value: [{ name, params }],
  });
  const filter = (value: object): Pick<Mistake, 'at' | 'value'> => ({
    at: `${video}.filters`,
    value: [value],
  });
  return [
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
    { at: `${audio}.fade`, value: [{ in: 1 }], code: 'DR091', severity: error },
    { at: `${text}.decoration`, value: {}, code: 'DR103', severity: error },
    { at: `${text}.style`, value: { font: { id: '99' } }, code: 'DR104', severity: warning },
    { at: `${text}.style`, value: { font: { file: 'gone.ttf' } }, code: 'DR120', severity: error },
    {
      at: `${text}.style`,
      value: { font: { file: 'https://example.com/a.ttf' } },
      code: 'DR121',
      severity: error,
    },
    { at: `${text}.style`, value: { font: { file: 'song.mp3' } }, code: 'DR093', severity: error },
    {
      at: `${text}.style`,
      value: { font: { file: 'round.ttf', name: 'Block' } },
      code: 'DR162',
      severity: error,
    },
    { at: `${video}.media`, value: 'round.ttf', code: 'DR093', severity: error },
  ];
}
