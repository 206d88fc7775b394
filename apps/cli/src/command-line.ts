import { BASE_FLAGS } from './plain/flags.ts';

/** Flags of every command that stand alone, and those that are followed by a value. */
const ALONE = new Set(['--json', ...namesOf((flag) => 'type' in flag)]);
const WITH_VALUE = new Set(namesOf((flag) => !('type' in flag)));

/**
 * The words of a command line as the rest of the program expects them: flags of every command may stand before its
 * name, and `help` is a word for `--help`. Nothing but such flags asks for the help, too.
 */
export function tidyWords(argv: readonly string[]): readonly string[] {
  let start = 0;
  while (start < argv.length) {
    if (ALONE.has(argv[start]!) || /^--lang=/.test(argv[start]!)) start += 1;
    else if (WITH_VALUE.has(argv[start]!) && start + 1 < argv.length) start += 2;
    else break;
  }
  const flags = argv.slice(0, start);
  const rest = argv.slice(start);
  if (rest.length === 0) return flags.length === 0 || flags.includes('--json') ? flags : [...flags, '--help'];
  if (rest[0] === 'help') return [...rest.slice(1), '--help', ...flags];
  // What stands behind `--` is no flag.
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length;
  return flags.length === 0 ? argv : [...rest.slice(0, end), ...flags, ...rest.slice(end)];
}

function namesOf(isMeant: (flag: object) => boolean): string[] {
  return Object.entries(BASE_FLAGS).flatMap(([name, flag]) => (isMeant(flag) ? [`--${name}`] : []));
}
