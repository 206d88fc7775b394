import type { TextTemplate } from './text-template.ts';

/** The apps that have a catalog. */
export const CATALOG_APPS = ['jianying', 'capcut'] as const;

/** The app whose resources are meant. Ids of one mean nothing to the other. */
export type CatalogApp = (typeof CATALOG_APPS)[number];

/** Kinds of resources, one table each. A resource is looked up inside of its kind only. */
export const CATALOG_KINDS = [
  'audio-scene-effect',
  'audio-speech-to-song',
  'audio-tone-effect',
  'bubble',
  'common-mask',
  'filter',
  'font',
  'mask',
  'mix-mode',
  'sticker',
  'text-effect',
  'text-intro',
  'text-loop',
  'text-outro',
  'text-template',
  'transition',
  'video-character-effect',
  'video-group',
  'video-intro',
  'video-outro',
  'video-scene-effect',
] as const;

/** Kind of a resource. */
export type CatalogKind = (typeof CATALOG_KINDS)[number];

/** A parameter of an effect; the app shows it as 0..100, which maps linearly to `min`..`max`. */
export interface CatalogParameter {
  name: string;
  /** Value the app starts with; a few lie outside of the range, see `clampedDefault`. */
  default: number;
  min: number;
  max: number;
}

/** Where a row of the catalog was learnt. */
export type CatalogOrigin = 'built-in' | 'imported' | 'harvested';

/** One resource of an app. */
export interface CatalogEntry {
  app: CatalogApp;
  kind: CatalogKind;
  /** Display name; not unique. */
  name: string;
  resourceId: string;
  /** Goes into `effect_id`; for many kinds the same as `resourceId`. */
  effectId: string;
  /** Whether the resource needs a membership; `undefined` = not known. */
  vip?: boolean;
  /** Length in microseconds that the app gives it; 0 = as long as the clip. */
  defaultDurationUs?: number;
  /** Transitions: whether the two clips overlap while it plays. */
  isOverlap?: boolean;
  /** Masks: how the app names the shape. */
  resourceType?: string;
  /** Masks: width divided by height. */
  defaultAspectRatio?: number;
  /** In the order of the app; `[]` = it has none, `undefined` = not known. */
  parameters?: readonly CatalogParameter[];
  /** Templates of texts: what they are made of; one of which nothing but its ids is known cannot be written. */
  template?: TextTemplate;
  /** Other display names, often in another language. */
  altNames?: readonly string[];
  altEffectIds?: readonly string[];
  origin: CatalogOrigin;
}

/** How a resource is named by a person: the id decides when it is given. */
export interface ResourceReference {
  name?: string;
  /** Resource id, or effect id. */
  id?: string;
  effectId?: string;
}

/** What became of a lookup. */
export type Lookup =
  | { status: 'found'; entry: CatalogEntry /** By an exact name or by id. */; exact: boolean }
  /** Several resources have the name; each is to be named by its id. */
  | { status: 'ambiguous'; entries: readonly CatalogEntry[] }
  /** The id or the exact name is a resource of the other app; `twin` is the one of the same name of this app. */
  | { status: 'other-app'; entry: CatalogEntry; twin?: CatalogEntry }
  /** Nothing fits; `close` holds the names that look most alike, best first. */
  | { status: 'unknown'; close: readonly string[] };

/** Filters of a search. */
export interface CatalogQuery {
  /** Text that the name, another name or an id contains; case, blanks and underscores do not count. */
  text?: string;
  app?: CatalogApp;
  kinds?: readonly CatalogKind[];
  vip?: boolean;
  /** Most rows to answer. */
  limit?: number;
}

/**
 * Resources by name or id. A lookup reads its own kind only. Synchronous, because a compiler asks; what has to be
 * read comes from the local disk, once.
 */
export interface Catalog {
  /** The resource a person means. */
  lookup(app: CatalogApp, kind: CatalogKind, reference: ResourceReference): Lookup;
  /** Resources that fit a query; best first. */
  search(query: CatalogQuery): readonly CatalogEntry[];
}
