import { relative } from 'node:path';
import type { PublishedPackage } from './packages.ts';
import { repositoryUrl, type Surroundings } from './repository.ts';

/** What npm said. */
export interface NpmAnswer {
  status: number | null;
  stdout: string;
}

/** How packages are published. */
export interface PublishOptions extends Surroundings {
  root: string;
  isDry: boolean;
  /** Puts the packages as they go to the registry into folders, in the same order. */
  stage(packages: readonly PublishedPackage[]): string[];
  /** Runs npm; what is quiet is not shown to the person. */
  npm(args: string[], how: { isQuiet: boolean }): NpmAnswer;
  /** Writes a line for people. */
  say(line: string): void;
}

/**
 * Publishes every package whose version the registry does not have, each after those that it needs.
 *
 * @throws Error that says what is missing, before anything is published; or which package was not published.
 */
export function publishPackages(packages: readonly PublishedPackage[], options: PublishOptions): void {
  const { root, isDry, npm, say, env } = options;
  const url = repositoryUrl(options);
  const placed = packages.map((one) => withRepository(one, root, url));
  const unplaced = placed.filter(({ manifest }) => manifest.repository === undefined);
  if (unplaced.length > 0) {
    const why =
      'nothing says where the repository is: set GITHUB_REPOSITORY=OWNER/NAME, or give this clone a remote "origin"';
    if (!isDry) throw new Error(`${why}; the registry compares it with where a release is signed`);
    say(`${why}; without it the release ends here`);
  }
  // Only a workflow can sign where a package was made; the first version of each is published by a person.
  const isSigned = (env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '') !== '';
  say(isSigned ? 'with provenance' : 'without provenance: only a workflow can sign it');
  const staged = options.stage(placed);
  for (const [index, { name, manifest }] of placed.entries()) {
    if (isPublished(name, manifest.version, npm)) {
      say(`${name} ${manifest.version} is there already`);
      continue;
    }
    const flags = isDry ? ['--dry-run'] : [];
    const { status } = npm(
      ['publish', staged[index]!, '--access', 'public', `--provenance=${isSigned}`, ...flags],
      { isQuiet: false },
    );
    if (status === 0) continue;
    const hint =
      isSigned && !isPublished(name, undefined, npm)
        ? 'the registry does not know the package yet: a person who is signed in runs `npm run release` once, and names the workflow in its settings'
        : 'run it again when the reason is gone';
    throw new Error(`${name} was not published; ${hint}`);
  }
}

function withRepository(one: PublishedPackage, root: string, url: string | undefined): PublishedPackage {
  const { manifest, folder } = one;
  if (manifest.repository !== undefined || url === undefined) return one;
  const directory = relative(root, folder).replaceAll('\\', '/');
  return { ...one, manifest: { ...manifest, repository: { type: 'git', url, directory } } };
}

function isPublished(name: string, version: string | undefined, npm: PublishOptions['npm']): boolean {
  const wanted = version === undefined ? name : `${name}@${version}`;
  const { status, stdout } = npm(['view', wanted, 'version'], { isQuiet: true });
  return status === 0 && stdout.trim() !== '';
}
