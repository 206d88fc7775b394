import { basename, dirname, join } from 'node:path';
import { closest, type Problem } from '@cozecut/problems';
import type { ManifestFiles } from '../files.ts';
import { child, type Node, textOf } from '../source/node.ts';
import { exportNames } from './exports.ts';
import { isInside } from './folder.ts';
import { parseHandlerText } from './handler-text.ts';
import { type ToolFinding, type ToolSource, toolProblem } from './tool-source.ts';

/** Modules that `export *` is followed through. */
const MAX_STAR_DEPTH = 8;

/** Checks that the handler of a tool is there, without running it. */
export function checkHandler(
  tool: ToolSource,
  folder: string,
  files: ManifestFiles,
  problems: Problem[],
): void {
  const node = child(tool.node, 'handler');
  const text = textOf(node);
  if (node === undefined || text === undefined || isPending(node)) return;
  const report = (finding: ToolFinding) => problems.push(toolProblem(tool, ['handler'], 'value', finding));
  const handler = parseHandlerText(text);
  if (handler.kind === 'file') {
    const finding = checkFile(join(baseFolder(node, folder), handler.file), handler, folder, files);
    if (finding !== undefined) report(finding);
  } else if (handler.kind === 'package' && !isInstalled(handler.package, folder, files)) {
    report({
      code: 'HANDLER_PACKAGE_MISSING',
      severity: 'warning',
      message: `the package ${handler.package} is not installed`,
      hint: `npm install ${packageName(handler.package)}`,
    });
  }
}

/** Whether the handler depends on a variable that is not set. */
function isPending(node: Node): boolean {
  return node.kind === 'scalar' && node.env === 'pending';
}

/** Folder that paths in a node are relative to: that of the file it is written in. */
export function baseFolder(node: Node, folder: string): string {
  return node.place === undefined ? folder : dirname(node.place.file.path);
}

function checkFile(
  path: string,
  handler: { file: string; export: string },
  folder: string,
  files: ManifestFiles,
): ToolFinding | undefined {
  if (!isInside(folder, path)) {
    return {
      code: 'HANDLER_OUTSIDE',
      message: `the handler file ${handler.file} is outside of the plugin folder`,
      hint: 'Move the file into the folder of plugin.yaml, or publish it as a package and use pkg:',
    };
  }
  if (!files.exists(path)) {
    const suggestions = similarFiles(path, handler.file, files);
    return {
      code: 'HANDLER_FILE_MISSING',
      message: `the handler file ${handler.file} is not there`,
      ...(suggestions.length > 0 ? { suggestions } : {}),
    };
  }
  if (!/\.[cm]?[jt]sx?$/.test(path)) {
    return {
      code: 'HANDLER_FILE_KIND',
      message: `the handler file must be JavaScript or TypeScript (got ${handler.file})`,
    };
  }
  const exports = exportsOf(path, files, MAX_STAR_DEPTH);
  if ('unreadable' in exports) {
    return {
      code: 'HANDLER_FILE_MISSING',
      message: `the handler file ${handler.file} cannot be read: ${exports.unreadable}`,
    };
  }
  if (exports.names.has(handler.export) || exports.open) return undefined;
  const names = [...exports.names];
  const suggestions = closest(handler.export, names);
  return {
    code: 'HANDLER_EXPORT_MISSING',
    message: `${handler.file} has no export "${handler.export}"`,
    ...(suggestions.length > 0 ? { suggestions } : {}),
    hint:
      names.length === 0
        ? `Export a function: export function ${handler.export}(input, context)`
        : `It exports ${names.join(', ')}`,
  };
}

/** Exports of a module with those of the modules it passes on; `open` when not all of them can be known. */
function exportsOf(
  path: string,
  files: ManifestFiles,
  depth: number,
): { names: Set<string>; open: boolean } | { unreadable: string } {
  let source: string;
  try {
    source = files.readFile(path);
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
  const { names, stars } = exportNames(source);
  let open = false;
  for (const star of stars) {
    const target = star.startsWith('.') ? moduleFile(join(dirname(path), star), files) : undefined;
    const inner = target === undefined || depth === 0 ? undefined : exportsOf(target, files, depth - 1);
    if (inner === undefined || 'unreadable' in inner) {
      open = true;
      continue;
    }
    open ||= inner.open;
    for (const name of inner.names) if (name !== 'default') names.add(name);
  }
  return { names, open };
}

/** TypeScript sources may be imported by the name of the file that is built from them. */
function moduleFile(path: string, files: ManifestFiles): string | undefined {
  return [path, path.replace(/\.(m|c)?js$/, '.$1ts')].find((candidate) => files.exists(candidate));
}

function similarFiles(path: string, written: string, files: ManifestFiles): string[] {
  const folder = dirname(path);
  if (files.list === undefined || !files.exists(folder)) return [];
  const prefix = written.slice(0, written.length - basename(written).length);
  return closest(basename(path), files.list(folder)).map((name) => `${prefix}${name}`);
}

/** Name of the package in `@scope/name/sub/path`. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isInstalled(specifier: string, folder: string, files: ManifestFiles): boolean {
  const name = packageName(specifier);
  for (let at = folder; ; at = dirname(at)) {
    if (files.exists(join(at, 'node_modules', name, 'package.json'))) return true;
    if (at === dirname(at)) return false;
  }
}
