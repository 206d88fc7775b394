import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, showJson, UserError } from '@cozecut/problems';
import { checkDraftName } from '../compile/draft-name.ts';
import { decodeDraftText } from '../drafts/decode-text.ts';
import { JsonDocument } from '../drafts/json/json-document.ts';
import { timelineFolder } from '../drafts/layout.ts';
import { lintDraft } from '../drafts/lint-draft.ts';
import { objectOf, textOf } from '../drafts/loose.ts';
import type { OpenedDraft } from '../drafts/opened-draft.ts';
import { foldName } from '../drafts/safe-path.ts';
import { type MediaPlan, outsidePaths, planMedia } from '../install/plan-media.ts';
import { appOfDraft, targetProfile } from '../install/target-profile.ts';
import type { Profile } from '../profiles/profile.ts';
import { checkEntries } from './check-entries.ts';
import { checkRoot } from './check-root.ts';
import { chooseRoot } from './choose-root.ts';
import { assertDraftName } from './draft-name.ts';
import { findDraftRoots, type SystemFolders } from './draft-root.ts';
import { DRAFT_LIMITS, type DraftLimits, type DraftSource } from './draft-source.ts';
import { isSameFolder } from './index-entry.ts';
import { openDraftIn } from './open-draft.ts';
import { lookOutside } from './outside-file.ts';
import { ifMissing, readIndex } from './read-index.ts';
import { assertPlain } from './save-draft.ts';
import { draftIdAt } from './swap-draft.ts';
import { draftExists } from './write-draft-folder.ts';

/** What a caller asks an install for. */
export interface InstallRequest {
  /** Absolute path of a draft folder or of a zip of one. */
  source: string;
  /** Absolute path of the draft root; default: that of the app on this system. */
  root?: string | undefined;
  /** App that is to open the draft; default: the one that the draft names. */
  app?: Profile['app'] | undefined;
  /** Name of the draft folder; default: that of the source. */
  name?: string | undefined;
  /** Whether a draft of this name is replaced. */
  replace?: boolean | undefined;
  /** Whether a draft folder that has the name may be replaced although `replace` is not set; default: none may. */
  mayReplace?: ((folder: string) => Promise<boolean>) | undefined;
  /** Whether to go on with media that are missing, and while the app is running. */
  force?: boolean | undefined;
  limits?: Partial<DraftLimits> | undefined;
  /** Where the apps keep their drafts. */
  system: SystemFolders;
  /** Makes a new id. */
  uuid(): string;
}

/** What an install will do. */
export interface InstallPlan {
  opened: OpenedDraft;
  /** Text of every timeline file that can be read, by path. */
  documents: ReadonlyMap<string, JsonDocument>;
  root: string;
  isRootMade: boolean;
  folder: string;
  name: string;
  profile: Profile;
  media: MediaPlan;
  identity: Identity;
  problems: Problem[];
}

/** What a draft is called in its root, and what it takes the place of. */
export interface Identity {
  draftId: string;
  timelineId: string | undefined;
  /** Name of the draft that is replaced. */
  former: string | undefined;
  problems: Problem[];
}

/** What a person should know about a draft as it came; an install mends most of it, and none stops it. */
const TOLD = new Set(['DR127', 'DR143', 'DR144', 'DR148', 'DR155']);

/**
 * Reads a draft and finds out how it can be put into a draft root. Nothing is written.
 *
 * @param prepare - Makes the draft root ready, before it is looked at.
 */
export async function planInstall(
  source: DraftSource,
  request: InstallRequest,
  prepare: (root: string, profile: Profile) => Promise<void>,
): Promise<InstallPlan> {
  const limits = { ...DRAFT_LIMITS, ...request.limits };
  const opened = await openDraftIn(source, request.source, { limits });
  assertPlain(opened.encrypted);
  checkEntries(opened, limits);
  const documents = await readTimelines(source, opened);
  const primary = documents.get(opened.primary.path)!;
  const content = objectOf(primary.value(primary.root));
  const own = appOfDraft(content);
  const { root, app } = await placeOf(request, own);
  const profile = targetProfile(content, app, request.system.platform);
  const name = request.name ?? opened.name;
  assertDraftName(name, 'choose one plain folder name: --name NAME');
  const used = opened.timelines.filter(({ role }) => role === 'primary' || role === 'other');
  const timelines = used.flatMap(({ path }) => documents.get(path) ?? []);
  const outside = new Map(
    await Promise.all(
      outsidePaths(opened, timelines).map(async (path) => [path, await lookOutside(path)] as const),
    ),
  );
  const media = planMedia(opened, timelines, profile, outside);
  if (media.refused.length > 0) throw UserError.fromProblems('DRAFT_UNSAFE', media.refused);
  if (!request.force && media.problems.some(({ severity }) => severity === 'error')) {
    const hint = 'put the files where the draft looks for them, or install it without them: --force';
    throw UserError.fromProblems('MEDIA_NOT_FOUND', media.problems, hint);
  }
  await checkRoot(root);
  await prepare(root, profile);
  const isRootMade = (await lstat(root).catch(ifMissing(undefined))) === undefined;
  const identity = await chooseIdentity(root, name, opened, request);
  return {
    opened,
    documents,
    root,
    isRootMade,
    folder: join(root, name),
    name,
    profile,
    media,
    identity,
    problems: [
      ...(own === undefined || own === app ? [] : [otherApp(own, app)]),
      ...checkDraftName(name),
      // What was forced is a warning.
      ...[...media.problems, ...lintDraft(opened, { profile }).filter(({ code }) => TOLD.has(code))].map(
        ({ location: _, fix: __, ...problem }): Problem =>
          problem.severity === 'error' ? { ...problem, severity: 'warning' } : problem,
      ),
    ],
  };
}

