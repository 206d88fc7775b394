import type { CatalogEntry } from '@cozecut/catalog';
import { showJson } from '@cozecut/problems';
import type { Profile } from '../../profiles/profile.ts';
import { kindWords } from '../../resources/kinds.ts';
import { type DraftResource, resourcesOf, stickerAnimations } from '../draft-resources.ts';
import { textOf } from '../loose.ts';
import type { EditContext } from './operation.ts';
import type { Mutable } from './parts.ts';

/** Texts name their decorative effect in other places as well, which an id alone does not mend. */
const STAYING = new Set(['text-effect', 'bubble']);

/**
 * Gives effects, filters, transitions and animations the ids that another app has under the same name. What it does not
 * have stays, and is told.
 */
export function migrateResources({ draft, warn, ports, profile: from }: EditContext, to: Profile): void {
  const ofStickers = stickerAnimations(draft.content);
  for (const { array, material } of draft.materials.values()) {
    for (const resource of resourcesOf(array, material, ofStickers.has(material.id))) {
      const { kind, reference } = resource;
      const id = reference.id ?? reference.effectId;
      if (id === undefined) continue;
      const lookup = ports.catalog?.lookup(to.app, kind, reference);
      if (lookup?.status === 'found') continue;
      const twin = lookup?.status === 'other-app' ? lookup.twin : undefined;
      if (twin !== undefined && !STAYING.has(kind)) {
        put(resource, twin, (parameter) =>
          warn(
            'DR085',
            `"${twin.name}" of ${to.app} has no parameter ${showJson(parameter)}; it is left out`,
          ),
        );
        continue;
      }
      const what = `${kindWords([kind])} ${showJson(reference.name ?? id)} is a resource of ${from.app}`;
      const hint =
        twin === undefined
          ? `replace it by one of ${to.app}, see \`catalog search\``
          : `${to.app} has "${twin.name}" (${twin.resourceId}): choose it there`;
      warn('DR157', `${what}: ${to.app} ignores it`, { hint });
    }
  }
}

function put(
  { value, effectKey, parametersKey, parameters = [] }: DraftResource,
  twin: CatalogEntry,
  dropped: (name: unknown) => void,
): void {
  const holder = value as Mutable;
  holder.resource_id = twin.resourceId;
  holder.name = twin.name;
  if (effectKey !== undefined) holder[effectKey] = twin.effectId;
  const { parameters: known } = twin;
  if (parametersKey === undefined || known === undefined) return;
  const isKnown = (name: unknown): boolean => known.some((one) => one.name === textOf(name));
  const left = parameters.filter(({ name }) => isKnown(name));
  if (left.length === parameters.length) return;
  for (const { name } of parameters) if (!isKnown(name)) dropped(name);
  holder[parametersKey] = left;
}
