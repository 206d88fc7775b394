import type { CatalogEntry, CatalogKind } from '@cozecut/catalog';
import type { ToolContext } from '@cozecut/plugin-host';
import { entriesOf, nameIn } from '../catalog-entries.ts';
import type { GetTextAnimationsInput, GetTextAnimationsOutput, ToolHandler } from '../tools.gen.ts';

type Kinds = Readonly<Record<'in' | 'out' | 'loop', CatalogKind>>;
type Wanted = Pick<GetTextAnimationsInput, 'app' | 'mode'>;

const TEXT: Kinds = { in: 'text-intro', out: 'text-outro', loop: 'text-loop' };
const PICTURE: Kinds = { in: 'video-intro', out: 'video-outro', loop: 'video-group' };
/** How the editor calls the groups of animations. */
const GROUPS = { in: ['ruchang', '入场'], out: ['chuchang', '出场'], loop: ['xunhuan', '循环'] } as const;

/** Animations of captions. */
export const getTextAnimations: ToolHandler<'get_text_animations'> = (input, context) => ({
  effects: animations(input, TEXT, ['', ''], context),
});

/** Animations of pictures and videos. */
export const getImageAnimations: ToolHandler<'get_image_animations'> = (input, context) => ({
  effects: animations(input, PICTURE, ['pic_', '图片'], context),
});

/** Effects over the whole scene. */
export const getEffects: ToolHandler<'get_effects'> = (input, context) => ({
  effects: list(input, 'video-scene-effect', context).map((entry) => ({
    ...resource(entry, context),
    icon_url: '',
  })),
});

/** Filters. */
export const getFilters: ToolHandler<'get_filters'> = (input, context) => ({
  filters: list(input, 'filter', context).map((entry) => resource(entry, context)),
});

/** Decorative styles of letters. */
export const getTextEffects: ToolHandler<'get_text_effects'> = (input, context) => ({
  text_effects: list(input, 'text-effect', context).map((entry) => ({
    id: entry.resourceId,
    title: nameIn(entry, context),
    ...membership(entry),
  })),
});

function animations(
  input: GetTextAnimationsInput,
  kinds: Kinds,
  [prefix, subject]: readonly [string, string],
  context: ToolContext,
): GetTextAnimationsOutput['effects'] {
  const types = (['in', 'out', 'loop'] as const).filter((type) => [type, 'all'].includes(input.type));
  return types.flatMap((type) =>
    list(input, kinds[type], context).map((entry) => ({
      resource_id: entry.resourceId,
      type,
      category_id: prefix + GROUPS[type][0],
      category_name: subject + GROUPS[type][1],
      duration: entry.defaultDurationUs ?? 0,
      id: entry.effectId,
      name: nameIn(entry, context),
      ...membership(entry),
      request_id: '',
      start: 0,
      icon_url: '',
      material_type: 'sticker',
      panel: '',
      path: '',
      platform: 'all',
    })),
  );
}

function list({ app, mode }: Wanted, kind: CatalogKind, context: ToolContext): readonly CatalogEntry[] {
  return entriesOf({ app, kinds: [kind], ...(mode === 0 ? {} : { vip: mode === 1 }) }, context);
}

function resource(entry: CatalogEntry, context: ToolContext) {
  const { resourceId: resource_id, effectId: effect_id, parameters = [] } = entry;
  const has_params = parameters.length > 0;
  return { name: nameIn(entry, context), ...membership(entry), resource_id, effect_id, has_params };
}

function membership({ vip }: CatalogEntry): { is_vip?: boolean } {
  return vip === undefined ? {} : { is_vip: vip };
}