/**
 * Decides the name and the ids of a draft in a root: a draft that replaces another keeps the id that the list has; one
 * whose id belongs to another draft of the list gets new ones.
 *
 * @throws UserError DRAFT_EXISTS, INDEX_UNREADABLE
 */
export async function chooseIdentity(
  root: string,
  name: string,
  opened: OpenedDraft,
  { replace, mayReplace, uuid }: Pick<InstallRequest, 'replace' | 'mayReplace' | 'uuid'>,
): Promise<Identity> {
  const names = await readdir(root).catch(ifMissing<string[]>([]));
  const former = names.find((one) => foldName(one) === foldName(name));
  const folder = join(root, former ?? name);
  if (former !== undefined) {
    const isFolder = (await lstat(folder)).isDirectory();
    if (!isFolder || !(replace || (await mayReplace?.(folder))))
      throw draftExists(
        folder,
        isFolder ? { hint: 'choose another name with --name, or replace it with --replace' } : {},
      );
  }
  const index = await readIndex(root);
  const entryOf = ({ draft_fold_path: path }: { draft_fold_path?: unknown }): boolean =>
    typeof path === 'string' && isSameFolder(path, folder);
  const meta = opened.meta?.document;
  const own = textOf(objectOf(meta?.value(meta.root)).draft_id);
  const listed = index.find(entryOf)?.draft_id;
  const kept = former === undefined ? undefined : (textOf(listed) ?? textOf(await draftIdAt(folder)));
  if (kept !== undefined) return { draftId: kept, timelineId: undefined, former, problems: [] };
  const other = index.find(
    (entry) =>
      !entryOf(entry) && own !== undefined && textOf(entry.draft_id)?.toUpperCase() === own.toUpperCase(),
  );
  const newId = (): string => uuid().toUpperCase();
  if (other === undefined) return { draftId: own ?? newId(), timelineId: undefined, former, problems: [] };
  // A nested copy is found by the id of its timeline, which other files name as well.
  const isNested = opened.timelines.some(({ path }) => timelineFolder(path) !== '');
  const problem: Problem = {
    code: 'DR033',
    severity: 'warning',
    message: `the draft has the id of ${showJson(other.draft_name)}, which is in the list; it got a new one`,
  };
  return { draftId: newId(), timelineId: isNested ? undefined : newId(), former, problems: [problem] };
}

async function placeOf(
  { root, app: asked, system }: InstallRequest,
  own: Profile['app'] | undefined,
): Promise<{ root: string; app: Profile['app'] }> {
  if (root === undefined) {
    const chosen = chooseRoot(await findDraftRoots(system), asked ?? own);
    return { root: chosen.path, app: chosen.app };
  }
  const app = asked ?? appOfRoot(root) ?? own;
  if (app !== undefined) return { root, app };
  throw new UserError('APP_UNKNOWN', 'the draft does not say whether it is for JianYing or CapCut', {
    hint: 'say it: --app jianying or --app capcut',
  });
}

/** The app whose usual draft folder this is. */
function appOfRoot(root: string): Profile['app'] | undefined {
  const [, name] = /[\\/](JianyingPro|CapCut)(?:[\\/]User Data[\\/]| Drafts(?:[\\/]|$))/i.exec(root) ?? [];
  if (name === undefined) return undefined;
  return name.toLowerCase() === 'capcut' ? 'capcut' : 'jianying';
}

/** The primary and every other timeline file that can be read; what cannot is copied as it is. */
async function readTimelines(source: DraftSource, opened: OpenedDraft): Promise<Map<string, JsonDocument>> {
  const documents = new Map<string, JsonDocument>();
  const byHash = new Map<string, JsonDocument>();
  if (opened.timeline !== undefined) byHash.set(opened.primary.sha256, opened.timeline);
  for (const { path, state, sha256 } of opened.timelines) {
    if (state !== 'plain') continue;
    try {
      let document = byHash.get(sha256);
      if (document === undefined) {
        const read = decodeDraftText(await source.read(path), path);
        if (read.state !== 'plain') continue;
        document = new JsonDocument(read.text, path);
        byHash.set(sha256, document);
      }
      documents.set(path, document);
    } catch {
      // A backup may be torn.
    }
  }
  return documents;
}

function otherApp(own: Profile['app'], app: Profile['app']): Problem {
  return {
    code: 'DRAFT_OTHER_APP',
    severity: 'warning',
    message: `the draft was made for ${own}; in ${app} its effects, filters and fonts may be missing`,
  };
}
