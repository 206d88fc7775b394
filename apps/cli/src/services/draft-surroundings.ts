import { dirname } from 'node:path';
import { openCatalog } from '@cozecut/catalog/node';
import {
  detectProfile,
  type LintDraftOptions,
  type LookedAtFile,
  type OpenedDraft,
} from '@cozecut/draft-core';
import { findSeed, localMedia, mediaExists } from '@cozecut/draft-core/node';
import { probeFile } from '@cozecut/media';
import { isUserError } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { catalogFolders } from './catalog/folder.ts';

/** What the rules ask about the world around a draft: its media, its draft root, the resources of the apps. */
export async function surroundingsOf(
  opened: OpenedDraft,
  { env, folder }: { env: Environment; folder: string },
): Promise<LintDraftOptions> {
  return {
    exists: mediaExists,
    catalog: openCatalog(catalogFolders(env, folder)),
    files: await lookAtMedia(opened),
    newestVersion: await newestVersion(opened),
    uuid: () => crypto.randomUUID(),
  };
}

async function lookAtMedia(opened: OpenedDraft): Promise<Map<string, LookedAtFile>> {
  const files = new Map<string, LookedAtFile>();
  for (const [written, path] of await localMedia(opened)) {
    const found = await probeFile(path, written).catch((error: unknown) => {
      // What is no media, or damaged, is for other rules to tell.
      if (isUserError(error)) return undefined;
      throw error;
    });
    if (found !== undefined) files.set(written, found);
  }
  return files;
}

async function newestVersion({ index, timeline, path }: OpenedDraft): Promise<string | undefined> {
  if (index === undefined || timeline === undefined) return undefined;
  const app = detectProfile(timeline.value(timeline.root) as Record<string, unknown>)?.app;
  if (app === undefined) return undefined;
  const seed = await findSeed({ place: dirname(path), app }).catch((error: unknown) => {
    if (isUserError(error)) return undefined;
    throw error;
  });
  return seed?.markers?.modifiedAppVersion;
}
