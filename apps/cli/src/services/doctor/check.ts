import type { Plugin } from '@cozecut/manifest';
import type { Environment } from '../../settings.ts';
import type { Texts } from '../../text.ts';
import type { ManifestChoice } from '../manifest.ts';

/** What a check found. */
export interface CheckResult {
  /** What was checked: `node`, `store`, `bot editor`, … */
  id: string;
  /** `skip`: it does not apply here, or something that it needs is missing. */
  state: 'ok' | 'warn' | 'fail' | 'skip';
  message: string;
  /** The next command or step. */
  next?: string;
}

/** What the checks look at. */
export interface Patient {
  choice: ManifestChoice;
  env: Environment;
  folder: string;
  texts: Texts;
}

/** The same with a manifest that could be read. */
export interface PatientWithPlugin extends Patient {
  plugin: Plugin;
}

/** What the system says of a folder, in words. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no folder',
  EACCES: 'not allowed to write',
  EPERM: 'not allowed to write',
  EROFS: 'not allowed to write',
};

/** A check that found an error; what the error says is what was found. */
export function failed(id: string, error: unknown, next?: string): CheckResult {
  const { message, hint, code, path } = error as NodeJS.ErrnoException & { hint?: string };
  const words = REFUSALS[code ?? ''];
  const step = next ?? hint;
  const told = words === undefined || path === undefined ? message : `${words} ${path}`;
  return { id, state: 'fail', message: told, ...(step === undefined ? {} : { next: step }) };
}
