import { audio, error, info, type Mistake, text, video, warning } from './parts.ts';

/** Mistakes in keyframes: DR060 to DR069. */
export const curveMistakes: Mistake[] = [
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
];
