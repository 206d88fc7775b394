import { cpSync, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Manifest, PublishedPackage } from './packages.ts';

/** Keys that mean something outside of the workspace. */
const KEPT = [
  ...[
    'name',
    'version',
    'description',
    'license',
    'repository',
    'type',
    'engines',
    'bin',
    'exports',
    'files',
  ],
  ...['dependencies', 'peerDependencies', 'optionalDependencies', 'oclif', 'publishConfig'],
];
/** The way to the sources, which are not in the package. */
const SOURCE = '@cozecut/source';
const TEXTS = ['LICENSE', 'NOTICE'];

/**
 * Puts built packages into folders as they go to the registry: without scripts, tools and the way to the sources, with
 * LICENSE, NOTICE and its page. The workspace is not touched.
 *
 * @param target - Folder that gets a folder for each package, by its name.
 * @returns The folders, in the order of the packages.
 */
export function stagePackages(root: string, packages: readonly PublishedPackage[], target: string): string[] {
  return packages.map(({ name, folder, manifest }) => {
    const staged = join(target, name);
    mkdirSync(staged, { recursive: true });
    for (const pattern of manifest.files ?? []) {
      if (pattern.startsWith('!')) continue;
      for (const file of globSync(pattern, { cwd: folder })) {
        mkdirSync(dirname(join(staged, file)), { recursive: true });
        cpSync(join(folder, file), join(staged, file), { recursive: true });
      }
    }
    for (const text of TEXTS) cpSync(join(root, text), join(staged, text));
    writeFileSync(join(staged, 'package.json'), `${JSON.stringify(publicManifest(manifest), null, 2)}\n`);
    const page = join(folder, 'README.md');
    if (!existsSync(page)) throw new Error(`${name} has no README.md, which is its page in the registry`);
    cpSync(page, join(staged, 'README.md'));
    if (!existsSync(join(staged, 'dist'))) throw new Error(`${name} is not built: npm run build`);
    return staged;
  });
}

/** The package.json of a package as the registry gets it. */
export function publicManifest(manifest: Manifest): Record<string, unknown> {
  const kept = Object.entries(manifest).filter(([key]) => KEPT.includes(key));
  return {
    ...Object.fromEntries(kept),
    exports: withoutSources(manifest.exports ?? {}),
    files: [...(manifest.files ?? []), 'NOTICE'],
  };
}

function withoutSources(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== SOURCE)
      .map(([key, inner]) => [key, withoutSources(inner)]),
  );
}
