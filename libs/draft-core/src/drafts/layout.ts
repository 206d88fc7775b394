import { UserError } from '@cozecut/problems';
import type { Profile } from '../profiles/profile.ts';
import type { TimelineFile, TimelineRole } from './opened-draft.ts';

/** Names of the files that the apps read: on Windows, and on macOS. */
export const PRIMARY_NAMES: readonly string[] = ['draft_content.json', 'draft_info.json'];
const MIRROR_NAMES = [...PRIMARY_NAMES, 'template-2.tmp'];
const BACKUP_NAMES = PRIMARY_NAMES.map((name) => `${name}.bak`);
const SKELETON_NAMES = ['template.tmp', 'template.json'];
const ALL_NAMES = [...MIRROR_NAMES, ...BACKUP_NAMES, ...SKELETON_NAMES];

/** Name of the file about a draft. */
export const META_NAME = 'draft_meta_info.json';
/** Name of the file that lists the drafts of an app, in the folder that holds them. */
export const INDEX_NAME = 'root_meta_info.json';
/** Name of the file that lists the timelines of a draft. */
export const PROJECT_NAME = 'Timelines/project.json';

/** Folder of a timeline below `Timelines`, or `''` for the draft itself; `undefined` for a file that holds none. */
export function timelineFolder(path: string): string | undefined {
  const [, folder, name] = /^(?:Timelines\/([^/]+)\/)?([^/]+)$/.exec(path) ?? [];
  return name !== undefined && ALL_NAMES.includes(name) ? (folder ?? '') : undefined;
}

/** Folder of the draft, with `/` at its end, that a file in some folder would make one; `undefined` for other files. */
export function draftFolderOf(path: string): string | undefined {
  const [, folder, name] = /^((?:.*\/)?)([^/]+)$/.exec(path) ?? [];
  return name !== undefined && ALL_NAMES.includes(name)
    ? folder!.replace(/(^|\/)Timelines\/[^/]+\/$/, '$1')
    : undefined;
}

/** What is known of the timeline files before one is chosen. */
export interface LayoutInput {
  files: readonly Omit<TimelineFile, 'role'>[];
  mainTimelineId: string | undefined;
  profile: Profile | undefined;
  /** Path that the caller chose. */
  chosen: string | undefined;
  /** System that a plain file says it was made on. */
  systemOf(path: string): 'windows' | 'mac' | undefined;
}

/** The primary and what the other files are to it. */
export interface Layout {
  timelines: TimelineFile[];
  reason: string;
}

/**
 * Finds out which file the app reads: Windows reads `draft_content.json`, macOS `draft_info.json`, and a copy below
 * `Timelines` wins over the draft folder.
 *
 * @throws UserError DRAFT_FILE_UNKNOWN when the chosen file holds no timeline.
 */
export function findLayout(input: LayoutInput): Layout | undefined {
  const main = mainFolder(input);
  const active = input.files.filter(({ path }) => {
    const folder = timelineFolder(path);
    return (folder === '' || folder === main) && MIRROR_NAMES.includes(nameOf(path));
  });
  const found = choose(input, active, main);
  if (found === undefined) return undefined;
  const { primary, reason } = found;
  const folders = new Set(['', timelineFolder(primary.path), main]);
  const roleOf = (file: Omit<TimelineFile, 'role'>): TimelineRole => {
    if (file.path === primary.path) return 'primary';
    if (!folders.has(timelineFolder(file.path))) return 'other';
    // Some builds keep these equal to the timeline, others keep older states in them.
    if (MIRROR_NAMES.includes(nameOf(file.path)) || file.sha256 === primary.sha256) return 'mirror';
    return BACKUP_NAMES.includes(nameOf(file.path)) ? 'backup' : 'skeleton';
  };
  const timelines = input.files.map((file) => ({ ...file, role: roleOf(file) }));
  return {
    timelines: timelines.sort((a, b) => Number(b.role === 'primary') - Number(a.role === 'primary')),
    reason,
  };
}

type File = Omit<TimelineFile, 'role'>;

function choose(
  input: LayoutInput,
  active: readonly File[],
  main: string | undefined,
): { primary: File; reason: string } | undefined {
  if (input.chosen !== undefined) {
    const primary = input.files.find(({ path }) => path === input.chosen);
    if (primary !== undefined) return { primary, reason: 'it was chosen' };
    throw new UserError('DRAFT_FILE_UNKNOWN', `"${input.chosen}" is no timeline file of this draft`, {
      hint: `choose one of ${input.files.map(({ path }) => path).join(', ')}`,
    });
  }
  const inRoot = active.filter(({ path }) => timelineFolder(path) === '');
  const nested = active.filter(({ path }) => timelineFolder(path) !== '');
  const root = byName(input, inRoot);
  const inner = byName(input, nested);
  if (inner === undefined) return root;
  if (root === undefined)
    return { primary: inner.primary, reason: 'the draft folder itself holds no timeline' };
  if (root.primary.sha256 === inner.primary.sha256) return root;
  return { primary: inner.primary, reason: `the copy in Timelines/${main} wins over the draft folder` };
}

function byName(input: LayoutInput, files: readonly File[]): { primary: File; reason: string } | undefined {
  const known = PRIMARY_NAMES.flatMap((name) => files.find(({ path }) => nameOf(path) === name) ?? []);
  const [first] = known.length > 0 ? known : files;
  if (first === undefined) return undefined;
  if (known.length < 2) return { primary: first, reason: 'it is the only timeline file of its folder' };
  const wanted = input.profile?.primaryName;
  if (wanted !== undefined) {
    const primary = known.find(({ path }) => nameOf(path) === wanted)!;
    return { primary, reason: `${input.profile!.title} reads ${wanted}` };
  }
  const byAge = known.toSorted((a, b) => b.modifiedMs - a.modifiedMs);
  const newest = byAge[0]!;
  const system = byAge.map(({ path }) => input.systemOf(path)).find((one) => one !== undefined);
  if (system !== undefined) {
    const name = system === 'mac' ? 'draft_info.json' : 'draft_content.json';
    return {
      primary: known.find(({ path }) => nameOf(path) === name)!,
      reason: `the draft was made on ${system}, where the app reads ${name}`,
    };
  }
  return known[0]!.sha256 === known[1]!.sha256
    ? { primary: first, reason: 'both timeline files are the same' }
    : { primary: newest, reason: 'it is the newer timeline file' };
}

/** Folder of the main timeline; the file that names it may be gone when there is only one. */
function mainFolder({ files, mainTimelineId }: LayoutInput): string | undefined {
  const folders = [...new Set(files.map(({ path }) => timelineFolder(path)))].filter(
    (folder) => folder !== '',
  );
  const named = folders.find((folder) => folder?.toLowerCase() === mainTimelineId?.toLowerCase());
  return named ?? (mainTimelineId === undefined && folders.length === 1 ? folders[0] : undefined);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
