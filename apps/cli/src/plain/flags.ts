/** A flag as data: the framework makes its own of it, and plain command lines are read without the framework. */
export interface PlainFlag {
  description: string;
  /** A flag with a value when left out. */
  type?: 'boolean';
  options?: readonly string[];
  default?: string;
  required?: boolean;
  /** Whether `--no-NAME` says false. */
  allowNo?: boolean;
  aliases?: readonly string[];
  dependsOn?: readonly string[];
  helpGroup?: string;
}

/** The flags of a command, by name. */
export type PlainFlags = Readonly<Record<string, PlainFlag>>;

/** What the flags of a command line say. */
export type FlagValues<F extends PlainFlags> = {
  [name in keyof F]: F[name] extends { type: 'boolean' }
    ? boolean
    : F[name] extends { required: true } | { default: string }
      ? string
      : string | undefined;
};

/** The words of a command line, taken apart. */
export interface PlainWords<F extends PlainFlags = PlainFlags> {
  flags: FlagValues<F>;
  args: string[];
}

/** Flags of every command. */
export const BASE_FLAGS = {
  quiet: { type: 'boolean', description: 'say nothing but the result', helpGroup: 'GLOBAL' },
  lang: { description: 'language of the texts', options: ['zh', 'en'], helpGroup: 'GLOBAL' },
  'no-color': { type: 'boolean', description: 'no colours', helpGroup: 'GLOBAL' },
} as const satisfies PlainFlags;

/** Flags of commands that read a manifest. */
export const MANIFEST_FLAGS = {
  manifest: {
    description: 'plugin manifest (default: COZECUT_CONFIG, else ./plugin.yaml, else the built-in one)',
  },
  deployment: { description: 'deployment of the manifest (default: local)' },
} as const satisfies PlainFlags;

/**
 * Reads a plain command line: each flag once, with a value of its own, and as many arguments as there are. Gives
 * nothing for any other, such as one with a mistake, or one that asks for help or JSON: the framework deals with those.
 *
 * @param count - How many arguments there have to be.
 */
export function readPlainly<F extends PlainFlags>(
  argv: readonly string[],
  flags: F,
  count: number,
): PlainWords<F> | undefined {
  const known = new Map(Object.entries(flags));
  const names = new Map(
    [...known].flatMap(([name, { aliases = [] }]) => [name, ...aliases].map((one) => [one, name])),
  );
  const values: Record<string, string | boolean | undefined> = {};
  const args: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at]!;
    if (!word.startsWith('-')) {
      args.push(word);
      continue;
    }
    const [, written = '', given] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const name = names.get(written);
    if (name === undefined || Object.hasOwn(values, name)) return undefined;
    const flag = known.get(name)!;
    if (given === undefined && flag.type !== 'boolean') at += 1;
    const value = given ?? (flag.type === 'boolean' ? undefined : argv[at]);
    if (!isGoodValue(flag, value)) return undefined;
    values[name] = value ?? true;
  }
  if (args.length !== count) return undefined;
  for (const [name, flag] of known) {
    if (values[name] === undefined) {
      if (flag.required) return undefined;
      values[name] = flag.type === 'boolean' ? undefined : flag.default;
    } else if (flag.dependsOn?.some((needed) => values[needed] === undefined)) return undefined;
  }
  return { flags: values as FlagValues<F>, args };
}

function isGoodValue({ type, options }: PlainFlag, value: string | undefined): boolean {
  if (type === 'boolean') return value === undefined;
  if (value === undefined || value === '' || value.startsWith('-')) return false;
  return options?.includes(value) ?? true;
}
