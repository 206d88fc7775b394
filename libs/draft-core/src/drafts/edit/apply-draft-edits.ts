import { isUserError, type Problem, UserError } from '@cozecut/problems';
import { DEFAULT_PROFILE, findProfile } from '../../profiles/index.ts';
import { detectProfile } from '../detect-profile.ts';
import type { JsonDocument } from '../json/json-document.ts';
import { KIND } from '../json/tape.ts';
import { ENCRYPTED_HINT, type OpenedDraft } from '../opened-draft.ts';
import { checkResult } from './check-result.ts';
import { EditDraft } from './edit-draft.ts';
import { EditMeta } from './edit-meta.ts';
import { mediaKeys, mergeMedia } from './merge-media.ts';
import type { AddedFile, EditContext, EditPorts } from './operation.ts';
import { checkEdits, type DraftEdit, OPERATIONS } from './operations/index.ts';
import { removeOrphans } from './orphans.ts';
import { playedFiles, settleBytes } from './played-files.ts';
import { settle } from './settle.ts';
import { Snapshot } from './snapshot.ts';
import { Spellings } from './spellings.ts';
import { writeChanges } from './write-changes.ts';

/** What edits make of a draft; nothing is written yet. */
export interface EditedDraft {
  /** The new timeline document; missing when a finding is an error, and when nothing changes. */
  timeline?: JsonDocument;
  /** The new `draft_meta_info.json`; missing when it does not change. */
  meta?: JsonDocument;
  /** Files, relative to the draft, that get the timeline even when they are not there yet. */
  alsoAs: string[];
  /** Files to copy into the draft before it is written. */
  files: AddedFile[];
  /** One sentence for each edit. */
  summary: string[];
  problems: Problem[];
}

/**
 * Makes edits of a draft, all or none. Only what they say changes: unknown keys, the order of keys and the spelling of
 * numbers stay. What follows from them is done too: the total length, the order of clips, materials that nothing uses
 * any more.
 *
 * @param edits - Checked against their schema here.
 * @returns Findings: an error among them means that nothing was changed. The pointer of a finding is that of the edit.
 * @throws UserError DRAFT_ENCRYPTED when the app has taken the draft over.
 */
export function applyDraftEdits(opened: OpenedDraft, edits: unknown, ports: EditPorts): EditedDraft {
  const { timeline } = opened;
  if (timeline === undefined) throw encrypted(opened);
  const run: EditRun = {
    opened,
    ports,
    problems: [],
    files: [],
    alsoAs: [],
    released: new Set(),
    summary: [],
  };
  const checked = checkEdits(edits, run.problems);
  const failed = (): EditedDraft => ({ alsoAs: [], files: [], summary: [], problems: run.problems });
  if (checked === undefined) return failed();
  const spellings = new Spellings();
  let changed: { draft: EditDraft; meta: EditMeta | undefined };
  try {
    changed = makeEdits(checked, spellings, run);
  } catch (error) {
    if (!isUserError(error)) throw error;
    run.problems.push(...problemsOf(error));
    return failed();
  }
  if (run.problems.some(({ severity }) => severity === 'error')) return failed();
  const { draft, meta } = changed;
  const written = writeChanges(timeline, draft.content, spellings);
  const isChanged = written !== timeline;
  if (isChanged && meta !== undefined) {
    if (draft.content.duration !== undefined) meta.set('tm_duration', draft.content.duration);
    meta.set('tm_draft_modified', ports.now() * 1000);
  }
  const oldMeta = opened.meta?.document;
  const newMeta = meta && oldMeta && writeChanges(oldMeta, meta.content, spellings);
  return {
    ...(isChanged ? { timeline: written } : {}),
    ...(newMeta === undefined || newMeta === oldMeta ? {} : { meta: newMeta }),
    alsoAs: run.alsoAs,
    files: run.files,
    summary: run.summary,
    problems: run.problems,
  };
}

/** What is collected on the way. */
interface EditRun {
  opened: OpenedDraft;
  ports: EditPorts;
  problems: Problem[];
  files: AddedFile[];
  alsoAs: string[];
  released: Set<string>;
  summary: string[];
}

function makeEdits(
  edits: readonly DraftEdit[],
  spellings: Spellings,
  run: EditRun,
): { draft: EditDraft; meta: EditMeta | undefined } {
  const { opened, ports, problems } = run;
  const own = editable(opened, spellings, ports);
  const { draft } = own;
  const before = new Snapshot(draft);
  const mediaBefore = mediaKeys(draft);
  const filesBefore = playedFiles(draft, opened);
  let pointer = '';
  const context: EditContext = {
    ...own,
    opened,
    ports,
    profile: ports.profile ?? detectProfile(draft.content) ?? findProfile(DEFAULT_PROFILE),
    warn: (code, message, extra = {}) =>
      problems.push({ code, severity: 'warning', message, pointer, ...extra }),
    tell: (problem) => problems.push({ ...problem, pointer }),
    release: (ids) => {
      for (const id of ids) run.released.add(id);
    },
    addFile: (file) => {
      if (!run.files.some(({ path }) => path === file.path)) run.files.push(file);
    },
    alsoWrite: (names) => void run.alsoAs.push(...names),
    other: (name) => {
      const other = ports.drafts?.get(name);
      if (other === undefined) throw new UserError('DRAFT_NOT_FOUND', `there is no draft "${name}"`);
      if (other.timeline === undefined) throw encrypted(other);
      return { ...editable(other, spellings, ports), opened: other };
    },
  };
  for (const [index, edit] of edits.entries()) {
    pointer = `/${index}`;
    try {
      run.summary.push(OPERATIONS[edit.op].apply(edit as never, context));
    } catch (error) {
      if (!isUserError(error)) throw error;
      for (const problem of problemsOf(error)) problems.push({ ...problem, pointer });
      return own;
    }
  }
  pointer = edits.length === 1 ? '/0' : '';
  const now = settle(context, before);
  removeOrphans(draft, [...run.released, ...mergeMedia(draft, mediaBefore)]);
  if (own.meta !== undefined)
    settleBytes(own.meta, filesBefore, playedFiles(draft, opened, run.files), run.files);
  for (const problem of checkResult(draft, before, now)) problems.push({ ...problem, pointer });
  return own;
}

function editable(
  { timeline, meta, name }: OpenedDraft,
  spellings: Spellings,
  { uuid }: EditPorts,
): { draft: EditDraft; meta: EditMeta | undefined } {
  const document = meta?.document;
  return {
    draft: new EditDraft(timeline!, spellings, uuid, name),
    meta: isMap(document) ? new EditMeta(document, spellings) : undefined,
  };
}

/** What an error that ended an edit says, as findings. */
export function problemsOf({ code, message, hint, problems }: UserError): Problem[] {
  if (problems.length > 0) return problems;
  return [{ code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) }];
}

function encrypted({ encrypted: files }: OpenedDraft): UserError {
  return new UserError('DRAFT_ENCRYPTED', `the app has encrypted this draft (${files.join(', ')})`, {
    hint: ENCRYPTED_HINT,
  });
}

function isMap(document: JsonDocument | undefined): document is JsonDocument {
  return document !== undefined && document.kind(document.root) === KIND.object;
}
