/** Where the sources of a package are, as package.json says it. */
export interface Repository {
  type: 'git';
  url: string;
  /** Folder of the package in it. */
  directory: string;
}

/** What is known of where a release is made. */
export interface Surroundings {
  /** `GITHUB_REPOSITORY` is `OWNER/NAME`; a workflow has it, with `GITHUB_SERVER_URL`. */
  env: Readonly<Record<string, string | undefined>>;
  /** Address of the remote `origin`, where there is one. */
  remote: string | undefined;
}

/**
 * The address of the repository that a release is made from: of the workflow, else of the remote `origin`. Nobody's
 * name or password is in it.
 *
 * @returns Nothing when neither is known, or when `origin` is a folder.
 */
export function repositoryUrl({ env, remote }: Surroundings): string | undefined {
  const { GITHUB_REPOSITORY: name, GITHUB_SERVER_URL: server = 'https://github.com' } = env;
  if (name !== undefined && name !== '') return `git+${server}/${name}.git`;
  const address = remote?.trim().replace(/^([\w.-]+@)?([\w.-]+\.[a-z]+):(?!\/\/)/, 'ssh://$2/') ?? '';
  if (!/^(?:git\+)?(?:https?|ssh|git):\/\//.test(address) || !URL.canParse(address)) return undefined;
  const { hostname, port, pathname, protocol } = new URL(address);
  const place = port !== '' && protocol.startsWith('http') ? `${hostname}:${port}` : hostname;
  return `git+https://${place}${pathname.replace(/(?:\.git)?\/*$/, '')}.git`;
}
