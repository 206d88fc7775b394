import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

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
    execFileSync('npx', ['--no-install', ...args], { cwd: root, stdio: 'pipe' });
  npx(['nx', 'run', 'cozecut:build']);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  const ours = ourPackages();
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  const workspaces = [...ours.keys()].flatMap((name) => ['--workspace', name]);
  const packed = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', tarballs, ...workspaces],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    },
  );
  for (const { name, filename } of listed(JSON.parse(packed))) {
    unpack(join(tarballs, filename), join(modules, name), folder);
    linkAll(join(ours.get(name)!, 'node_modules'), join(modules, name, 'node_modules'), ours);
  }
  linkAll(join(root, 'node_modules'), modules, ours);
  return join(modules, 'cozecut/bin/run.js');
}

/** `npm pack --json` gives a list, or a map by name, by its version. */
function listed(packed: unknown): { name: string; filename: string }[] {
  return Object.values(packed as Record<string, { name: string; filename: string }>);
}

/** The packages of the workspace that the command line needs, by name, with their folders. */
function ourPackages(): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (name: string, from: string) => {
    if (found.has(name)) return;
    const file = createRequire(join(from, 'package.json')).resolve(`${name}/package.json`);
    found.set(name, dirname(file));
    const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    for (const needed of Object.keys(dependencies)) {
      if (needed.startsWith('@cozecut/')) visit(needed, dirname(file));
    }
  };
  visit('cozecut', root);
  return found;
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
function linkAll(from: string, to: string, ours: ReadonlyMap<string, string>): void {
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
