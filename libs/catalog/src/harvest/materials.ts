import type { TextTemplate } from '../text-template.ts';
import type { CatalogApp, CatalogEntry, CatalogKind, CatalogParameter } from '../types.ts';
import { type Loose, mapOf, mapsOf, textOf } from './loose.ts';
import { ANIMATION_KINDS, EFFECT_KINDS, SOUND_KINDS, VIDEO_EFFECT_KINDS } from './material-kinds.ts';
import type { FoundTemplate } from './text-templates.ts';

/** What is learnt of a resource, before it is known to be complete. */
interface Found {
  kind: CatalogKind | undefined;
  name: unknown;
  resourceId: unknown;
  effectId?: unknown;
  isOverlap?: unknown;
  resourceType?: unknown;
  parameters?: unknown;
  template?: TextTemplate;
}

/**
 * The resources that the materials of a draft name.
 *
 * @param isText - Whether the animations of that id belong to a text; those of stickers look the same.
 * @param templates - The templates of texts.
 */
export function harvestMaterials(
  app: CatalogApp,
  materials: Loose,
  isText: (animationsId: unknown) => boolean,
  templates: readonly FoundTemplate[],
): CatalogEntry[] {
  const found: Found[] = [
    ...mapsOf(materials.transitions).map((material) => ({
      ...common('transition', material),
      isOverlap: material.is_overlap,
    })),
    ...mapsOf(materials.effects).map((material) => common(EFFECT_KINDS.get(material.type), material)),
    ...mapsOf(materials.video_effects).map((material) => ({
      ...common(VIDEO_EFFECT_KINDS.get(material.type), material),
      parameters: material.adjust_params,
    })),
    ...mapsOf(materials.audio_effects).map((material) => ({
      ...common(SOUND_KINDS.get(material.category_id), material),
      parameters: material.audio_adjust_params,
    })),
    ...mapsOf(materials.stickers).map((material) => common('sticker', material)),
    ...['masks', 'common_mask', 'common_masks'].flatMap((array) =>
      mapsOf(materials[array]).map((material) => ({
        // The masks of CapCut have one table, whichever array holds them.
        ...common(array === 'masks' || app === 'capcut' ? 'mask' : 'common-mask', material),
        resourceType: material.resource_type,
      })),
    ),
    ...mapsOf(materials.material_animations).flatMap(({ id, animations }) =>
      mapsOf(animations).map((animation) => animationOf(animation, isText(id))),
    ),
    ...mapsOf(materials.texts).flatMap(fontsOf),
    ...templates.map(({ material, template }) => ({ ...common('text-template', material), template })),
  ];
  return found.flatMap((candidate) => entryOf(app, candidate) ?? []);
}

function common(kind: CatalogKind | undefined, material: Loose): Found {
  const { name, resource_id: resourceId, effect_id: effectId } = material;
  return { kind, name, resourceId, effectId };
}

function animationOf(animation: Loose, isText: boolean): Found {
  const { id, name, resource_id: resourceId, material_type: target, type } = animation;
  const kind = target === 'sticker' && !isText ? undefined : ANIMATION_KINDS.get(`${target} ${type}`);
  return { kind, name, resourceId, effectId: id };
}

function fontsOf(text: Loose): Found[] {
  const title = text.font_title === 'none' ? undefined : textOf(text.font_title);
  return [
    {
      kind: 'font',
      name: title ?? text.font_name,
      resourceId: text.font_resource_id,
      effectId: text.font_id,
    },
    ...mapsOf(text.fonts).map(
      (font): Found => ({
        kind: 'font',
        name: font.title,
        resourceId: font.resource_id,
        effectId: font.effect_id,
      }),
    ),
  ];
}

/** Kinds that tools write without a name, and of which drafts are the only list. */
const NAMELESS: ReadonlySet<CatalogKind | undefined> = new Set<CatalogKind>([
  'bubble',
  'sticker',
  'text-effect',
  'text-template',
]);

/** A row, when the draft says both a name and an id of the app; ids of files on this machine look different. */
function entryOf(app: CatalogApp, found: Found): CatalogEntry | undefined {
  const resourceId = idOf(found.resourceId, /^\d{6,}$/);
  const name = textOf(found.name) ?? (NAMELESS.has(found.kind) ? resourceId : undefined);
  if (found.kind === undefined || name === undefined || resourceId === undefined) return undefined;
  const resourceType = idOf(found.resourceType, /^\w+$/);
  const parameters = parametersOf(found.parameters);
  return {
    app,
    kind: found.kind,
    name,
    resourceId,
    effectId: idOf(found.effectId, /^[\w-]+$/) ?? resourceId,
    ...(typeof found.isOverlap === 'boolean' ? { isOverlap: found.isOverlap } : {}),
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(found.template === undefined ? {} : { template: found.template }),
    origin: 'harvested',
  };
}

function idOf(value: unknown, pattern: RegExp): string | undefined {
  const text = typeof value === 'number' ? String(value) : textOf(value);
  return text !== undefined && pattern.test(text) ? text : undefined;
}

/** Programs write an empty list when they do not know the parameters, so it says nothing. */
function parametersOf(value: unknown): CatalogParameter[] | undefined {
  const parameters = (Array.isArray(value) ? value : []).map((cell): CatalogParameter | undefined => {
    const { name, default_value: start, min_value: min, max_value: max } = mapOf(cell);
    const isComplete = [start, min, max].every((number) => Number.isFinite(number));
    if (textOf(name) === undefined || !isComplete || (min as number) > (max as number)) return undefined;
    return { name: name as string, default: start as number, min: min as number, max: max as number };
  });
  const isWhole = parameters.length > 0 && parameters.every((parameter) => parameter !== undefined);
  return isWhole ? parameters : undefined;
}
