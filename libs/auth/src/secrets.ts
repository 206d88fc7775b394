import { UserError } from '@cozecut/problems';

/** Where secrets are looked up. */
export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>;
  /** Content of a text file; throws when it cannot be read. */
  readFile(path: string): string;
}

/**
 * Resolves a secret reference at the moment it is needed: `secret:NAME` is the environment variable `NAME`, or the
 * content of the file that `NAME_FILE` names. Nothing is kept, and no message holds the value.
 *
 * @throws UserError SECRET_INVALID when `reference` is not of the form `secret:NAME`.
 * @throws UserError SECRET_MISSING when neither variable is set, the file cannot be read, or the value is blank.
 */
export function resolveSecret(reference: string, sources: SecretSources): string {
  const name = /^secret:([A-Za-z_][A-Za-z0-9_]*)$/.exec(reference)?.[1];
  if (name === undefined) {
    throw new UserError(
      'SECRET_INVALID',
      'a secret must be written as a reference such as secret:COZE_API_TOKEN',
    );
  }
  const file = sources.env[`${name}_FILE`];
  // Blank is unset: an empty line in a compose file must not hide the file.
  const value = sources.env[name]?.trim() || (file ? readSecretFile(name, file, sources).trim() : '');
  if (value === '') {
    throw new UserError('SECRET_MISSING', `the secret ${name} is not set`, {
      hint: `set ${name}, or ${name}_FILE to a file that holds it`,
    });
  }
  return value;
}

function readSecretFile(name: string, file: string, { readFile }: SecretSources): string {
  try {
    return readFile(file);
  } catch (cause) {
    throw new UserError('SECRET_MISSING', `${name}_FILE names ${file}, which cannot be read`, { cause });
  }
}
