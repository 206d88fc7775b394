import { UserError } from '@cozecut/problems';

/** Where secrets are looked up. */
export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>;
  /** Content of a text file; throws when it cannot be read. */
  readFile(path: string): string;
  /** Name of a secret to where it is kept: `env:NAME` or `file:PATH`. */
  places?: Readonly<Record<string, string>>;
}

/**
 * Resolves a secret reference at the moment it is needed: `secret:NAME` is the environment variable `NAME`, or the
 * content of the file that `NAME_FILE` names, unless `places` says where that secret is kept. Nothing is remembered,
 * and no message holds the value.
 *
 * @throws UserError SECRET_INVALID when `reference` is not of the form `secret:NAME`.
 * @throws UserError SECRET_MISSING when neither variable is set, a file cannot be read, or the value is blank.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { resolveSecret } from '@cozecut/auth';
 *
 * const token = resolveSecret('secret:PLUGIN_TOKEN', {
 *   env: process.env,
 *   readFile: (path) => readFileSync(path, 'utf8'),
 * });
 * console.log(token.length);
 * ```
 */
export function resolveSecret(reference: string, sources: SecretSources): string {
  const name = /^secret:([A-Za-z_][A-Za-z0-9_]*)$/.exec(reference)?.[1];
  if (name === undefined) {
    throw new UserError(
      'SECRET_INVALID',
      'a secret must be written as a reference such as secret:COZE_API_TOKEN',
    );
  }
  const { places = {} } = sources;
  const place = Object.hasOwn(places, name) ? places[name]! : `env:${name}`;
  const [, kind, target = ''] = /^(env|file):(.*)$/s.exec(place) ?? [];
  const value =
    kind === 'file' ? readSecretFile(`the secret ${name}`, target, sources) : readVariable(target, sources);
  if (value !== '') return value;
  throw new UserError('SECRET_MISSING', `the secret ${name} is not set`, {
    hint:
      kind === 'file'
        ? `write it into ${target}`
        : `set ${target}, or ${target}_FILE to a file that holds it`,
  });
}

/** Blank is unset: an empty line in a compose file must not hide the file. */
function readVariable(variable: string, sources: SecretSources): string {
  const own = (name: string) => (Object.hasOwn(sources.env, name) ? sources.env[name] : undefined);
  const file = own(`${variable}_FILE`);
  return own(variable)?.trim() || (file ? readSecretFile(`${variable}_FILE`, file, sources) : '');
}

function readSecretFile(what: string, file: string, { readFile }: SecretSources): string {
  try {
    return readFile(file).trim();
  } catch (cause) {
    throw new UserError('SECRET_MISSING', `${what} names ${file}, which cannot be read`, { cause });
  }
}
