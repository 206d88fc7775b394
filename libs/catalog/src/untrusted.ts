import type { CatalogApp, CatalogEntry, CatalogKind } from './types.ts';

/** A name that lists give to an id which belongs to another resource. */
interface UntrustedName {
  app: CatalogApp;
  kind: CatalogKind;
  resourceId: string;
  name: string;
  effectId: string;
}

/** The mask Brush is recorded with the id of Stars: writing it would give stars. */
const UNTRUSTED: readonly UntrustedName[] = [
  {
    app: 'capcut',
    kind: 'mask',
    resourceId: '7374021798087627265',
    name: 'Brush',
    effectId: '31AC68F1-9EC3-4A4E-8D53-D556B7CDAC9E',
  },
];

/** A row without what is known to be wrong about it; nothing when the row itself is wrong. */
export function trusted(entry: CatalogEntry): CatalogEntry | undefined {
  const wrong = UNTRUSTED.find(
    ({ app, kind, resourceId }) =>
      entry.app === app && entry.kind === kind && entry.resourceId === resourceId,
  );
  if (wrong === undefined) return entry;
  if (entry.name === wrong.name) return undefined;
  const { altNames, altEffectIds, ...rest } = entry;
  const names = altNames?.filter((name) => name !== wrong.name) ?? [];
  const effectIds = altEffectIds?.filter((id) => id !== wrong.effectId) ?? [];
  return {
    ...rest,
    ...(names.length === 0 ? {} : { altNames: names }),
    ...(effectIds.length === 0 ? {} : { altEffectIds: effectIds }),
  };
}
