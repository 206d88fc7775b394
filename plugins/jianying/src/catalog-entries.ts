import { type Catalog, type CatalogEntry, type CatalogQuery, numberedName } from '@cozecut/catalog';
import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';

/**
 * Resources that fit a query, best first.
 *
 * @throws UserError CATALOG_MISSING
 */
export function entriesOf(query: CatalogQuery, context: ToolContext): readonly CatalogEntry[] {
  return catalogOf(context).search(query);
}

/** The name by which tools know a resource: with a number where several have it. */
export function nameIn(entry: CatalogEntry, context: ToolContext): string {
  const { status } = catalogOf(context).lookup(entry.app, entry.kind, { name: entry.name });
  return status === 'found' ? entry.name : numberedName(entry);
}

function catalogOf({ catalog }: ToolContext): Catalog {
  if (catalog !== undefined) return catalog;
  throw new UserError('CATALOG_MISSING', 'this deployment has no catalog of resources', {
    hint: 'name resources by the ids that a draft of the editor has',
  });
}
