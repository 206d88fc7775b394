import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { manifestJsonSchema } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { Language } from '../text.ts';
import { exportOpenapiFile } from './export-openapi.ts';
import { publishSchema } from './publish-schema.ts';
import { makeToolTypes } from './tool-types.ts';
import { writeOutput } from './write-output.ts';

/** What `init` was asked for. */
export interface InitRequest {
  /** Folder of the new plugin; may be there if it is empty. */
  target: string;
  /** Name in the manifest; made from the name of the folder when left out. */
  name?: string | undefined;
  language: Language;
  folder: string;
}

/** A plugin folder that was made. */
export interface NewPlugin {
  name: string;
  /** Absolute path. */
  folder: string;
  /** Paths inside it, sorted. */
  files: string[];
}

/** Names that npm would leave out of a package, or take for its own, stand in the template under another one. */
const RENAMED: Readonly<Record<string, string>> = {
  _gitignore: '.gitignore',
  '_env.example': '.env.example',
};

/**
 * Makes a plugin folder that works at once; it appears whole or not at all.
 *
 * @throws UserError FOLDER_NOT_EMPTY when something is there already.
 * @throws UserError NAME_INVALID when no name of a plugin can be made.
 */
export function initPlugin(request: InitRequest): NewPlugin {
  const target = resolve(request.folder, request.target);
  if (existsSync(target) && !isEmptyFolder(target)) {
    throw new UserError('FOLDER_NOT_EMPTY', `${target} is not an empty folder`, {
      hint: 'name a new folder; nothing was written',
    });
  }
  const name = request.name ?? nameOf(basename(target));
  if (!/^[a-z][a-z0-9-]{1,62}$/.test(name)) {
    throw new UserError(
      'NAME_INVALID',
      `the name of a plugin is like my-plugin, 2 to 63 characters (got ${JSON.stringify(name)})`,
      {
        hint: 'say it with --name',
      },
    );
  }
  mkdirSync(dirname(target), { recursive: true });
  const temporary = mkdtempSync(join(dirname(target), '.cozecut-init-'));
  // A temporary folder is for its owner alone; a plugin is as open as any folder that is made.
  const staging = join(temporary, name);
  try {
    mkdirSync(staging);
    fill(staging, request.language, { name, title: titleOf(name), version: ownVersion() });
    const made = { folder: staging, env: {}, isCheck: false, manifest: 'plugin.yaml', deployment: 'cloud' };
    publishSchema(manifestJsonSchema('Plugin'), { out: 'plugin.schema.json', folder: staging });
    makeToolTypes({ ...made, out: 'src/tools.gen.ts' });
    exportOpenapiFile({ ...made, profile: 'coze', out: 'openapi/coze.yaml' });
    putInPlace(staging, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return { name, folder: target, files: filesIn(target) };
}

/** An empty folder that is there stays the same one: somebody may be in it. */
function putInPlace(staging: string, target: string): void {
  if (!existsSync(target)) renameSync(staging, target);
  else for (const entry of readdirSync(staging)) renameSync(join(staging, entry), join(target, entry));
}

function fill(folder: string, language: Language, values: Readonly<Record<string, string>>): void {
  const template = join(ownFolder(), 'templates/plugin');
  for (const file of filesIn(template)) {
    const readme = /^README\.(\w+)\.md$/.exec(file);
    if (readme !== null && readme[1] !== language) continue;
    const text = readFileSync(join(template, file), 'utf8');
    writeOutput(
      join(folder, readme === null ? (RENAMED[file] ?? file) : 'README.md'),
      // Not `${{ … }}`, which belongs to the CI.
      text.replace(/(?<!\$)\{\{(\w+)\}\}/g, (whole, key: string) => values[key] ?? whole),
    );
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}

function nameOf(folder: string): string {
  return folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
}

function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words[0]!.toUpperCase() + words.slice(1);
}

function ownFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('cozecut/package.json'));
}

function ownVersion(): string {
  return (createRequire(import.meta.url)('cozecut/package.json') as { version: string }).version;
}
