import { CATALOG_APPS, CATALOG_KINDS, type CatalogApp, type CatalogKind } from '@cozecut/catalog';
import * as Flags from '@oclif/core/flags';

/** Flags that say which tables of the catalog are meant. */
export const scopeFlags = {
  app: Flags.custom<CatalogApp>({ options: [...CATALOG_APPS] })({
    description: 'app whose resources are meant (default: both)',
  }),
  kind: Flags.custom<CatalogKind>({ options: [...CATALOG_KINDS] })({
    description: 'kind of resource, may be given several times (default: all)',
    multiple: true,
    multipleNonGreedy: true,
  }),
};

/** Flag of commands that write to the catalog. */
export const dryRunFlag = {
  'dry-run': Flags.boolean({ description: 'say what would change; write nothing' }),
};
