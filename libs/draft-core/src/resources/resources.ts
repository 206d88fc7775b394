import type { Catalog, CatalogApp, CatalogEntry, CatalogKind, ResourceReference } from '@cozecut/catalog';
import { BugError } from '@cozecut/problems';
import { hasLength, needsEffectId } from './kinds.ts';

/** A resource as it goes into a draft. */
export interface Resource
  extends Pick<
    CatalogEntry,
    | 'kind'
    | 'name'
    | 'resourceId'
    | 'effectId'
    | 'vip'
    | 'defaultDurationUs'
    | 'isOverlap'
    | 'parameters'
    | 'template'
  > {
  /** Whether the catalog has it; one that it has not is written by its ids alone. */
  isListed: boolean;
  /** Whether its length is only what most of its kind have. */
  isLengthAssumed?: boolean;
}

/** Length in microseconds that most animations and transitions have, for those listed without one. */
const USUAL_LENGTH_US = 500_000;

/** What became of a reference. */
export type Resolution =
  | { status: 'found'; resource: Resource }
  /** Neither name nor id. */
  | { status: 'empty' }
  /** By id, which does not tell of which of the kinds it is. */
  | { status: 'kind-missing' }
  /** By one id, where two go into the draft. */
  | { status: 'id-missing'; missing: 'id' | 'effectId' }
  /** A template of texts of which no more is known than how it is called. */
  | { status: 'look-missing' }
  | { status: 'ambiguous'; entries: readonly CatalogEntry[] }
  | { status: 'other-app'; entry: CatalogEntry; twin: CatalogEntry | undefined }
  | { status: 'unknown'; close: readonly string[] };

/**
 * What the references of a timeline mean in one app. Rules and compiler ask the same instance; each distinct
 * reference is looked up once.
 */
export class Resources {
  readonly #app: CatalogApp;
  readonly #catalog: Catalog | undefined;
  readonly #known = new Map<string, Resolution>();

  constructor(app: CatalogApp, catalog: Catalog | undefined) {
    this.#app = app;
    this.#catalog = catalog;
  }

  get app(): CatalogApp {
    return this.#app;
  }

  /** Without a catalog only ids can be used. */
  get hasCatalog(): boolean {
    return this.#catalog !== undefined;
  }

  /** The resource of one of these kinds that is meant. */
  resolve(kinds: readonly CatalogKind[], { name, id, effectId }: ResourceReference): Resolution {
    const key = JSON.stringify([kinds, name, id, effectId]);
    let resolution = this.#known.get(key);
    if (resolution === undefined) {
      resolution = this.#resolve(kinds, {
        ...(name === undefined ? {} : { name }),
        ...(id === undefined ? {} : { id }),
        ...(effectId === undefined ? {} : { effectId }),
      });
      this.#known.set(key, resolution);
    }
    return resolution;
  }

  /** The resource, when it was found. */
  find(kinds: readonly CatalogKind[], reference: ResourceReference): Resource | undefined {
    const resolution = this.resolve(kinds, reference);
    return resolution.status === 'found' ? resolution.resource : undefined;
  }

  /** The resource of a timeline in which nothing is an error. */
  get(kinds: readonly CatalogKind[], reference: ResourceReference): Resource {
    const resource = this.find(kinds, reference);
    if (resource === undefined) throw new BugError(`no rule has refused ${JSON.stringify(reference)}`);
    return resource;
  }

  #resolve(kinds: readonly CatalogKind[], reference: ResourceReference): Resolution {
    const { name, id, effectId } = reference;
    if ((name ?? id ?? effectId) === undefined) return { status: 'empty' };
    const listed = this.#lookUp(kinds, reference);
    if (listed !== undefined && listed.status !== 'unknown') return listed;
    if ((id ?? effectId) === undefined) return listed ?? { status: 'unknown', close: [] };
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) return { status: 'kind-missing' };
    if (kind === 'text-template') return { status: 'look-missing' };
    if (needsEffectId(this.#app, kind) && (id === undefined || effectId === undefined)) {
      return { status: 'id-missing', missing: id === undefined ? 'id' : 'effectId' };
    }
    const resourceId = (id ?? effectId)!;
    return {
      status: 'found',
      resource: {
        kind,
        name: name ?? resourceId,
        resourceId,
        effectId: effectId ?? resourceId,
        isListed: false,
      },
    };
  }

  #lookUp(kinds: readonly CatalogKind[], reference: ResourceReference): Resolution | undefined {
    const catalog = this.#catalog;
    if (catalog === undefined) return undefined;
    const lookups = kinds.map((kind) => catalog.lookup(this.#app, kind, reference));
    const hits = lookups.flatMap((lookup) => {
      if (lookup.status === 'found') return [{ entry: lookup.entry, exact: lookup.exact }];
      return lookup.status === 'ambiguous' ? lookup.entries.map((entry) => ({ entry, exact: true })) : [];
    });
    // A name that fits exactly in one table beats one that is only alike in another.
    const exact = hits.filter((hit) => hit.exact);
    const entries = (exact.length > 0 ? exact : hits).map(({ entry }) => entry);
    const [entry] = entries;
    if (entry !== undefined && entries.length > 1) return { status: 'ambiguous', entries };
    if (entry?.kind === 'text-template' && entry.template === undefined) return { status: 'look-missing' };
    if (entry !== undefined) return { status: 'found', resource: resourceOf(entry, reference) };
    const other = lookups.find((lookup) => lookup.status === 'other-app');
    if (other !== undefined) return { status: 'other-app', entry: other.entry, twin: other.twin };
    return {
      status: 'unknown',
      close: lookups.flatMap((lookup) => (lookup.status === 'unknown' ? lookup.close : [])),
    };
  }
}

function resourceOf(entry: CatalogEntry, { effectId }: ResourceReference): Resource {
  // Several effect ids have been seen for some resources: the one that is asked for counts.
  const resource = { ...entry, effectId: effectId ?? entry.effectId, isListed: true };
  if (entry.defaultDurationUs !== undefined || !hasLength(entry.kind)) return resource;
  return { ...resource, defaultDurationUs: USUAL_LENGTH_US, isLengthAssumed: true };
}
