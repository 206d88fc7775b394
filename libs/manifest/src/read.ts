import { dirname, isAbsolute } from 'node:path';
import { BugError, type Problem, UserError } from '@cozecut/problems';
import { BUILT_IN_RAW, buildDeployment } from './build/deployment.ts';
import { overlayFiles } from './build/overlays.ts';
import { buildPlugin } from './build/plugin.ts';
import { buildTool } from './build/tool.ts';
import { checkRunsOn } from './check/deployment.ts';
import { checkOpenapi } from './check/openapi.ts';
import { checkReferences } from './check/references.ts';
import { checkTexts } from './check/texts.ts';
import { checkTool } from './check/tool-checks.ts';
import { type Composed, composeManifest } from './compose/compose.ts';
import { resolveTool } from './compose/merge.ts';
import { Reader } from './compose/reader.ts';
import { sortProblems } from './compose/sort.ts';
import type { ManifestCache, ManifestFiles } from './files.ts';
import { foreignPatterns } from './json-schema/foreign-pattern.ts';
import type { RawDeployment, RawManifest } from './schema/manifest.ts';
import type { Settings } from './settings/read-settings.ts';
import { readKept } from './source/kept.ts';
import { child, fromValue, type MapNode, type Node, toValue } from './source/node.ts';
import type { Deployment, Plugin, Tool } from './types.ts';

/** How a manifest is read. */
export interface LoadOptions extends ManifestFiles {
  /** Name of the deployment; `local` or the only one when left out. */
  deployment?: string;
  /** Environment variables for `${env:…}`. Left out: no variable is set, and none has to be. */
  env?: Readonly<Record<string, string | undefined>>;
  /**
   * Whether a variable that is not set is only worth an `info` and the reference stays as it is written, as in lint
   * and export. A list holds only for values under these keys of the manifest, such as `bindings`: who serves a plugin
   * needs no bot. True when `env` is left out.
   */
  lenient?: boolean | readonly string[];
  /**
   * What stands above the manifest, from {@link readSettings}. Left out where a document is made or linted: the same
   * manifest gives the same document whatever the environment of the machine is.
   */
  settings?: Settings;
  /**
   * Names of the tools that are read; all when left out. The others are neither checked nor there: for a manifest that
   * was checked when it was built, in a program that runs one of its tools.
   */
  tools?: readonly string[];
  /**
   * False where nothing looks at schemas: tools that were checked when they were built have empty ones then, and the
   * files of their schemas are not read. True when left out.
   */
  schemas?: boolean;
  /** Saves reading and checking again what is the same; it changes nothing else. */
  cache?: ManifestCache;
}

/** A manifest that was read without an error, part by part. */
export interface Parts {
  composed: Composed;
  raw: RawManifest;
  tools: { tool: Tool; node: MapNode }[];
  deployment: Deployment;
  /** The selected deployment as it is written. */
  written: Node;
}

/** What came of reading a manifest. */
interface Reading {
  problems: Problem[];
  /** There when no problem is an error. */
  parts?: Parts;
}

/** The one way from a path to a resolved manifest. */
export function readManifest(file: string, options: LoadOptions): Reading & { reader: Reader } {
  if (!isAbsolute(file)) throw new BugError(`the path of a manifest must be absolute (got ${file})`);
  const { cache } = options;
  const folder = dirname(file);
  const known = cache?.get(file);
  const reader = new Reader(options, known === undefined ? undefined : { folder, kept: readKept(known) });
  const reading = readWith(reader, file, options);
  const { problems, parts } = reading;
  // Where only some tools were read, or only some of each, the rest was not checked.
  const isWhole = options.tools === undefined && options.schemas !== false;
  if (parts !== undefined && isWhole && isFaultless(problems)) {
    const checked = parts.composed.isAsWritten ? 'everything' : 'tools';
    const isNew = reader.checked === 'nothing' || (reader.checked === 'tools' && checked === 'everything');
    if (isNew) cache?.put?.(file, reader.keep(checked, folder));
  }
  return { ...reading, reader };
}

/** Whether the checks of a manifest found nothing; variables are looked up at every load. */
export function isFaultless(problems: readonly Problem[]): boolean {
  return problems.every(({ code }) => code === 'ENV_UNSET');
}

function readWith(reader: Reader, file: string, options: LoadOptions): Reading {
  const parsed = openManifest(file, reader);
  const problems: Problem[] = [];
  const done = (parts?: Parts) => ({
    problems: sortProblems([...reader.problems, ...problems], file),
    ...(parts === undefined ? {} : { parts }),
  });
  if (parsed === undefined) return done();
  const environment = {
    variables: options.env ?? {},
    // Not by the reader, which may keep what it reads: this may be a secret.
    readFile: (path: string) => options.readFile(path),
    lenient: options.lenient ?? options.env === undefined,
  };
  const { deployment: asked, settings = [] } = options;
  const how = { deployment: asked, environment, settings, tools: options.tools };
  const composed = composeManifest(parsed, file, how, reader, problems);
  if (composed === undefined) return done();
  const folder = dirname(file);
  const { root } = composed;
  const raw = toValue(root) as RawManifest;
  const version = typeof raw.metadata?.version === 'string' ? raw.metadata.version : undefined;
  const complete = !hasErrors([...reader.problems, ...problems]);
  const scope = { folder, reader, version, pattern: foreignPatterns(), schemas: options.schemas ?? true };
  const sources = composed.tools.map((tool) => checkTool(tool, scope, problems));
  const isKnown = composed.isChecked && sources.every(({ isChecked }) => isChecked);
  // What names a tool needs all of them.
  if (complete && options.tools === undefined && !isKnown) checkReferences(root, sources, problems);
  if (complete) checkOpenapi(root, problems);
  if (hasErrors([...reader.problems, ...problems]) || composed.deployment === undefined) return done();

  const written = child(child(root, 'deployments'), composed.deployment) ?? fromValue(BUILT_IN_RAW);
  const deployment = buildDeployment(composed.deployment, toValue(written) as RawDeployment, folder);
  const workflows = raw.bindings?.workflows ?? [];
  const jobs = workflows.filter(({ onInterrupt }) => onInterrupt === 'job').map(({ name }) => name);
  const surroundings = { file, folder, jobWorkflows: new Set(jobs) };
  const tools = sources.map((source) => {
    const node = resolveTool(source.node, source.name, { root, deployment: written, settings });
    return { node, source: { ...source, node }, tool: buildTool(node, surroundings) };
  });
  checkRunsOn(tools, deployment, problems);
  const parts = { composed, raw, tools, deployment, written };
  // What says something needs all of them, too.
  if (options.tools === undefined && reader.checked === 'nothing') {
    checkTexts(root, pluginOf(parts, file, problems), reader, problems);
  }
  if (hasErrors(problems)) return done();
  return done(parts);
}

/** The plugin that the parts of a manifest make. */
export function pluginOf(parts: Parts, file: string, problems: Problem[]): Plugin {
  const { composed, raw, tools, deployment } = parts;
  return buildPlugin(raw, {
    file,
    tools: tools.map(({ tool }) => tool),
    deployment,
    deployments: composed.deployments,
    overlays: overlayFiles(composed.root, file),
    problems,
  });
}

function openManifest(file: string, reader: Reader): Node | undefined {
  if (!reader.files.exists(file)) {
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
