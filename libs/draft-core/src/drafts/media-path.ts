import { DRAFT_PATH_TOKEN } from '../compile/draft-files.ts';
import type { MaterialView } from './draft-view.ts';
import { textOf } from './loose.ts';
import type { OpenedDraft } from './opened-draft.ts';
import { foldName, pathParts } from './safe-path.ts';

const token = /^##_draftpath_placeholder_([^_]*)_##/;

/** What a path in a draft means. */
export interface MediaPath {
  /** As it is written. */
  written: string;
  style: 'url' | 'token' | 'relative' | 'posix' | 'windows' | 'network';
  /** Path inside of the draft, with `/`, when it leads there. */
  inside: string | undefined;
  /** Whether it is relative to the draft and leaves it. */
  escapes: boolean;
}

/** Whether a token names the draft folder with the constant that the app replaces. */
export function isKnownToken(path: string): boolean {
  return path.startsWith(DRAFT_PATH_TOKEN);
}

/** The path with the token that the app replaces. */
export function withKnownToken(path: string): string {
  return path.replace(token, DRAFT_PATH_TOKEN);
}

/** Reads a path of a draft: absolute, with the token, or relative; both separators. */
export function readMediaPath(written: string, { kind, path: folder }: OpenedDraft): MediaPath {
  const path = written.replaceAll('\\', '/');
  const isToken = token.test(path);
  const style = isToken
    ? 'token'
    : /^[a-z][a-z0-9+.-]+:\/\//i.test(path)
      ? 'url'
      : path.startsWith('//')
        ? 'network'
        : /^[a-z]:/i.test(path)
          ? 'windows'
          : path.startsWith('/')
            ? 'posix'
            : 'relative';
  if (style === 'token' || style === 'relative') {
    const inside = insideOf(path.replace(token, ''));
    return { written, style, inside, escapes: inside === undefined };
  }
  const root = `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  const isInside =
    kind === 'folder' &&
    (style === 'windows' ? foldName(path).startsWith(foldName(root)) : path.startsWith(root));
  return { written, style, inside: isInside ? insideOf(path.slice(root.length)) : undefined, escapes: false };
}

/** A relative path without detours; nothing when it leaves the folder. */
function insideOf(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of pathParts(path)) {
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** The path that a video or sound names, when it names one. */
export function mediaPathOf({ array, value }: MaterialView): string | undefined {
  return array === 'videos' || array === 'audios' ? textOf(value.path) : undefined;
}
