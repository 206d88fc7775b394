import type { Problem, Severity } from '@cozecut/problems';
import type { JsonDocument } from '../drafts/json/json-document.ts';
import { textOf } from '../drafts/loose.ts';
import type { OpenedDraft } from '../drafts/opened-draft.ts';
import type { Profile } from '../profiles/profile.ts';
import { draftPaths, isPath, usedMaterials } from './draft-paths.ts';
import { type PathString, pathStrings } from './path-strings.ts';

/** What is known of a file outside of the draft: its size; `missing`; or that nobody may look. */
export type OutsideFile = { bytes: number } | 'missing' | 'foreign' | 'network';

/** A file that a draft needs and does not hold. */
export interface MediaCopy {
  /** As the draft names it. */
  written: string;
  bytes: number;
  /** Folder in the draft that it goes into. */
  folder: 'assets/video' | 'assets/image' | 'assets/audio';
}

/** What an install does about the media of a draft. */
export interface MediaPlan {
  /** Errors stop the install, unless it is forced. */
  problems: Problem[];
  /** Paths that leave the draft or name a server; nothing makes them right. */
  refused: Problem[];
  /** Files to copy into the draft, each once. */
  copies: MediaCopy[];
  /** Files that stay where they are: path as written, and size. */
  left: ReadonlyMap<string, number>;
  /** Files of the draft that are used: path in the draft, and size. */
  held: ReadonlyMap<string, number>;
}

/** Paths of media outside of a draft, each once. */
export function outsidePaths(opened: OpenedDraft, documents: readonly JsonDocument[]): string[] {
  const find = draftPaths(opened);
  const outside = documents.flatMap((document) =>
    pathStrings(document).flatMap(({ media, written }) => {
      const { path, entry } = find(written);
      const isAbsolute = path.style === 'posix' || path.style === 'windows' || path.style === 'network';
      return media !== undefined && entry === undefined && isAbsolute ? written : [];
    }),
  );
  return [...new Set(outside)];
}

/**
 * DR120, DR121, DR122, DR124, DR125, DR126: where the media of a draft are, and what has to be done about them in the
 * place of `profile`.
 *
 * @param documents - Timelines of the draft, the primary first.
 * @param outside - What is at each of the {@link outsidePaths}.
 */
export function planMedia(
  opened: OpenedDraft,
  documents: readonly JsonDocument[],
  profile: Profile,
  outside: ReadonlyMap<string, OutsideFile>,
): MediaPlan {
  const find = draftPaths(opened);
  const problems = new Map<string, Problem>();
  const refused = new Map<string, Problem>();
  const copies = new Map<string, MediaCopy>();
  const left = new Map<string, number>();
  const held = new Map<string, number>();
  for (const document of documents) {
    const value = document.value(document.root);
    const isUsed = usedMaterials(value);
    for (const string of pathStrings(document)) {
      const { written, media } = string;
      const found = find(written);
      const { path, entry } = found;
      if (path.escapes && isPath(found, string) && (media !== undefined || path.style === 'token')) {
        add(refused, 'DR126', 'error', `"${written}" leaves the draft`, 'do not use it; ask its sender');
        continue;
      }
      if (media === undefined) continue;
      const missing: Severity = isUsed(string) ? 'error' : 'warning';
      if (path.style === 'url')
        add(problems, 'DR121', missing, `media must be local (got ${written})`, 'download it first');
      else if (entry?.kind === 'file') held.set(entry.path, entry.bytes);
      else if (path.style === 'token' || path.style === 'relative')
        add(problems, 'DR120', missing, `"${written}" not found in the draft`, RELINK);
      else if (opened.kind === 'zip')
        add(problems, 'DR125', missing, `"${written}" is not in the zip`, 'pack the draft with its media');
      else planOutside(string, outside.get(written) ?? 'missing', missing);
    }
  }
  return {
    problems: [...problems.values()],
    refused: [...refused.values()],
    copies: [...copies.values()],
    left,
    held,
  };

  function planOutside(string: PathString, file: OutsideFile, missing: Severity): void {
    const { written } = string;
    const isRequired = profile.mediaInside === 'required';
    if (file === 'missing') add(problems, 'DR120', missing, `"${written}" not found`, RELINK);
    else if (file === 'foreign')
      add(problems, 'DR124', missing, `"${written}" is a path of another system`, RELINK);
    else if (file === 'network') {
      const severity = isRequired ? missing : 'warning';
      add(problems, 'DR122', severity, `"${written}" is on a server`, 'copy it to this machine');
    } else if (isRequired) {
      const folder = folderOf(documents, string);
      copies.set(written, { written, bytes: file.bytes, folder });
    } else {
      left.set(written, file.bytes);
      const hint = 'it has to stay where it is, or copy it into the draft folder before';
      add(problems, 'DR122', 'warning', `"${written}" is outside of the draft`, hint);
    }
  }
}

const RELINK = 'put the file there, or relink it';

/** Notes a problem once; of two severities the graver one stays. */
function add(
  problems: Map<string, Problem>,
  code: string,
  severity: Severity,
  message: string,
  hint: string,
): void {
  if (problems.get(message)?.severity !== 'error') problems.set(message, { code, severity, message, hint });
}

function folderOf(documents: readonly JsonDocument[], { media, keys }: PathString): MediaCopy['folder'] {
  if (media === 'audios') return 'assets/audio';
  const isStill = documents.some((document) => {
    const node = document.at([...keys.slice(0, -1), 'type']);
    return node !== undefined && ['photo', 'gif'].includes(textOf(document.value(node)) ?? '');
  });
  return isStill ? 'assets/image' : 'assets/video';
}
