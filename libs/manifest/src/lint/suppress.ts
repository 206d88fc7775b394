import { showValue } from '@cozecut/problems';
import { sourceFile, toLocation } from '../source/source-file.ts';
import type { LintProblem, Profile } from './types.ts';

/** One comment that asks to leave findings out. */
interface Ignore {
  ids: string[];
  reason: string | undefined;
  /** Lines whose findings are meant: that of the comment and the first one after it that is no such comment. */
  lines: readonly number[];
  start: number;
  end: number;
}

const COMMENT = /(?:^|\s)#\s*cozecut-ignore\b[ \t]*([^\r\n]*)/g;

/** The text that the problems are about. */
export interface SuppressedText {
  text: string;
  file: string;
  profile: Profile;
  /** Whether a rule says nothing in this profile, so that a comment about it may find nothing. */
  isOff?(id: string): boolean;
}

/**
 * Leaves out what comments `# cozecut-ignore CZ310, CZ311 -- reason` are about: findings in their line or the next
 * one. A comment without a reason counts for nothing, and so does one that finds nothing to leave out; both are said.
 */
export function suppress(
  problems: readonly LintProblem[],
  { text, file, profile, isOff }: SuppressedText,
): LintProblem[] {
  const source = sourceFile(file, text);
  const ignores = findComments(source.text);
  if (ignores.length === 0) return [...problems];
  const used = new Map<Ignore, Set<string>>();
  const kept = problems.filter(({ code, location }) => {
    const line = location?.file === file ? location.start.line : undefined;
    const ignore = ignores.find(
      ({ ids, reason, lines }) =>
        reason !== undefined && line !== undefined && lines.includes(line) && ids.includes(code),
    );
    if (ignore === undefined) return true;
    used.set(ignore, (used.get(ignore) ?? new Set()).add(code));
    return false;
  });
  for (const ignore of ignores) {
    const location = toLocation({ file: source, start: ignore.start, end: ignore.end });
    const base = { severity: 'warning' as const, stage: 'style' as const, location };
    if (ignore.reason === undefined) {
      kept.push({
        ...base,
        code: 'IGNORE_WITHOUT_REASON',
        message: 'a comment that leaves findings out must name rules and say why',
        hint: '# cozecut-ignore CZ310 -- the title is read by another program',
      });
      continue;
    }
    const idle = ignore.ids.filter((id) => used.get(ignore)?.has(id) !== true && isOff?.(id) !== true);
    for (const id of idle) {
      kept.push({
        ...base,
        code: 'IGNORE_UNUSED',
        message: `there is nothing to leave out for ${showValue(id).replaceAll('"', '')} in profile ${profile}`,
        hint: 'Remove the comment, or put it in or above the line of the finding',
      });
    }
  }
  return kept;
}

function findComments(text: string): Ignore[] {
  if (!text.includes('cozecut-ignore')) return [];
  const lines = text.split(/\r\n|\r|\n/);
  const isOwn = (line: number) => /^\s*#/.test(lines[line - 1] ?? '');
  return [...text.matchAll(COMMENT)].map((match) => {
    const start = match.index + match[0].indexOf('#');
    const end = match.index + match[0].length;
    const line = text.slice(0, start).split(/\r\n|\r|\n/).length;
    const [names = '', reason = ''] = match[1]!.split(/\s--\s/);
    const ids = names.split(/[\s,]+/).filter((id) => /^[A-Z][A-Z0-9_]+$/.test(id));
    const written = reason.trim();
    let next = line + 1;
    if (isOwn(line)) while (isOwn(next)) next++;
    return {
      ids,
      reason: written === '' || ids.length === 0 ? undefined : written,
      lines: isOwn(line) ? [next] : [line],
      start,
      end,
    };
  });
}
