/**
 * Holds one project against the rules of the house: which project may import which, nothing imported that is not
 * declared, no relative import out of the project, the same scripts everywhere.
 *
 * Usage: `node tools/src/check-workspace.ts PROJECT_FOLDER`; exit code 1 and one line a finding.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Libraries that a library may import; `problems` is open to all. Each entry beyond the architecture has an ADR. */
export const LIBRARY_EDGES: Readonly<Record<string, readonly string[]>> = {
  problems: [],
  manifest: ['problems'],
  'plugin-host': ['problems', 'manifest', 'store', 'catalog'],
  'draft-core': ['problems', 'catalog'],
  catalog: ['problems'],
  media: ['problems'],
  'coze-transport': ['problems'],
  'coze-emulator': ['problems'],
  auth: ['problems'],
  store: ['problems'],
};
/** Libraries that a plugin may import. */
export const PLUGIN_EDGES: readonly string[] = ['problems', 'draft-core', 'catalog', 'media', 'plugin-host'];
/** Apps that an app may import: the CLI is the composition root. It serves the built files of `web`. */
export const APP_EDGES: Readonly<Record<string, readonly string[]>> = {
  cozecut: ['server', 'runner', 'web'],
};

interface PackageJson {
  name: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  nx?: { tags?: string[] };
}

/** Findings about the project in `folder`, one line each; empty when all is well. */
export function checkProject(folder: string): string[] {
  const pack = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  const tag = pack.nx?.tags?.find((candidate) => candidate.startsWith('type:'));
  if (tag === undefined)
    return [`${pack.name}: package.json needs one of the tags type:lib, type:plugin, type:app, type:tool`];
  return [
    ...checkScripts(pack, tag),
    ...Object.keys(pack.dependencies ?? {}).flatMap((name) =>
      forbidden(pack.name, tag, name, 'package.json'),
    ),
    ...sourceFiles(folder).flatMap((file) => checkFile(folder, file, pack, tag)),
  ];
}

function checkFile(folder: string, file: string, pack: PackageJson, tag: string): string[] {
  const place = `${relative(folder, file)}`;
  return importsOf(readFileSync(file, 'utf8')).flatMap((specifier) => {
    if (specifier.startsWith('.')) {
      const target = resolve(dirname(file), specifier);
      const inside = target === folder || target.startsWith(folder + sep);
      return inside
        ? []
        : [`${pack.name}: ${place} imports ${specifier}, which is outside the project: import the package`];
    }
    const name = packageName(specifier);
    if (!isOurs(name) || name === pack.name) return [];
    const declared = name in (pack.dependencies ?? {});
    return [
      ...forbidden(pack.name, tag, name, place),
      ...(declared || tag === 'type:tool'
        ? []
        : [`${pack.name}: ${place} imports ${name}, which its package.json does not declare`]),
    ];
  });
}

/** Why `importer` may not import `imported`, or nothing. */
function forbidden(importer: string, tag: string, imported: string, place: string): string[] {
  if (!isOurs(imported) || tag === 'type:tool' || tag === 'type:docs') return [];
  const from = shortName(importer);
  const to = shortName(imported);
  const isLibrary = to in LIBRARY_EDGES;
  const allowed =
    tag === 'type:lib'
      ? (LIBRARY_EDGES[from] ?? []).includes(to)
      : tag === 'type:plugin'
        ? PLUGIN_EDGES.includes(to)
        : isLibrary || to.startsWith('plugin-') || (APP_EDGES[from] ?? []).includes(to);
  return allowed
    ? []
    : [`${importer}: ${place} imports ${imported}; ${tag} ${from} may not (docs/architecture.md, "Imports")`];
}

function checkScripts(pack: PackageJson, tag: string): string[] {
  if (tag === 'type:docs') return [];
  const up = tag === 'type:tool' ? '..' : '../..';
  const expected: Record<string, string> = {
    typecheck: 'tsc -p tsconfig.json',
    lint: `biome ci . && node ${up}/tools/src/check-workspace.ts .`,
  };
  return Object.entries(expected).flatMap(([name, command]) =>
    pack.scripts?.[name] === command ? [] : [`${pack.name}: the script "${name}" must be "${command}"`],
  );
}

function sourceFiles(folder: string): string[] {
  return globSync('{src,handlers,bin}/**/*.{ts,tsx,js}', { cwd: folder })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => join(folder, file));
}

/** Specifiers of the static and dynamic imports and re-exports of a source text. */
export function importsOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s*)(['"])([^'"\n]+)\1/g;
  return [...code.matchAll(pattern)].map((match) => match[2]!);
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const isOurs = (name: string) => name.startsWith('@cozecut/') || name === 'cozecut';
const shortName = (name: string) => name.replace('@cozecut/', '');

if (import.meta.main) {
  const folder = resolve(process.argv[2] ?? '.');
  const findings = existsSync(join(folder, 'package.json'))
    ? checkProject(folder)
    : [`${folder} has no package.json`];
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
}
