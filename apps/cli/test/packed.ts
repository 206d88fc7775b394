import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PublishedPackage, publishedPackages, stagePackages } from '@cozecut/tools/release';

const root = join(import.meta.dirname, '../../..');

/**
 * Installs the packed command line into a folder, as `npm install cozecut` would, but without a network: our packages
 * come out of the tarballs that `npm pack` makes of the builds, all others are links to those of the workspace.
 *
 * @param folder - Empty folder outside of the workspace.
 * @returns Path of the program.
 */
export function installPacked(folder: string): string {
  const npx = (args: string[]) =>
    execFileSync('npx', ['--no-install', ...args], {
      cwd: root,
      // What the test runner sets would make a page for development.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'pipe',
    });
  npx(['nx', 'run-many', '-t', 'build', '--exclude', '@cozecut/docs']);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  const packages = publishedPackages(root);
  const ours = new Set(packages.map(({ name }) => name));
  for (const [index, tarball] of packAll(packages, folder).entries()) {
    const { name, folder: source } = packages[index]!;
    unpack(tarball, join(modules, name), folder);
    linkAll(join(source, 'node_modules'), join(modules, name, 'node_modules'), ours);
  }
  linkAll(join(root, 'node_modules'), modules, ours);
  return join(modules, 'cozecut/bin/run.js');
}

/** Packs the packages as they go to the registry. */
function packAll(packages: readonly PublishedPackage[], folder: string): string[] {
  const staged = stagePackages(root, packages, join(folder, 'staged'));
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', tarballs, ...staged], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A list, or a map by name, by the version of npm.
  const files = Object.values(JSON.parse(packed) as Record<string, { name: string; filename: string }>);
  return packages.map(({ name }) => join(tarballs, files.find((file) => file.name === name)!.filename));
}

function unpack(tarball: string, target: string, folder: string): void {
  const inside = join(folder, 'unpacked');
  mkdirSync(inside);
  execFileSync('tar', ['-xzf', tarball, '-C', inside]);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(join(inside, 'package'), target);
  rmSync(inside, { recursive: true });
}

/** Links the packages of one `node_modules` into another one, apart from ours. */
function linkAll(from: string, to: string, ours: ReadonlySet<string>): void {
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from)) {
    if (entry.startsWith('.') || entry === '@cozecut' || ours.has(entry)) continue;
    const names = entry.startsWith('@')
      ? readdirSync(join(from, entry)).map((name) => join(entry, name))
      : [entry];
    for (const name of names) {
      const target = join(to, name);
      if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) continue;
      mkdirSync(dirname(target), { recursive: true });
      symlinkSync(join(from, name), target, 'junction');
    }
  }
}
