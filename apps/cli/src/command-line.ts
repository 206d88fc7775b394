import { BASE_FLAGS, MANIFEST_FLAGS } from './plain/flags.ts';

/** Flags of every command, and of most: those that stand alone, and those that are followed by a value. */
const ALONE = new Set(['--json', ...namesOf((flag) => 'type' in flag)]);
const WITH_VALUE = namesOf((flag) => !('type' in flag));

/**
 * The words of a command line as the rest of the program expects them: such flags may stand before and among the words
 * that name a command, and `help` is a word for `--help`. Nothing but such flags asks for the help, too.
 */
export function tidyWords(argv: readonly string[]): readonly string[] {
  const words: string[] = [];
  const flags: string[] = [];
  let at = 0;
  while (at < argv.length) {
    const word = argv[at]!;
    const length = flagLength(word, argv.length - at);
    // The value of any other flag may look like anything, and what stands behind `--` is no flag.
    if (length === 0 && word.startsWith('-')) break;
    if (length === 0) words.push(word);
    else flags.push(...argv.slice(at, at + length));
    at += Math.max(length, 1);
  }
  const rest = argv.slice(at);
  if (words.length === 0 && rest.length === 0) {
    return flags.length === 0 || flags.includes('--json') ? flags : [...flags, '--help'];
  }
  if (words[0] === 'help') return [...words.slice(1), '--help', ...flags, ...rest];
  return [...words, ...flags, ...rest];
}

/** The same of a command line whose last word is still typed. */
export function tidyTyped(typed: readonly string[]): readonly string[] {
  return [...tidyWords(typed.slice(0, -1)), typed.at(-1) ?? ''];
}

/** How many words a flag takes that may stand anywhere; 0 when it is none. */
function flagLength(word: string, left: number): number {
  if (ALONE.has(word) || WITH_VALUE.some((name) => word.startsWith(`${name}=`))) return 1;
  return WITH_VALUE.includes(word) && left > 1 ? 2 : 0;
}

function namesOf(isMeant: (flag: object) => boolean): string[] {
  return Object.entries({ ...BASE_FLAGS, ...MANIFEST_FLAGS }).flatMap(([name, flag]) =>
    isMeant(flag) ? [`--${name}`] : [],
  );
}
