import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { findDraftRoots, findSeed, isEditorRunning, listProcesses } from '@cozecut/draft-core/node';
import { setting } from '../../settings.ts';
import { fill } from '../fill.ts';
import { type CheckResult, failed, type Patient } from './check.ts';

/** The folders that drafts go to, and whether an editor is running that would overwrite its list of drafts. */
export async function checkDrafts({ env, folder, texts }: Patient): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const chosen = setting(env, 'DRAFT_ROOT');
  if (chosen !== undefined) {
    const path = resolve(folder, chosen);
    results.push(
      await access(path, constants.W_OK).then(
        async (): Promise<CheckResult> => ({
          id: 'DRAFT_ROOT',
          state: 'ok',
          message: await withAppVersion(path, ['jianying', 'capcut'], texts),
        }),
        (error: unknown) => failed('DRAFT_ROOT', error, texts.doctorRootNext),
      ),
    );
  }
  const system = { platform: process.platform, home: homedir(), localAppData: env.LOCALAPPDATA };
  const roots = (await findDraftRoots(system)).filter(({ isThere }) => isThere);
  for (const { app, path } of roots) {
    const message = await withAppVersion(path, [app], texts);
    results.push({ id: `drafts ${app}`, state: 'ok', message });
  }
  if (roots.length === 0) {
    results.push({ id: 'drafts', state: 'skip', message: texts.doctorNoEditor });
    return results;
  }
  const os = process.platform === 'win32' ? 'windows' : 'mac';
  for (const app of new Set(roots.map((root) => root.app))) {
    const isRunning = await isEditorRunning(app, os, listProcesses).catch(() => false);
    if (isRunning) {
      results.push({ id: app, state: 'warn', message: texts.doctorEditor, next: texts.doctorEditorNext });
    }
  }
  return results;
}

/** A draft folder, and the version of the app as its newest draft says it: the app itself cannot be asked everywhere. */
async function withAppVersion(
  path: string,
  apps: readonly ('jianying' | 'capcut')[],
  texts: Patient['texts'],
): Promise<string> {
  for (const app of apps) {
    const seed = await findSeed({ place: path, app }).catch(() => undefined);
    const version = seed?.markers?.modifiedAppVersion;
    if (version !== undefined) return fill(texts.doctorApp, { path, app, version });
  }
  return path;
}
