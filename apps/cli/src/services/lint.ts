import { readFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { diskFiles } from '@cozecut/manifest';
import {
  applyFixes,
  isAiPlugin,
  lintAiPlugin,
  lintManifest,
  lintOpenapi,
  lintPluginPackage,
  MANIFEST_RULES,
  OPENAPI_RULES,
  type Profile,
} from '@cozecut/manifest/lint';
import type { Problem } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { readUserFile } from '../user-file.ts';
import { findManifest } from './manifest.ts';
import { writeOutput } from './write-output.ts';

/** What `lint` was asked for. */
export interface LintRequest {
  /** Files as the person named them; empty means the manifest of the current folder. */
  files: readonly string[];
  profile: Profile | undefined;
  deployment: string | undefined;
  fix: boolean;
  env: Environment;
  folder: string;
  /** Told of the files when they are read and before they are checked, by their absolute paths. */
  onFiles(files: readonly string[]): void;
}

/** What was found. */
export interface LintResult {
  /** How many files were looked at. */
  files: number;
  /** How many findings were mended. */
  fixed: number;
  problems: Problem[];
  rules: { id: string; title: string; docs: string }[];
}

/** Lints manifests, OpenAPI documents and ai_plugin files, each as what it is. */
export function lint(request: LintRequest): LintResult {
  const { env, folder } = request;
  const paths =
    request.files.length === 0
      ? [findManifest(undefined, env, folder).file]
      : request.files.map((file) => resolve(folder, file));
  const texts = textsOf(paths);
  request.onFiles(paths);
  const fixed = request.fix ? mend(findProblems(texts, request)) : 0;
  const now = fixed === 0 ? texts : textsOf(paths);
  const problems = findProblems(now, request).map((problem) => withRelativePath(problem, folder));
  const rules = [...OPENAPI_RULES, ...MANIFEST_RULES].map(({ meta: { id, title, docs } }) => ({
    id,
    title,
    docs,
  }));
  return { files: paths.length, fixed, problems, rules };
}

type TextsByPath = ReadonlyMap<string, string>;

/** @throws UserError FILE_UNREADABLE */
function textsOf(paths: readonly string[]): TextsByPath {
  return new Map(paths.map((path) => [path, readUserFile(path, path)]));
}

function findProblems(texts: TextsByPath, { profile, deployment }: LintRequest): Problem[] {
  const paths = [...texts.keys()];
  const isManifest = (path: string) => looksLikeManifest(path, texts.get(path)!);
  const reader = profile ?? 'cloud';
  // An OpenAPI document beside an ai_plugin file is the one it is registered with.
  const companions = new Map<string, string>();
  for (const path of paths.filter((one) => !isManifest(one) && isAiPlugin(texts.get(one)!))) {
    const companion = paths.find(
      (other) => dirname(other) === dirname(path) && !isManifest(other) && !isAiPlugin(texts.get(other)!),
    );
    if (companion !== undefined) companions.set(path, companion);
  }
  const paired = new Set(companions.values());
  return paths.flatMap((path) => {
    const text = texts.get(path)!;
    if (isManifest(path)) {
      return lintManifest(path, {
        ...diskFiles,
        ...(deployment === undefined ? {} : { deployment }),
        ...(profile === undefined ? {} : { profile }),
      });
    }
    if (paired.has(path)) return [];
    if (!isAiPlugin(text)) return lintOpenapi(text, { file: path, profile: reader });
    const companion = companions.get(path);
    if (companion === undefined) return lintAiPlugin(text, { file: path, profile: reader });
    const openapi = { file: companion, text: texts.get(companion)! };
    return lintPluginPackage({ manifest: { file: path, text }, openapi }, reader);
  });
}

const MANIFEST = /^\s*(?:\{\s*)?["']?apiVersion["']?\s*:\s*["']?cozecut\//m;
/** What begins another file that is linted; `openapi` of a manifest is a map. */
const OTHER =
  /^\s*(?:\{\s*)?["']?(?:(?:openapi|swagger)["']?\s*:\s*["']?\d|paths["']?\s*:|schema_version["']?\s*:)/m;
const MANIFEST_KEY = /^(?:\{?\s*["'])?(?:api_?version|kind)["']?\s*:/im;

/** Whether a text is meant to be a manifest, also where the line that says so is missing or misspelled. */
function looksLikeManifest(path: string, text: string): boolean {
  if (MANIFEST.test(text)) return true;
  return !OTHER.test(text) && (/^plugin\.ya?ml$/.test(basename(path)) || MANIFEST_KEY.test(text));
}

/** Makes the certain repairs in the files they belong to. */
function mend(problems: readonly Problem[]): number {
  const fixable = problems.filter((problem) => problem.fix !== undefined);
  const byFile = Map.groupBy(fixable, (problem) => problem.fix!.edits[0]?.file ?? '');
  let count = 0;
  for (const [file, own] of byFile) {
    if (file === '') continue;
    const { text, applied } = applyFixes(readFileSync(file, 'utf8'), own);
    writeOutput(file, text);
    count += applied.length;
  }
  return count;
}

function withRelativePath(problem: Problem, folder: string): Problem {
  const { location } = problem;
  if (location === undefined) return problem;
  return { ...problem, location: { ...location, file: relative(folder, location.file) || location.file } };
}
