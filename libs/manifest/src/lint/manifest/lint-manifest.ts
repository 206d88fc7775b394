import { type PathSegment, parsePointer } from '@cozecut/problems';
import { buildPlugin } from '../../build/plugin.ts';
import { isUnresolved } from '../../compose/interpolate.ts';
import { sortProblems } from '../../compose/sort.ts';
import { checkOverlays } from '../../export/export-openapi.ts';
import { cozeTools } from '../../openapi/coze.ts';
import { emitOpenapi } from '../../openapi/emit.ts';
import { localTools } from '../../openapi/local.ts';
import { type LoadOptions, type Parts, pluginOf, readManifest } from '../../read.ts';
import { fromValue } from '../../source/node.ts';
import type { Plugin } from '../../types.ts';
import { runRules } from '../engine.ts';
import { documentOf } from '../read.ts';
import { isRuleOff, OPENAPI_RULES } from '../rules/index.ts';
import { suppress } from '../suppress.ts';
import type { LintProblem, Profile } from '../types.ts';
import { mapBack } from './map-back.ts';
import { ownProblems } from './own-rules.ts';

/** How a manifest is linted. */
export interface LintManifestOptions extends LoadOptions {
  /** Who imports its documents; left out, the cloud gets its cloud tools and a local plugin its local ones. */
  profile?: Profile;
}

/** Address of documents of a deployment that has no public one yet. */
const SOME_SERVER = 'https://plugin.example.com';

/**
 * Lints a `plugin.yaml`: everything that loading it reports, rules of our own, and the rules of Coze on the documents
 * that are made of it, told about the lines they come from.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @throws UserError MANIFEST_NOT_FOUND when the file is not there, MANIFEST_UNREADABLE when it cannot be read.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { diskFiles } from '@cozecut/manifest';
 * import { lintManifest } from '@cozecut/manifest/lint';
 *
 * const problems = lintManifest(resolve('plugin.yaml'), { ...diskFiles, profile: 'cloud' });
 * console.log(problems.filter(({ severity }) => severity === 'error')); // => []
 * ```
 */
export function lintManifest(file: string, options: LintManifestOptions): LintProblem[] {
  const { problems, parts } = readManifest(file, options);
  const loaded = problems.map((problem): LintProblem => ({ ...problem, stage: 'run' }));
  const found =
    parts === undefined
      ? loaded
      : saidOnce([
          ...loaded,
          ...ownProblems(parts),
          ...overlayProblems(file, parts, options),
          ...documentProblems(file, parts, options),
        ]);
  const sorted = sortProblems(found, file) as LintProblem[];
  const files = new Set([file, ...sorted.flatMap(({ location }) => location?.file ?? [])]);
  return [...files].reduce((kept, path) => suppressIn(path, kept, options), sorted);
}

/** A secret is one mistake, whoever else minds the text. */
function saidOnce(problems: readonly LintProblem[]): LintProblem[] {
  const placeOf = ({ location }: LintProblem) =>
    `${location?.file}:${location?.start.line}:${location?.start.column}`;
  const secrets = new Set(problems.filter(({ code }) => code === 'SECRET_LITERAL').map(placeOf));
  return problems.filter((problem) => problem.code !== 'CZ022' || !secrets.has(placeOf(problem)));
}

function overlayProblems(file: string, parts: Parts, options: LintManifestOptions): LintProblem[] {
  const plugin = pluginOf(parts, file, []);
  if (plugin.openapi.overlays.length === 0) return [];
  return checkOverlays(plugin, options).map((problem) => ({ ...problem, stage: 'run' }));
}

function suppressIn(
  path: string,
  problems: LintProblem[],
  { readFile, profile = 'cloud' }: LintManifestOptions,
): LintProblem[] {
  let text: string;
  try {
    text = readFile(path);
  } catch {
    return problems;
  }
  return suppress(problems, { text, file: path, profile, isOff: (id) => isRuleOff(id, profile) });
}

/** What the rules of Coze say about the documents of the plugin, each thing once. */
function documentProblems(file: string, parts: Parts, { profile }: LintManifestOptions): LintProblem[] {
  const { composed, raw, tools, deployment } = parts;
  const plugin = buildPlugin(raw, {
    file,
    tools: tools.map(({ tool }) => tool),
    deployment,
    deployments: composed.deployments,
    // Left out here: what an overlay changes has no line in the manifest.
    overlays: [],
    problems: [],
  });
  const seen = new Set<string>();
  return runsOf(plugin, profile).flatMap(({ emit, reader }) => {
    const document = emitOpenapi(plugin, { profile: emit, serverUrl: serverOf(plugin) });
    return runRules(documentOf(fromValue(document)), reader, OPENAPI_RULES).flatMap(({ problem, report }) => {
      const path: readonly PathSegment[] =
        report.path.length > 0 ? report.path : parsePointer(problem.pointer ?? '');
      const mapped = mapBack(problem, path, { profile: emit, document }, parts);
      const key = `${mapped.code} ${mapped.pointer} ${mapped.message}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [mapped];
    });
  });
}

function runsOf(plugin: Plugin, profile: Profile | undefined): { emit: 'coze' | 'local'; reader: Profile }[] {
  const runs: { emit: 'coze' | 'local'; reader: Profile }[] = [];
  if (profile !== 'local' && cozeTools(plugin).length > 0)
    runs.push({ emit: 'coze', reader: profile ?? 'cloud' });
  if ((profile === undefined || profile === 'local') && localTools(plugin).length > 0) {
    runs.push({ emit: 'local', reader: 'local' });
  }
  return runs;
}

/** A deployment on this machine has no public address, which is no mistake of the manifest. */
function serverOf({ deployment }: Plugin): string {
  const { publicUrl } = deployment.server;
  return publicUrl === undefined || isUnresolved(publicUrl) ? SOME_SERVER : publicUrl;
}
