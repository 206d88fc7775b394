import {
  type Catalog,
  type CatalogApp,
  type CatalogEntry,
  type CatalogKind,
  createCatalog,
} from '@cozecut/catalog';
import { templateRows } from './text-templates.ts';

type More = Partial<Omit<CatalogEntry, 'parameters'>> & {
  parameters?: [name: string, start: number, min: number, max: number][];
};

/** A row made up for the tests: `1xxx` are resource ids, `2xxx` effect ids. */
function row(
  app: CatalogApp,
  kind: CatalogKind,
  name: string,
  number: number,
  more: More = {},
): CatalogEntry {
  const { parameters, ...rest } = more;
  return {
    app,
    kind,
    name,
    resourceId: `1${number}`,
    effectId: `2${number}`,
    vip: false,
    origin: 'built-in',
    ...rest,
    ...(parameters === undefined
      ? {}
      : {
          parameters: parameters.map(([parameter, start, min, max]) => ({
            name: parameter,
            default: start,
            min,
            max,
          })),
        }),
  };
}

const jianying = (kind: CatalogKind, name: string, number: number, more?: More): CatalogEntry =>
  row('jianying', kind, name, number, more);
const capcut = (kind: CatalogKind, name: string, number: number, more?: More): CatalogEntry =>
  row('capcut', kind, name, number, more);

const halfSecond = { defaultDurationUs: 500_000 };

/** Resources that only exist in the tests. */
export const catalogRows: CatalogEntry[] = [
  jianying('video-intro', 'zoom', 101, halfSecond),
  jianying('video-outro', 'shrink', 102, halfSecond),
  jianying('video-group', 'swing', 103, { defaultDurationUs: 100_000_000 }),
  jianying('text-intro', 'fade', 104, { defaultDurationUs: 300_000 }),
  jianying('text-intro', 'snow', 105, { defaultDurationUs: 60_000_000 }),
  jianying('text-outro', 'fly', 106, { defaultDurationUs: 400_000 }),
  jianying('text-loop', 'pulse', 107, { defaultDurationUs: 0 }),
  jianying('transition', 'wipe', 108, { ...halfSecond, isOverlap: true }),
  jianying('transition', 'slow wipe', 109, { defaultDurationUs: 1_500_000, isOverlap: false }),
  jianying('filter', 'warm', 110, { effectId: '1110', parameters: [['strength', 0.8, 0, 1]] }),
  jianying('filter', 'cool', 111, { effectId: '1111', parameters: [] }),
  jianying('filter', 'gold', 112, { effectId: '1112', vip: true }),
  jianying('filter', 'grain', 113, { effectId: '1113' }),
  jianying('filter', 'grain', 114, { effectId: '1114', vip: true }),
  jianying('video-scene-effect', 'rain', 115, {
    parameters: [
      ['speed', 0.3, 0, 1],
      ['angle', 0, -1, 1],
      ['size', 0.05, 0.1, 1],
    ],
  }),
  jianying('video-scene-effect', 'sparkle', 116, { parameters: [] }),
  jianying('video-scene-effect', 'glow', 117),
  jianying('video-character-effect', 'glow', 118),
  jianying('video-character-effect', 'halo', 119, { parameters: [['size', 0.5, 0, 2]] }),
  jianying('audio-scene-effect', 'hall', 120, { parameters: [['strength', 0.5, 0, 1]] }),
  jianying('audio-scene-effect', 'cave', 121, { parameters: [] }),
  jianying('audio-tone-effect', 'robot', 122),
  jianying('audio-speech-to-song', 'pop', 123, { parameters: [] }),
  jianying('mix-mode', 'screen', 124),
  jianying('font', 'Round Hand', 125),
  jianying('font', 'Block', 126),
  jianying('text-effect', 'neon', 127, { effectId: '1127' }),
  capcut('filter', 'Warm Days', 210, { effectId: '1210', altNames: ['warm'] }),
  capcut('video-intro', 'Zoom', 201, { ...halfSecond, effectId: '1201' }),
  capcut('transition', 'Wipe', 208, { ...halfSecond, isOverlap: true, effectId: '1208' }),
  capcut('video-scene-effect', 'Drizzle', 215, { effectId: '1215', parameters: [['speed', 0.3, 0, 1]] }),
  capcut('audio-tone-effect', 'Robot', 222, { parameters: [] }),
  capcut('font', 'Marker', 225, { effectId: '1225' }),
  ...templateRows,
  // Known by its ids alone.
  jianying('text-template', 'bare template', 130),
];

/** A catalog with {@link catalogRows}. */
export const catalog: Catalog = createCatalog(catalogRows);

/** A catalog in which each app has what JianYing has in {@link catalogRows}, by the same names. */
export const sharedCatalog: Catalog = createCatalog(
  catalogRows
    .filter(({ app }) => app === 'jianying')
    .flatMap((entry) => [entry, { ...entry, app: 'capcut' as const }]),
);
