import type { CatalogEntry } from '@cozecut/catalog';

/** Names of the mask shapes in both languages, by the word that the apps use for the shape. */
const MASK_NAMES: readonly { shapes: readonly string[]; chinese: string; english: string }[] = [
  { shapes: ['line'], chinese: '线性', english: 'Split' },
  { shapes: ['mirror'], chinese: '镜面', english: 'Filmstrip' },
  { shapes: ['circle'], chinese: '圆形', english: 'Circle' },
  { shapes: ['rectangle'], chinese: '矩形', english: 'Rectangle' },
  { shapes: ['heart'], chinese: '爱心', english: 'Heart' },
  { shapes: ['pentagram'], chinese: '星形', english: 'Stars' },
];

/** Masks of JianYing 11, seen in drafts of 11.4 and 11.5: [shape, resource id, effect id, width / height]. */
const JIANYING_11_MASKS = [
  ['line', '7356933362960831003', '82432976', 1],
  ['mirror', '7356933823327638042', '82432979', 1],
  ['circle', '7356934080102928946', '82432977', 1],
  ['rectangle', '7356934318301647410', '82432980', 1],
  ['heart', '7416258912162157068', '83244815', 1.1148148148],
  ['pentagram', '7416258989467374091', '83244852', 1.0471014493],
] as const;

/** Mix modes of JianYing: [name, usual English name, resource id, effect id]. */
const JIANYING_MIX_MODES = [
  ['正片叠底', 'Multiply', '6758325895519277582', '871333'],
  ['颜色减淡', 'Color Dodge', '6758325800031752712', '871334'],
  ['颜色加深', 'Color Burn', '6758325724848853518', '871335'],
  ['线性加深', 'Linear Burn', '6758325619253056013', '871336'],
  ['柔光', 'Soft Light', '6758325439212556814', '871337'],
  ['强光', 'Hard Light', '6758325264670790152', '871338'],
  ['滤色', 'Screen', '6758325170760323597', '871339'],
  ['叠加', 'Overlay', '6758324989931295240', '871340'],
  ['变亮', 'Lighten', '6758324919789949453', '871341'],
  ['变暗', 'Darken', '6758324839670354445', '871342'],
] as const;

/** The tables that no package carries. */
export function smallTables(): CatalogEntry[] {
  const masks = JIANYING_11_MASKS.map(
    ([shape, resourceId, effectId, defaultAspectRatio]): CatalogEntry => ({
      app: 'jianying',
      kind: 'common-mask',
      name: MASK_NAMES.find(({ shapes }) => shapes.includes(shape))!.chinese,
      resourceId,
      effectId,
      resourceType: shape,
      defaultAspectRatio,
      origin: 'built-in',
    }),
  );
  const mixModes = JIANYING_MIX_MODES.map(
    ([name, english, resourceId, effectId]): CatalogEntry => ({
      app: 'jianying',
      kind: 'mix-mode',
      name,
      resourceId,
      effectId,
      vip: false,
      altNames: [english],
      origin: 'built-in',
    }),
  );
  return [...masks, ...mixModes];
}

/** A mask with its name in the other language, so that one timeline does for both apps. */
export function withBothNames(entry: CatalogEntry): CatalogEntry {
  if (entry.kind !== 'mask' && entry.kind !== 'common-mask') return entry;
  const names = MASK_NAMES.find(
    ({ shapes, chinese }) => shapes.includes(entry.resourceType ?? '') || chinese === entry.name,
  );
  if (names === undefined) return entry;
  const other = entry.name === names.chinese ? names.english : names.chinese;
  return { ...entry, altNames: [...(entry.altNames ?? []), other] };
}
