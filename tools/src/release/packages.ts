import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The keys of a package.json that matter here. */
export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  files?: string[];
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  repository?: unknown;
  [key: string]: unknown;
}

/** A package of the workspace that goes to the registry. */
export interface PublishedPackage {
  name: string;
  /** Absolute path. */
  folder: string;
  manifest: Manifest;
}

/** The published packages, each after those that it needs. */
export function publishedPackages(root: string): PublishedPackage[] {
  const all = globSync('{libs,plugins,apps}/*/package.json', { cwd: root })
    .map((file) => {
      const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest;
      return { name: manifest.name, folder: join(root, dirname(file)), manifest };
    })
    .filter(({ manifest }) => !manifest.private)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const byName = new Map(all.map((one) => [one.name, one]));
  const ordered = new Set<PublishedPackage>();
  const visit = (one: PublishedPackage) => {
    if (ordered.has(one)) return;
    for (const needed of Object.keys(one.manifest.dependencies ?? {})) {
      const other = byName.get(needed);
      if (other !== undefined) visit(other);
    }
    ordered.add(one);
  };
  for (const one of all) visit(one);
  return [...ordered];
}
