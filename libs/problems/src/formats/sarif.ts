import type { Location, Problem, Severity, TextEdit } from '../problem.ts';

/** What is known of the program and its rules. */
export interface SarifOptions {
  /** Name of the program. */
  tool: string;
  version?: string;
  /** Titles and pages of rules, by id; a rule that is not named here has only its id. */
  rules?: readonly { id: string; title?: string; docs?: string }[];
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** A log of SARIF 2.1.0 with one run. */
export function sarif(problems: readonly Problem[], options: SarifOptions): string {
  const ids = [...new Set(problems.map(({ code }) => code))].sort();
  const known = new Map((options.rules ?? []).map((rule) => [rule.id, rule]));
  const rules = ids.map((id) => {
    const rule = known.get(id);
    return {
      id,
      ...(rule?.title === undefined ? {} : { shortDescription: { text: rule.title } }),
      ...(rule?.docs === undefined || !/^https?:/.test(rule.docs) ? {} : { helpUri: rule.docs }),
    };
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: options.tool,
            ...(options.version === undefined ? {} : { version: options.version }),
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => result(problem, ids)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function result(problem: Problem, ids: readonly string[]): object {
  const { code, severity, message, location, pointer, hint, predicted, fix } = problem;
  const properties = {
    ...(hint === undefined ? {} : { hint }),
    ...(predicted === undefined ? {} : { predicted }),
  };
  const logical =
    pointer === undefined || pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: pointer }] };
  const place = location === undefined ? {} : { physicalLocation: physical(location) };
  const locations = { ...place, ...logical };
  return {
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: LEVELS[severity],
    message: { text: message },
    ...(Object.keys(locations).length === 0 ? {} : { locations: [locations] }),
    ...(fix === undefined
      ? {}
      : { fixes: [{ description: { text: fix.title }, artifactChanges: changes(fix.edits) }] }),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

function physical({ file, start, end }: Location): object {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: {
      startLine: start.line,
      startColumn: start.column,
      ...(end === undefined ? {} : { endLine: end.line, endColumn: end.column }),
    },
  };
}

function changes(edits: readonly TextEdit[]): object[] {
  return [...Map.groupBy(edits, ({ file }) => file)].map(([file, own]) => ({
    artifactLocation: { uri: uriOf(file) },
    replacements: own.map(({ start, end, text }) => ({
      deletedRegion: { charOffset: start, charLength: end - start },
      insertedContent: { text },
    })),
  }));
}

/** A relative path stays one; an absolute one is a file address. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
  if (path.startsWith('/')) return `file://${path}`;
  return /^[A-Za-z]:\//.test(path) ? `file:///${path}` : path;
}
