import type { Problem } from '@cozecut/problems';
import { entriesOf } from '../source/node.ts';
import type { Document } from './document.ts';
import { runRules } from './engine.ts';
import { type ReadDocument, readDocument } from './read.ts';
import { isRuleOff, MANIFEST_RULES, OPENAPI_RULES } from './rules/index.ts';
import { quote } from './server/go.ts';
import { suppress } from './suppress.ts';
import type { Finding, LintProblem, Profile } from './types.ts';

/** How a text is linted. */
export interface LintOptions {
  /** Path of the file, for locations and edits. */
  file: string;
  profile: Profile;
}

/**
 * Lints an OpenAPI document (JSON or YAML) for one kind of Coze. Problems come in the order of the text; comments
 * `# cozecut-ignore CZ310 -- reason` are kept.
 *
 * @param text - The text of the file as it is on disk.
 *
 * @example
 * ```ts
 * import { lintOpenapi } from '@cozecut/manifest/lint';
 *
 * const text = 'openapi: 3.0.1\ninfo: { title: Texts, description: Texts, version: 1.0.0 }\npaths: {}\n';
 * for (const { code, message } of lintOpenapi(text, { file: 'openapi.yaml', profile: 'cloud' })) {
 *   console.log(code, message); // => CZ… …servers…
 * }
 * ```
 */
export function lintOpenapi(text: string, options: LintOptions): LintProblem[] {
  return finish(text, options, openapiFindings(readDocument(options.file, text), options.profile));
}

/**
 * Lints the manifest of a plugin (`ai_plugin.json`, `plugin.json`) for one kind of Coze.
 *
 * @param text - The text of the file as it is on disk.
 */
export function lintAiPlugin(text: string, options: LintOptions): LintProblem[] {
  return finish(text, options, manifestFindings(readDocument(options.file, text), options.profile));
}

/** The two files that a plugin is registered with. */
export interface PluginPackage {
  manifest: { file: string; text: string };
  openapi: { file: string; text: string };
}

/** Lints a manifest together with the OpenAPI document that it comes with. */
export function lintPluginPackage({ manifest, openapi }: PluginPackage, profile: Profile): LintProblem[] {
  const read = readDocument(openapi.file, openapi.text);
  const companion = 'document' in read ? read.document : undefined;
  const manifestRead = readDocument(manifest.file, manifest.text);
  return [
    ...finish(
      manifest.text,
      { file: manifest.file, profile },
      manifestFindings(manifestRead, profile, companion),
    ),
    ...finish(openapi.text, { file: openapi.file, profile }, openapiFindings(read, profile)),
  ];
}

/** Everything that the rules say about an OpenAPI document, in the order of the server. */
export function openapiFindings(read: ReadDocument, profile: Profile): Finding[] {
  return 'document' in read ? runRules(read.document, profile, OPENAPI_RULES) : unreadable(read.problems);
}

/** Everything that the rules say about a manifest, in the order of the server. */
export function manifestFindings(read: ReadDocument, profile: Profile, companion?: Document): Finding[] {
  if (!('document' in read)) return unreadable(read.problems, 'invalid plugin manifest');
  if (read.document.root.kind === 'map') return runRules(read.document, profile, MANIFEST_RULES, companion);
  const problem = { code: 'CZ001', severity: 'error' as const, message: 'the file must hold a map' };
  return unreadable([problem], 'invalid plugin manifest');
}

/** What kind of file a text is: a manifest of a plugin has auth and api, and no paths. */
export function isAiPlugin(text: string): boolean {
  // Reading a large document only to see that it is none would take as long as linting it.
  if (!/name_for_model|schema_version/.test(text)) return false;
  const read = readDocument('', text);
  if (!('document' in read)) return false;
  const keys = new Set(entriesOf(read.document.root).map(([key]) => key));
  return (
    !keys.has('paths') && !keys.has('openapi') && (keys.has('name_for_model') || keys.has('schema_version'))
  );
}

/** A text that cannot be read is what the first rule is about. */
function unreadable(problems: readonly Problem[], predicted?: string): Finding[] {
  return problems.map((problem, order) => {
    const report = {
      path: [],
      message: problem.message,
      predicted: predicted ?? yamlWords(problem),
      phase: 'load' as const,
    };
    return {
      order,
      report,
      problem: {
        ...problem,
        code: 'CZ001',
        severity: 'error' as const,
        stage: 'import' as const,
        predicted: report.predicted,
        docs: 'docs/reference/rules.md#cz001',
      },
    };
  });
}

const YAML = 'error converting YAML to JSON: yaml: ';

function yamlWords({ code, message, location }: Problem): string {
  const line = location?.start.line ?? 1;
  const twice = /^the key "(.*)" is already there in line (\d+)$/s.exec(message);
  if (twice !== null) {
    return `${YAML}unmarshal errors:\n  line ${line}: mapping key ${quote(twice[1]!)} already defined at line ${twice[2]}`;
  }
  const anchor = /^there is no anchor &(\S+)/.exec(message);
  if (anchor !== null) return `${YAML}unknown anchor '${anchor[1]}' referenced`;
  if (code === 'ALIAS_RECURSIVE') return YAML;
  if (/tab/i.test(message)) return `${YAML}line ${line}: found character that cannot start any token`;
  return YAML;
}

function finish(text: string, { file, profile }: LintOptions, findings: readonly Finding[]): LintProblem[] {
  const problems = findings.map(({ problem }) => problem);
  return sorted(suppress(problems, { text, file, profile, isOff: (id) => isRuleOff(id, profile) }));
}

/** Problems in the order of the text; those without a place first. */
export function sorted(problems: readonly LintProblem[]): LintProblem[] {
  const rank = ({ location }: LintProblem) =>
    location === undefined ? -1 : location.start.line * 1e6 + location.start.column;
  return problems.toSorted((a, b) => rank(a) - rank(b));
}
