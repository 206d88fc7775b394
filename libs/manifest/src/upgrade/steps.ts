import type { Problem } from '@cozecut/problems';

/** One way in which a manifest is brought to the current format. */
export interface UpgradeStep {
  /** Id that a report shows. */
  id: string;
  /** What it rewrites, for people. */
  title: string;
  /**
   * The text to write instead of the one that a problem is about.
   *
   * @param written - Key or value as it stands in the file, without quotes.
   */
  rewrite(problem: Problem, written: string): string | undefined;
}

/**
 * Everything that `manifest upgrade` rewrites, the first that fits. A format after `cozecut/v1` adds the keys that it
 * renames here; what is only close to something known stays for a person.
 */
export const UPGRADE_STEPS: readonly UpgradeStep[] = [
  {
    id: 'api-version',
    title: 'apiVersion of a preview of cozecut/v1',
    rewrite: ({ pointer }, written) =>
      pointer === '/apiVersion' && /^(?:cozecut\/)?v1(?:\.0|(?:alpha|beta)\d*)?$/i.test(written)
        ? 'cozecut/v1'
        : undefined,
  },
  {
    id: 'key-style',
    title: 'keys in another style: api_version, public-url, RunsOn',
    rewrite: ({ code, suggestions = [] }, written) =>
      code === 'UNKNOWN_KEY' ? suggestions.find((known) => isSameWord(known, written)) : undefined,
  },
  {
    id: 'key-typo',
    title: 'misspelt keys that can only be one known key',
    rewrite: ({ code, suggestions = [] }, written) =>
      code === 'UNKNOWN_KEY' && suggestions.length === 1 && written.length > 3 ? suggestions[0] : undefined,
  },
  {
    id: 'value-style',
    title: 'values of a list of words in another style: Cloud, MANUAL, oauth_jwt',
    rewrite: ({ code, suggestions = [] }, written) =>
      code === 'WRONG_VALUE' ? suggestions.find((known) => isSameWord(known, written)) : undefined,
  },
];

function isSameWord(a: string, b: string): boolean {
  const letters = (word: string) => word.replace(/[_-]/g, '').toLowerCase();
  return letters(a) === letters(b);
}
