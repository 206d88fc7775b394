import type { Catalog } from '@cozecut/catalog';
import {
  formatPointer,
  type Location,
  type PathSegment,
  type Problem,
  type TextEdit,
} from '@cozecut/problems';
import type { Profile } from '../profiles/profile.ts';
import { frameLengthUs } from '../timeline/frames.ts';
import { detectProfile } from './detect-profile.ts';
import type { DraftContext, DraftFinding, DraftRule, LookedAtFile, RuleHead } from './draft-rule.ts';
import { viewDraft } from './draft-view.ts';
import type { JsonDocument } from './json/json-document.ts';
import { Lines } from './json/lines.ts';
import { objectOf } from './loose.ts';
import { ENCRYPTED_HINT, type OpenedDraft } from './opened-draft.ts';
import { DRAFT_RULES } from './rules/index.ts';

/** Options of {@link lintDraft}. */
export interface LintDraftOptions {
  /** App the draft is for; default: the one that the draft names. */
  profile?: Profile;
  /** Whether there is a file at an absolute path; default: paths outside of the draft are not looked up. */
  exists?(path: string): boolean;
  /** The resources of the apps; without them no id is looked up. */
  catalog?: Catalog;
  /** Content of the media, by path as the draft writes it; what is missing is not judged. */
  files?: ReadonlyMap<string, LookedAtFile>;
  /** Version of the app that has saved the newest draft in the same draft root, such as `5.9.0`. */
  newestVersion?: string | undefined;
  /** Makes UUIDs for repairs that give a new id; without it there are none. */
  uuid?(): string;
}

/**
 * Holds a draft against the rules. Findings carry a pointer into the timeline file (or into `draft_meta_info.json`), its
 * place, and edits where the repair is certain. Of a draft that the app has encrypted, that is the only finding.
 */
export function lintDraft(opened: OpenedDraft, options: LintDraftOptions = {}): Problem[] {
  const { timeline } = opened;
  if (timeline === undefined) return encrypted(opened);
  const view = viewDraft(timeline.value(timeline.root));
  const document = opened.meta?.document;
  const meta = document && { value: objectOf(document.value(document.root)), json: document };
  const problems: Problem[] = [];
  const toProblem = problemMaker(opened, timeline);
  const context: Omit<DraftContext, 'report'> = {
    opened,
    view,
    json: timeline,
    meta,
    profile: options.profile ?? detectProfile(view.content),
    frameUs: frameLengthUs(view.canvas.fps),
    exists: options.exists,
    catalog: options.catalog,
    files: options.files,
    newestVersion: options.newestVersion,
    uuid: options.uuid,
  };
  for (const rule of DRAFT_RULES) {
    const own: DraftContext = { ...context, report: (finding) => problems.push(toProblem(rule, finding)) };
    rule.draft?.(own);
    if (rule.track) for (const track of view.tracks) rule.track(track, own);
    if (rule.segment) for (const segment of view.segments) rule.segment(segment, own);
  }
  return problems;
}

function encrypted({ encrypted: files, timelines }: OpenedDraft): Problem[] {
  const plain = timelines.filter(
    ({ state, role }) => state === 'plain' && (role === 'primary' || role === 'mirror'),
  );
  const stale =
    plain.length === 0
      ? ''
      : `; ${plain.map(({ path }) => path).join(', ')} is stale, the app does not read it`;
  const message = `the app has encrypted this draft (${files.join(', ')})${stale}`;
  const { id, severity } = ENCRYPTED_RULE;
  return [{ code: id, severity, message, pointer: '', docs: docsOf(id), hint: ENCRYPTED_HINT }];
}

/** The rule that ends a lint before it begins: there is nothing to read. */
const ENCRYPTED_RULE: RuleHead = {
  id: 'DR149',
  title: 'the draft is not encrypted by the app',
  severity: 'error',
};

/** What the rules of {@link lintDraft} are, in the order of their ids. */
export function listDraftRules(): RuleHead[] {
  return [...DRAFT_RULES, ENCRYPTED_RULE]
    .map(({ id, title, severity, fixable }) => ({ id, title, severity, ...(fixable ? { fixable } : {}) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function docsOf(id: string): string {
  return `docs/reference/draft-rules.md#${id.toLowerCase()}`;
}

/** Path of a file of a draft, as problems name it. */
export function draftFilePath({ path }: OpenedDraft, file: string): string {
  return `${path.replaceAll('\\', '/').replace(/\/$/, '')}/${file}`;
}

function problemMaker(
  opened: OpenedDraft,
  timeline: JsonDocument,
): (rule: DraftRule, finding: DraftFinding) => Problem {
  const lines = new Map<JsonDocument, Lines>();
  const place = (document: JsonDocument, file: string, path: readonly PathSegment[]): Location => {
    let known = lines.get(document);
    if (known === undefined) {
      known = new Lines(document, draftFilePath(opened, file));
      lines.set(document, known);
    }
    return known.locate(document.nearest(path));
  };
  return (rule, { message, path, metaPath, severity, hint, fix }) => {
    const meta = opened.meta?.document;
    const location =
      path !== undefined
        ? place(timeline, opened.primary.path, path)
        : metaPath !== undefined && meta !== undefined
          ? place(meta, opened.meta!.path, metaPath)
          : undefined;
    const edits: TextEdit[] = [];
    const add = (document: JsonDocument, file: string, change: NonNullable<typeof fix>['timeline']): void => {
      if (change === undefined) return;
      for (const edit of document.edits(change)) edits.push({ file: draftFilePath(opened, file), ...edit });
    };
    add(timeline, opened.primary.path, fix?.timeline);
    if (meta !== undefined) add(meta, opened.meta!.path, fix?.meta);
    return {
      code: rule.id,
      severity: severity ?? rule.severity,
      message,
      pointer: formatPointer(path ?? metaPath ?? []),
      docs: docsOf(rule.id),
      ...(location === undefined ? {} : { location }),
      ...(hint === undefined ? {} : { hint }),
      ...(fix === undefined || edits.length === 0 ? {} : { fix: { title: fix.title, edits } }),
    };
  };
}
