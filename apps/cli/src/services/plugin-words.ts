import { diskFiles, type Plugin, readTexts } from '@cozecut/manifest/loader';
import { isUserError, UserError } from '@cozecut/problems';
import type { Language } from '../text.ts';

/** A hint that is the name of a field and what its schema says about it. */
const DESCRIPTION = /^([\w-]+: )(.+)$/s;

/** An error about the input of a tool whose hints say what the plugin says about its fields in the language. */
export function inPluginWords(error: unknown, plugin: Plugin, language: Language): unknown {
  if (!isUserError(error) || error.problems.length === 0) return error;
  const say = readTexts(plugin, language, diskFiles);
  const problems = error.problems.map((problem) => {
    const { hint } = problem;
    return hint === undefined
      ? problem
      : { ...problem, hint: hint.replace(DESCRIPTION, (_, name: string, text: string) => name + say(text)) };
  });
  const { code, message, hint, retryable, retryAfterMs } = error;
  const more = hint === undefined ? {} : { hint };
  return new UserError(code, message, { ...more, problems, retryable, retryAfterMs, cause: error });
}
