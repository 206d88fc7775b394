import {
  CATALOG_APPS,
  CATALOG_KINDS,
  type Catalog,
  type CatalogApp,
  type CatalogEntry,
  type CatalogKind,
  type Lookup,
  numberedName,
  textCount,
} from '@cozecut/catalog';
import { openCatalog } from '@cozecut/catalog/node';
import { UserError } from '@cozecut/problems';
import type { Environment } from '../../settings.ts';
import { catalogFolders } from './folder.ts';

/** Which tables are asked. */
export interface CatalogScope {
  /** Both when left out. */
  app?: CatalogApp | undefined;
  /** All when left out or empty. */
  kinds?: readonly CatalogKind[] | undefined;
  env: Environment;
  folder: string;
}

/**
 * A row with the name that stands for it alone: `name#last4` where several resources have the name. Of a template of texts
 * it says how many texts it shows; what it is made of would fill pages.
 */
export type LabelledEntry = Omit<CatalogEntry, 'template'> & { label: string; texts?: number };

/** What a search found. */
export interface SearchResult {
  /** Rows that fit, of which `entries` holds the first. */
  total: number;
  entries: LabelledEntry[];
  /** Names that look like the text, when nothing fits. */
  close: string[];
}

/** Rows that fit a text, best first. */
export function searchCatalog(
  request: CatalogScope & { text?: string | undefined; vip?: boolean | undefined; limit: number },
): SearchResult {
  const { text, app, vip, limit } = request;
  const catalog = open(request);
  const kinds = kindsOf(request);
  const found = catalog.search({
    kinds,
    ...(text === undefined ? {} : { text }),
    ...(app === undefined ? {} : { app }),
    ...(vip === undefined ? {} : { vip }),
  });
  return {
    total: found.length,
    entries: found.slice(0, limit).map((entry) => labelled(catalog, entry)),
    close:
      found.length > 0 || text === undefined ? [] : closeNames(lookups(catalog, request, { name: text })),
  };
}

/**
 * The resources that a name or an id stands for; several when it does for several kinds, apps or resources.
 *
 * @throws UserError RESOURCE_UNKNOWN with the closest names.
 */
export function showResources(request: CatalogScope & { word: string }): LabelledEntry[] {
  const { word } = request;
  const catalog = open(request);
  const byId = lookups(catalog, request, { id: word });
  const byName = lookups(catalog, request, { name: word });
  const isExact = (lookup: Lookup) => lookup.status === 'found' && lookup.exact;
  const exact = byName.filter((lookup) => isExact(lookup) || lookup.status === 'ambiguous');
  const found = [byId, exact, byName].map(entriesOf).find((entries) => entries.length > 0);
  if (found !== undefined) return found.map((entry) => labelled(catalog, entry));
  const elsewhere = [...byId, ...byName].find((lookup) => lookup.status === 'other-app');
  if (elsewhere !== undefined) {
    const { entry, twin } = elsewhere;
    throw new UserError('RESOURCE_UNKNOWN', `${word} is a resource of ${entry.app}: ${entry.name}`, {
      hint:
        twin === undefined
          ? `leave --app out to see it`
          : `${twin.app} has ${twin.name} with the id ${twin.resourceId}`,
    });
  }
  const close = closeNames(byName);
  throw new UserError('RESOURCE_UNKNOWN', `the catalog has no ${JSON.stringify(word)}`, {
    hint: close.length === 0 ? 'see: cozecut catalog search' : `close names: ${close.join(', ')}`,
  });
}

function open({ env, folder }: CatalogScope): Catalog {
  return openCatalog(catalogFolders(env, folder));
}

function kindsOf({ kinds = [] }: CatalogScope): readonly CatalogKind[] {
  return kinds.length === 0 ? CATALOG_KINDS : kinds;
}

function lookups(catalog: Catalog, scope: CatalogScope, reference: { id?: string; name?: string }): Lookup[] {
  const apps = scope.app === undefined ? CATALOG_APPS : [scope.app];
  return apps.flatMap((app) => kindsOf(scope).map((kind) => catalog.lookup(app, kind, reference)));
}

function entriesOf(found: readonly Lookup[]): CatalogEntry[] {
  return found.flatMap((lookup) =>
    lookup.status === 'found' ? [lookup.entry] : lookup.status === 'ambiguous' ? lookup.entries : [],
  );
}

function closeNames(found: readonly Lookup[]): string[] {
  return [...new Set(found.flatMap((lookup) => (lookup.status === 'unknown' ? lookup.close : [])))].slice(
    0,
    5,
  );
}

function labelled(catalog: Catalog, entry: CatalogEntry): LabelledEntry {
  const { status } = catalog.lookup(entry.app, entry.kind, { name: entry.name });
  const { template, ...row } = entry;
  return {
    ...row,
    ...(template === undefined ? {} : { texts: textCount(template) }),
    label: status === 'ambiguous' ? numberedName(entry) : entry.name,
  };
}
