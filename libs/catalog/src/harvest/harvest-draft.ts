import type { CatalogApp, CatalogEntry } from '../types.ts';
import { type Loose, mapOf, mapsOf } from './loose.ts';
import { harvestMaterials } from './materials.ts';
import { harvestTextTemplates } from './text-templates.ts';

/** Ids under which the apps write drafts. */
const APP_IDS = new Map<unknown, CatalogApp>([
  [3704, 'jianying'],
  [359289, 'capcut'],
]);
const APP_SOURCES = new Map<unknown, CatalogApp>([
  ['lv', 'jianying'],
  ['cc', 'capcut'],
]);

/** Drafts inside of drafts (compound clips) are followed this deep. */
const MAX_DEPTH = 8;

/** What a draft says about the resources it uses. */
export interface Harvest {
  /** App that the draft is for; nothing when it does not say, and then nothing is learnt either. */
  app?: CatalogApp;
  entries: CatalogEntry[];
}

/**
 * Learns names and ids from the timeline document of a draft (`draft_content.json`, `draft_info.json`). Only what has
 * both a name and an id is taken, and of it only kind, name, ids, and names and ranges of parameters; of a template of
 * texts its whole look, without words. Bubbles, stickers, and decorations and templates of texts
 * without a name go by their id.
 */
export function harvestDraft(document: unknown): Harvest {
  const draft = mapOf(document);
  const app = appOf(draft.platform) ?? appOf(draft.last_modified_platform);
  return app === undefined ? { entries: [] } : { app, entries: harvestTimeline(app, draft, 0) };
}

function appOf(platform: unknown): CatalogApp | undefined {
  const { app_id: id, app_source: source } = mapOf(platform);
  return APP_IDS.get(Number(id)) ?? APP_SOURCES.get(source);
}

function harvestTimeline(app: CatalogApp, draft: Loose, depth: number): CatalogEntry[] {
  const materials = mapOf(draft.materials);
  const ofStickers = new Set(
    mapsOf(draft.tracks)
      .filter(({ type }) => type === 'sticker')
      .flatMap(({ segments }) => mapsOf(segments))
      .flatMap(({ extra_material_refs: refs }) => (Array.isArray(refs) ? refs : [])),
  );
  const nested = depth < MAX_DEPTH ? mapsOf(materials.drafts) : [];
  return [
    ...harvestMaterials(
      app,
      materials,
      (id) => !ofStickers.has(id),
      harvestTextTemplates(materials, draft.tracks),
    ),
    ...nested.flatMap(({ draft: inner }) => harvestTimeline(app, mapOf(inner), depth + 1)),
  ];
}
