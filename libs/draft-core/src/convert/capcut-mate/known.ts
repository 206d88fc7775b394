import type { CatalogKind } from '@cozecut/catalog';
import { DEFAULT_PROFILE, findProfile } from '../../profiles/index.ts';
import type { ConvertOptions } from '../converter.ts';

/** Tells whether the app has a resource of one of some kinds by a name; nothing when there is no catalog to ask. */
export function knower(
  { catalog, app = findProfile(DEFAULT_PROFILE).app }: ConvertOptions,
  kinds: readonly CatalogKind[],
): ((name: string) => boolean) | undefined {
  if (catalog === undefined) return undefined;
  return (name) =>
    kinds.some((kind) => ['found', 'ambiguous'].includes(catalog.lookup(app, kind, { name }).status));
}
