import { isCozeError, type JsonObject, parseJson, type WorkflowInterrupt } from '@cozecut/coze-transport';
import { isUserError, UserError } from '@cozecut/problems';
import type { FileUploads } from '../file-outputs.ts';
import { asObject } from '../json-object.ts';

/** Asks a person, or a script. `undefined` = nobody answers. */
export type Answer = (question: {
  kind: 'question' | 'input' | 'authorization';
  /** What is asked. */
  text: string;
  /** Whether a blank answer is none. */
  isRequired?: boolean;
}) => Promise<string | undefined>;

const FILE_TYPES: ReadonlySet<string> = new Set([
  'file',
  'default',
  'image',
  'svg',
  'audio',
  'video',
  'voice',
  'doc',
  'ppt',
  'excel',
  'txt',
  'code',
  'zip',
]);

/**
 * The `resume_data` for an input form: a person is asked for one parameter after the other; an answer that is a JSON
 * object with names of the form answers it whole. Files are uploaded in both.
 *
 * @param uploads - Where files go that the person names.
 * @throws UserError ANSWER_NEEDED when nobody answers a parameter that is required, FILE_UNREADABLE
 */
export async function fillForm(
  interrupt: WorkflowInterrupt,
  answer: Answer,
  uploads: FileUploads,
  signal: AbortSignal,
): Promise<string> {
  const { requiredParameters, question } = interrupt;
  const names = Object.keys(requiredParameters);
  if (names.length === 0) {
    const text = await answer({ kind: 'input', text: question });
    if (text === undefined) throw answerNeeded(question);
    return text;
  }
  const entries: [string, unknown][] = [];
  for (const name of names) {
    const parameter = asObject(requiredParameters[name]) ?? {};
    const isRequired = parameter.required === true && parameter.default_value === undefined;
    const text = await answer({ kind: 'input', text: describeParameter(name, parameter), isRequired });
    const form = text === undefined ? undefined : asObject(jsonOf(text));
    if (form && isWholeForm(form, parameter, requiredParameters)) {
      const files = await filesOf(form, requiredParameters, uploads, signal);
      return Object.keys(files).length === 0 ? text! : JSON.stringify({ ...form, ...files });
    }
    const isBlank = text === undefined || text.trim() === '';
    if (isBlank && isRequired) throw answerNeeded(name);
    if (isBlank) continue;
    entries.push([name, await formValue(text, parameter, uploads, signal)]);
  }
  return JSON.stringify(Object.fromEntries(entries));
}

/** Nobody answers what a workflow asks. */
export function answerNeeded(question: string): UserError {
  return new UserError('ANSWER_NEEDED', `the workflow asks: ${question || '(no text)'}`, {
    hint: 'answer at the terminal, or give the answers as lines on standard input',
  });
}

function describeParameter(name: string, { type, description, required }: JsonObject): string {
  const facts = [
    typeof type === 'string' ? type : undefined,
    required === true ? undefined : 'optional',
    typeof description === 'string' && description !== '' ? description : undefined,
  ].filter((fact) => fact !== undefined);
  return facts.length > 0 ? `${name} (${facts.join(', ')})` : name;
}

/** Whether an object answers the form, and not only the parameter that was asked for. */
function isWholeForm(answer: JsonObject, asked: JsonObject, wanted: JsonObject): boolean {
  const names = Object.keys(answer);
  return names.length === 0 ? asked.type !== 'object' : names.some((name) => Object.hasOwn(wanted, name));
}

/** The values of a form that are files, as they are sent. */
async function filesOf(
  form: JsonObject,
  wanted: JsonObject,
  uploads: FileUploads,
  signal: AbortSignal,
): Promise<JsonObject> {
  const files: [string, unknown][] = [];
  for (const [name, value] of Object.entries(form)) {
    const parameter = Object.hasOwn(wanted, name) ? asObject(wanted[name]) : undefined;
    const isFile = isFileType(parameter?.type) || isFileType(asObject(parameter?.items)?.type);
    if (!parameter || !isFile || value === '' || value === null) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    files.push([name, await formValue(text, parameter, uploads, signal)]);
  }
  return Object.fromEntries(files);
}

/** The answer in the type that the form wants; text that does not fit it stays text, and Coze says so. */
async function formValue(
  text: string,
  { type, items }: JsonObject,
  uploads: FileUploads,
  signal: AbortSignal,
): Promise<unknown> {
  if (isFileType(type)) return fileValue(text, uploads, signal);
  if (type === undefined || type === 'string' || type === 'time') return text;
  const value = jsonOf(text) ?? text;
  if (type !== 'array' || !isFileType(asObject(items)?.type)) return value;
  const files: unknown[] = Array.isArray(value) ? value : [text];
  return Promise.all(
    files.map((file) => (typeof file === 'string' ? fileValue(file, uploads, signal) : file)),
  );
}

function isFileType(type: unknown): boolean {
  return typeof type === 'string' && FILE_TYPES.has(type);
}

/** An address stays; a file of this device is uploaded and named by its id. @throws UserError FILE_UNREADABLE */
async function fileValue(text: string, uploads: FileUploads, signal: AbortSignal): Promise<string> {
  if (/^https?:\/\//i.test(text) || isJsonObject(text)) return text;
  const path = text.trim();
  try {
    const id = await uploads.upload({ path, name: path.split(/[\\/]/).at(-1) || 'file' }, { signal });
    return JSON.stringify({ file_id: id });
  } catch (cause) {
    if (isCozeError(cause) || isUserError(cause)) throw cause;
    throw new UserError('FILE_UNREADABLE', `cannot read the file ${path}`, { cause });
  }
}

function isJsonObject(text: string): boolean {
  return asObject(jsonOf(text)) !== undefined;
}

/** The value of JSON text, with integers exact; `undefined` for other text. */
function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
