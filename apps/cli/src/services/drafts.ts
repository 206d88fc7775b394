import { relative, resolve } from 'node:path';
import { findProfile, lintDraft, listDraftRules } from '@cozecut/draft-core';
import {
  type DraftVersion,
  draftHistory,
  fixDraft,
  openDraft,
  recoverDraft,
  restoreDraft,
  type SavedDraft,
} from '@cozecut/draft-core/node';
import type { Problem } from '@cozecut/problems';
import type { Findings } from '../base-command.ts';
import type { Environment } from '../settings.ts';
import { surroundingsOf } from './draft-surroundings.ts';
import { assertClosedFor } from './editor-closed.ts';

/** What `draft lint` was asked for. */
export interface LintDraftRequest {
  /** Folder or zip, as the person named it. */
  draft: string;
  profile?: string | undefined;
  primary?: string | undefined;
  fix: boolean;
  /** Whether to write while the app may be running. */
  force: boolean;
  env: Environment;
  folder: string;
}

/** Holds a draft against the rules, after the certain repairs when they are asked for. */
export async function lintDraftAt({
  draft,
  profile,
  primary,
  fix,
  force,
  env,
  folder,
}: LintDraftRequest): Promise<Findings & { former: string | undefined }> {
  const path = resolve(folder, draft);
  const options = {
    ...(profile === undefined ? {} : { profile: findProfile(profile) }),
    ...(primary === undefined ? {} : { primary }),
  };
  // A save that was killed would look like mirrors that differ; where it cannot be completed, that is worth telling.
  await recoverDraft(path).catch(() => {});
  if (fix && !force) await assertClosedFor(await openDraft(path, options));
  const surroundings = await surroundingsOf(await openDraft(path, options), { env, folder });
  const mended = fix
    ? await fixDraft(path, { ...options, ...surroundings, now: Date.now })
    : { fixed: 0, former: undefined, listProblem: undefined };
  const problems = lintDraft(await openDraft(path, options), { ...options, ...surroundings }).map((problem) =>
    withRelativePath(problem, folder),
  );
  const { fixed, former, listProblem } = mended;
  const all = listProblem === undefined ? problems : [...problems, listProblem];
  return { files: 1, fixed, problems: all, rules: listDraftRules(), former };
}

/** Former states of a draft folder, the latest first. @throws UserError DRAFT_NOT_FOUND when there is none. */
export async function historyOf(draft: string, folder: string): Promise<DraftVersion[]> {
  const path = resolve(folder, draft);
  const versions = await draftHistory(path);
  // A draft that cannot be opened may have some; what is none is told as that.
  if (versions.length === 0) await openDraft(path);
  return versions;
}

/** Brings a former state of a draft folder back. */
export async function restore(
  draft: string,
  version: number | undefined,
  { folder, force }: { folder: string; force: boolean },
): Promise<SavedDraft & { restored: DraftVersion }> {
  const path = resolve(folder, draft);
  // What cannot be opened is what a former state is for.
  const opened = await openDraft(path).catch(() => undefined);
  if (!force && opened !== undefined) await assertClosedFor(opened);
  return restoreDraft(path, version, { now: Date.now });
}

function withRelativePath(problem: Problem, folder: string): Problem {
  const { location } = problem;
  if (location === undefined) return problem;
  return { ...problem, location: { ...location, file: relative(folder, location.file) || location.file } };
}
