import { dirname, isAbsolute } from 'node:path';
import { BugError, type Problem, UserError } from '@cozecut/problems';
import { BUILT_IN_RAW, buildDeployment } from './build/deployment.ts';
import { buildPlugin } from './build/plugin.ts';
import { buildTool } from './build/tool.ts';
import { checkModes, checkRunsOn } from './check/deployment.ts';
import { checkReferences } from './check/references.ts';
import { checkTool } from './check/tool-checks.ts';
import { type Composed, composeManifest } from './compose/compose.ts';
import { mergeNodes, resolveTool } from './compose/merge.ts';
import { type Origins, originsOf } from './compose/origins.ts';
import { Reader } from './compose/reader.ts';
import { sortProblems } from './compose/sort.ts';
import type { ManifestFiles } from './files.ts';
import type { RawDeployment, RawManifest } from './schema/manifest.ts';
import { child, entriesOf, fromValue, type MapNode, mapOf, type Node, toValue } from './source/node.ts';
import type { Plugin } from './types.ts';

/** How a manifest is read. */
export interface LoadOptions extends ManifestFiles {
  /** Name of the deployment; `local` or the only one when left out. */
  deployment?: string;
  /** Environment variables for `${env:…}`. Left out: no variable is set, and none has to be. */
  env?: Readonly<Record<string, string | undefined>>;
  /**
   * Whether a variable that is not set is only worth an `info` and the reference stays as it is written, as in lint
   * and export. True when `env` is left out.
   */
  lenient?: boolean;
}

/** What came out of reading a manifest. */
export interface Checked {
  /** The plugin, when no problem is an error. */
  plugin?: Plugin;
  /** Everything that was found, in the order of the files. */
  problems: Problem[];
}

/** A manifest after everything was applied, to be shown to a person. */
export interface Resolved {
  /** The manifest with inherited values and the selected deployment, as plain data. */
  document: unknown;
  /** Where the values of `document` were written. */
  origins: Origins;
}

/**
 * Reads a manifest for one deployment.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @throws UserError MANIFEST_NOT_FOUND when the file is not there, MANIFEST_UNREADABLE when it cannot be read.
 * @throws UserError MANIFEST_INVALID with every problem that was found, when one of them is an error.
 */
export function loadManifest(file: string, options: LoadOptions): Plugin {
  const { plugin, problems } = checkManifest(file, options);
  if (plugin === undefined) throw invalid(problems);
  return plugin;
}

/**
 * Reads a manifest for one deployment and reports what is wrong with its content instead of throwing.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @throws UserError MANIFEST_NOT_FOUND when the file is not there, MANIFEST_UNREADABLE when it cannot be read.
 */
export function checkManifest(file: string, options: LoadOptions): Checked {
  const { problems, parts } = read(file, options);
  if (parts === undefined) return { problems };
  const { composed, raw, tools, deployment } = parts;
  const { deployments } = composed;
  const built = tools.map(({ tool }) => tool);
  return {
    plugin: buildPlugin(raw, { file, tools: built, deployment, deployments, problems }),
    problems,
  };
}

/**
 * Reads a manifest for one deployment as a document with the origin of each value.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @throws UserError MANIFEST_NOT_FOUND, MANIFEST_UNREADABLE, MANIFEST_INVALID as {@link loadManifest}.
 */
export function resolveManifest(file: string, options: LoadOptions): Resolved {
  const { problems, parts } = read(file, options);
  if (parts === undefined) throw invalid(problems);
  const { composed, tools } = parts;
  const items = tools.map(({ node }) => node);
  const top = [...composed.root.entries].filter(([key]) => !REPLACED_KEYS.has(key));
  const document = mapOf(
    [...top, ['tools', { value: { kind: 'list', items } }], ['deployment', { value: showDeployment(parts) }]],
    composed.root.place,
  );
  return { document: toValue(document), origins: originsOf(document) };
}

/** Keys of a manifest that stand for something else once it is resolved. */
const REPLACED_KEYS = new Set(['include', 'tools', 'defaults', 'deployments']);

/** The selected deployment as it is written, completed by what it leaves out. */
function showDeployment({ deployment, written }: Parts): Node {
  const own = entriesOf(written).filter(([key]) => key !== 'overrides');
  const hasMode = own.some(([key]) => key === 'mode');
  const complete = fromValue(deployment);
  return mergeNodes(complete, mapOf([...own, ...(hasMode ? [REMOVED_MODES] : [])])) ?? complete;
}

/** `mode` says what `modes` would say again. */
const REMOVED_MODES = ['modes', { value: fromValue(null) }] as const;

interface Parts {
  composed: Composed;
  raw: RawManifest;
  tools: { tool: ReturnType<typeof buildTool>; node: MapNode }[];
  deployment: ReturnType<typeof buildDeployment>;
  /** The selected deployment as it is written. */
  written: Node;
}

/** The one way from a path to a resolved manifest; `parts` are there when no problem is an error. */
function read(file: string, options: LoadOptions): { problems: Problem[]; parts?: Parts } {
  if (!isAbsolute(file)) throw new BugError(`the path of a manifest must be absolute (got ${file})`);
  const reader = new Reader(options);
  const parsed = openManifest(file, options, reader);
  const problems: Problem[] = [];
  const done = (parts?: Parts) => ({
    problems: sortProblems([...reader.problems, ...problems], file),
    ...(parts === undefined ? {} : { parts }),
  });
  if (parsed === undefined) return done();
  const environment = {
    variables: options.env ?? {},
    readFile: options.readFile,
    strict: !(options.lenient ?? options.env === undefined),
  };
  const composed = composeManifest(parsed, file, options.deployment, environment, reader, problems);
  if (composed === undefined) return done();
  const folder = dirname(file);
  const { root } = composed;
  const raw = toValue(root) as RawManifest;
  const version = typeof raw.metadata?.version === 'string' ? raw.metadata.version : undefined;
  checkModes(parsed, problems);
  const complete = !hasErrors([...reader.problems, ...problems]);
  const sources = composed.tools.map((tool) => checkTool(tool, { folder, reader, version }, problems));
  if (complete) checkReferences(root, sources, problems);
  if (hasErrors([...reader.problems, ...problems]) || composed.deployment === undefined) return done();

  const written = child(child(root, 'deployments'), composed.deployment) ?? fromValue(BUILT_IN_RAW);
  const deployment = buildDeployment(composed.deployment, toValue(written) as RawDeployment, folder);
  const tools = sources.map((source) => {
    const node = resolveTool(source.node, source.name, root, written);
    return { node, source: { ...source, node }, tool: buildTool(node, file, folder) };
  });
  checkRunsOn(tools, deployment, problems);
  if (hasErrors(problems)) return done();
  return done({ composed, raw, tools, deployment, written });
}

function openManifest(file: string, files: ManifestFiles, reader: Reader): Node | undefined {
  if (!files.exists(file)) {
    throw new UserError('MANIFEST_NOT_FOUND', `there is no manifest at ${file}`, {
      hint: 'Name another one with --manifest FILE, or write a plugin.yaml',
    });
  }
  const { root, unreadable } = reader.open(file);
  if (unreadable !== undefined) {
    const reason = unreadable instanceof Error ? unreadable.message : String(unreadable);
    throw new UserError('MANIFEST_UNREADABLE', `the manifest ${file} cannot be read: ${reason}`, {
      cause: unreadable,
    });
  }
  return root;
}

function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

function invalid(problems: Problem[]): UserError {
  return UserError.fromProblems('MANIFEST_INVALID', problems);
}
