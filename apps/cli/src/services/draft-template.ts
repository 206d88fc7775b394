import { basename, dirname, join, resolve } from 'node:path';
import {
  type ColorNames,
  editSources,
  type FilledDraft,
  fillEdit,
  fillTemplate,
  listPlaceholders,
  type MediaFile,
  type OpenedDraft,
  type Placeholder,
  type ReadRow,
  readTemplateRows,
  type TemplateRow,
} from '@cozecut/draft-core';
import { writeFilledDraft } from '@cozecut/draft-core/node';
import type { MediaLibrary } from '@cozecut/media';
import { isUserError, type Problem, showValue, UserError } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { readUserWords } from '../user-file.ts';
import { readJson } from '../user-json.ts';
import { readUserText } from '../user-text.ts';
import { type DraftChoice, editPorts, openChosen, withMedia } from './edit-draft.ts';
import { interruptible } from './interrupt.ts';

/** What `draft template fill` was asked for. */
export interface FillRequest extends DraftChoice {
  /** File of rows, JSON Lines or CSV; `-` is standard input. */
  data: string;
  /** Folder that gets the drafts. */
  out: string;
  /** File that names colours of the template. */
  colors?: string | undefined;
  env: Environment;
  /** Is told of each row that is finished. */
  onRow(done: number, total: number): void;
}

/** A row that did not become a draft. */
export interface FailedRow {
  /** Line of the data, from 1. */
  line: number;
  code: string;
  message: string;
}

/** What became of the rows. */
export interface FillResult {
  drafts: { line: number; name: string; folder: string }[];
  failed: FailedRow[];
  problems: Problem[];
}

/** The placeholders of a template. */
export async function placeholdersOf(
  choice: DraftChoice & { colors?: string | undefined },
): Promise<Placeholder[]> {
  const template = await openTemplate(choice);
  return listPlaceholders(template.timeline!, readColors(choice.colors));
}

/** Makes one draft for each row; a row that fails does not stop the others. */
export async function fillRows(request: FillRequest): Promise<FillResult> {
  const { folder, env, data, out, onRow } = request;
  const template = await openTemplate(request);
  const colors = readColors(request.colors);
  const placeholders = listPlaceholders(template.timeline!, colors);
  const rows = readRows(data === '-' ? data : resolve(folder, data));
  const result: FillResult = { drafts: [], failed: [], problems: [] };
  const ports = editPorts(env, folder);
  const mediaFolder = data === '-' ? folder : dirname(resolve(folder, data));
  await interruptible((signal) =>
    withMedia(env, mediaFolder, async (library) => {
      for (const [index, { line, row }] of rows.entries()) {
        signal.throwIfAborted();
        try {
          if (isUserError(row)) throw row;
          const media = await openAll(
            library,
            editSources([fillEdit(placeholders, row, colors)]).media,
            signal,
          );
          const name = nameOf(row, template, line);
          const place = { name, folder: join(resolve(folder, out), name) };
          const filled = fillTemplate(template, row, { ...ports, ...place, media, colors });
          assertFine(filled);
          result.drafts.push({ line, name, folder: await writeFilledDraft(template, filled) });
          result.problems.push(
            ...filled.problems.map((one) => ({ ...one, message: `line ${line}: ${one.message}` })),
          );
        } catch (error) {
          if (!isUserError(error) || signal.aborted) throw error;
          result.failed.push({ line, code: error.code, message: error.message });
        }
        onRow(index + 1, rows.length);
      }
    }),
  );
  return result;
}

async function openTemplate(choice: DraftChoice): Promise<OpenedDraft> {
  const template = await openChosen(choice);
  if (template.timeline !== undefined) return template;
  throw new UserError(
    'DRAFT_ENCRYPTED',
    `the app has encrypted this draft (${template.encrypted.join(', ')})`,
  );
}

function readColors(file: string | undefined): ColorNames {
  if (file === undefined) return {};
  const value = readJson(file, readUserWords(file, file));
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMap && Object.values(value).every((color) => typeof color === 'string')) return value as ColorNames;
  throw new UserError('INPUT_INVALID', `${file} must hold a map of names to colours of the template`);
}

function readRows(data: string): ReadRow[] {
  const text = readUserText(data === '-' ? 0 : data, data);
  const format = /\.(?:csv|tsv)$/i.test(data)
    ? 'csv'
    : /\.(?:jsonl|ndjson|json)$/i.test(data)
      ? 'jsonl'
      : undefined;
  return readTemplateRows(text, format);
}

function nameOf({ draft_name: name }: TemplateRow, { path }: OpenedDraft, line: number): string {
  if (name === undefined || name === '') return `${basename(path)}-${line}`;
  if (typeof name === 'string') return name;
  throw new UserError('DRAFT_NAME_INVALID', `draft_name must be text (got ${showValue(name)})`);
}

async function openAll(library: MediaLibrary, sources: readonly string[], signal: AbortSignal) {
  const media = new Map<string, MediaFile>();
  for (const source of sources) media.set(source, await library.open(source, { signal }));
  return media;
}

function assertFine({ problems }: FilledDraft): void {
  if (problems.some(({ severity }) => severity === 'error'))
    throw UserError.fromProblems('DRAFT_EDIT_FAILED', problems);
}
