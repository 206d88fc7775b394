import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type CatalogApp, type CatalogEntry, harvestDraft } from '@cozecut/catalog';
import { type SavedTable, saveEntries } from '@cozecut/catalog/node';
import { findDraftRoots } from '@cozecut/draft-core/node';
import { UserError } from '@cozecut/problems';
import { type Environment, setting } from '../../settings.ts';
import { draftFiles } from './draft-files.ts';
import { catalogFolder } from './folder.ts';

/** What was learnt from drafts. */
export interface HarvestResult {
  /** Absolute path of the folder that the rows went to. */
  folder: string;
  /** Folders that were looked through. */
  sources: string[];
  drafts: { file: string; app: CatalogApp; resources: number }[];
  /** Drafts that could not be read, and why. */
  skipped: { file: string; reason: string }[];
  tables: SavedTable[];
  dryRun: boolean;
}

/**
 * Learns names and ids from drafts, and the looks of templates of texts. Nothing else of them is kept, and they are not
 * changed.
 *
 * @throws UserError DRAFT_ROOT_UNKNOWN, FILE_UNREADABLE, CATALOG_LOCKED, FOLDER_NOT_WRITABLE
 */
export async function harvestDrafts(request: {
  /** Drafts or folders of drafts, as the person wrote them; empty means those of the editors of this machine. */
  paths: readonly string[];
  dryRun: boolean;
  env: Environment;
  folder: string;
}): Promise<HarvestResult> {
  const { paths, dryRun, env, folder } = request;
  const sources =
    paths.length > 0 ? paths.map((path) => resolve(folder, path)) : await ownDraftRoots(env, folder);
  const entries: CatalogEntry[] = [];
  const drafts: HarvestResult['drafts'] = [];
  const skipped: HarvestResult['skipped'] = [];
  for (const file of new Set(
    sources.flatMap((source, index) => draftFiles(source, paths[index] ?? source)),
  )) {
    const document = readDocument(file);
    if ('reason' in document) {
      skipped.push({ file, reason: document.reason });
      continue;
    }
    const harvest = harvestDraft(document.content);
    if (harvest.app === undefined) skipped.push({ file, reason: 'it does not say which app it is for' });
    else drafts.push({ file, app: harvest.app, resources: harvest.entries.length });
    entries.push(...harvest.entries);
  }
  const target = catalogFolder(env, folder);
  const tables = entries.length === 0 ? [] : await saveEntries({ folder: target, entries, dryRun });
  return { folder: target, sources, drafts, skipped, tables, dryRun };
}

async function ownDraftRoots(env: Environment, folder: string): Promise<string[]> {
  const chosen = setting(env, 'DRAFT_ROOT');
  const { platform } = process;
  const known = await findDraftRoots({ platform, home: homedir(), localAppData: env.LOCALAPPDATA });
  const roots = [
    ...(chosen === undefined ? [] : [resolve(folder, chosen)]),
    ...known.map(({ path }) => path),
  ].filter((root) => existsSync(root));
  if (roots.length === 0) {
    throw new UserError('DRAFT_ROOT_UNKNOWN', 'the draft folder of an editor was not found on this machine', {
      hint: 'name it: cozecut catalog harvest FOLDER',
    });
  }
  return roots;
}

function readDocument(file: string): { content: unknown } | { reason: string } {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    // What the editors encrypt is not JSON from the first character on.
    if (!text.trimStart().startsWith('{')) return { reason: 'it is encrypted' };
    return { content: JSON.parse(text) };
  } catch (error) {
    return { reason: `cannot read it: ${(error as Error).message}` };
  }
}
