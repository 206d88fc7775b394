import type { CatalogEntry, CatalogKind, ResourceReference } from '@cozecut/catalog';
import { showJson } from '@cozecut/problems';
import type { Profile } from '../../profiles/profile.ts';
import { kindWords } from '../../resources/kinds.ts';
import { type DraftResource, resourcesOf, stickerAnimations } from '../draft-resources.ts';
import { textOf } from '../loose.ts';
import { migrateTextLooks } from './migrate-text-looks.ts';
import type { EditContext } from './operation.ts';
import type { Mutable } from './parts.ts';

/**
 * Gives effects, filters, transitions, animations, fonts, bubbles and decorations the ids that another app has under the
 * same name, wherever they stand. What it does not have stays, and is told once.
 *
 * @param only - Ids of the materials that it is about; default: all.
 */
export function migrateResources(context: EditContext, to: Profile, only?: ReadonlySet<string>): void {
  const { draft, warn } = context;
  const twinOf = twinsIn(context, to);
  const ofStickers = stickerAnimations(draft.content);
  const materials = [...draft.materials.values()].filter(({ material }) => only?.has(material.id) !== false);
  for (const { array, material } of materials) {
    for (const resource of resourcesOf(array, material, ofStickers.has(material.id))) {
      const twin = twinOf(resource.kind, resource.reference);
      if (twin === undefined) continue;
      // Another template has other parts: under its id these would be shown as nothing.
      if (resource.kind === 'text-template') {
        warn(
          'DR157',
          `text template ${showJson(resource.reference.name ?? resource.reference.id)} has other parts in ${to.app}; it is kept as it is`,
          {
            hint: `put the one of ${to.app} in its place`,
          },
        );
        continue;
      }
      put(resource, twin, (parameter) =>
        warn('DR085', `"${twin.name}" of ${to.app} has no parameter ${showJson(parameter)}; it is left out`),
      );
    }
  }
  migrateTextLooks(materials, {
    fontFor: (id) => twinOf('font', { id }),
    decorationFor: (id) => twinOf('text-effect', { id }),
  });
}

/** Finds what another app has instead of a resource; nothing when it has the same one, or none, which is told. */
function twinsIn(
  { warn, ports, profile: from }: EditContext,
  to: Profile,
): (kind: CatalogKind, reference: ResourceReference) => CatalogEntry | undefined {
  const told = new Set<string>();
  return (kind, reference) => {
    const id = reference.id ?? reference.effectId;
    if (id === undefined) return undefined;
    const lookup = ports.catalog?.lookup(to.app, kind, reference);
    if (lookup?.status === 'found') return undefined;
    if (lookup?.status === 'other-app' && lookup.twin !== undefined) return lookup.twin;
    const key = `${kind} ${lookup?.status === 'other-app' ? lookup.entry.resourceId : id}`;
    if (told.has(key)) return undefined;
    told.add(key);
    const name = reference.name ?? (lookup?.status === 'other-app' ? lookup.entry.name : id);
    warn(
      'DR157',
      `${kindWords([kind])} ${showJson(name)} is a resource of ${from.app}: ${to.app} ignores it`,
      {
        hint: `replace it by one of ${to.app}, see \`catalog search\``,
      },
    );
    return undefined;
  };
}

function put(
  { value, effectKey, parametersKey, parameters = [] }: DraftResource,
  twin: CatalogEntry,
  dropped: (name: unknown) => void,
): void {
  const holder = value as Mutable;
  holder.resource_id = twin.resourceId;
  // Bubbles and decorations have no name there.
  if (Object.hasOwn(holder, 'name')) holder.name = twin.name;
  if (effectKey !== undefined) holder[effectKey] = twin.effectId;
  const { parameters: known } = twin;
  if (parametersKey === undefined || known === undefined) return;
  const isKnown = (name: unknown): boolean => known.some((one) => one.name === textOf(name));
  const left = parameters.filter(({ name }) => isKnown(name));
  if (left.length === parameters.length) return;
  for (const { name } of parameters) if (!isKnown(name)) dropped(name);
  holder[parametersKey] = left;
}
