import { formatPointer, type PathSegment, type Severity } from '@cozecut/problems';
import { placeOf } from '../source/node.ts';
import { toLocation } from '../source/source-file.ts';
import type { Document } from './document.ts';
import type { Context, Finding, Phase, Profile, Report, Rule, Spot } from './types.ts';
import { walkDocument } from './walk.ts';

const PHASES: readonly Phase[] = ['load', 'validate', 'plugin', 'tools'];

/** Runs rules over a document; findings come in the order in which the server would come upon them. */
export function runRules(
  document: Document,
  profile: Profile,
  all: readonly Rule[],
  companion?: Document,
): Finding[] {
  const rules = all.filter(({ meta }) => meta.severity[profile] !== 'off');
  const findings = new Map<string, Finding>();
  let step = 0;
  const contexts = rules.map((rule): Context => {
    const level = rule.meta.severity[profile];
    return {
      profile,
      document,
      companion,
      report(report) {
        if (level === 'off') return;
        const finding = toFinding(rule, report, level, document);
        const { pointer, message } = finding.problem;
        const key = `${rule.meta.id} ${pointer} ${message}`;
        const order = PHASES.indexOf(report.phase ?? 'validate') * 1e9 + step;
        if (!findings.has(key)) findings.set(key, { ...finding, order });
      },
    };
  });
  const { root } = document;
  for (const [index, { visitor }] of rules.entries()) {
    step++;
    visitor.source?.(contexts[index]!);
    if (root.kind === 'map') visitor.manifest?.({ node: root }, contexts[index]!);
  }
  if (root.kind === 'map' && rules.some(({ visitor }) => visitor.manifest === undefined)) {
    const call = (spot: Spot, pick: (rule: Rule) => ((spot: Spot, context: Context) => void) | undefined) => {
      for (const [index, rule] of rules.entries()) {
        step++;
        pick(rule)?.(spot, contexts[index]!);
      }
    };
    walkDocument(root, {
      enter: (spot) => call(spot, ({ visitor }) => visitor[spot.kind]),
      leave: (spot) => call(spot, ({ visitor }) => visitor.leave?.[spot.kind]),
    });
  }
  return [...findings.values()].sort((a, b) => a.order - b.order);
}

function toFinding(rule: Rule, report: Report, level: Severity, document: Document): Omit<Finding, 'order'> {
  const { meta } = rule;
  const { path, part = 'value', message, hint, suggestions = [], predicted, fix } = report;
  const place = report.place ?? placeOf(document.root, path, part);
  return {
    report,
    problem: {
      code: meta.id,
      severity: report.severity ?? level,
      stage: report.stage ?? meta.stage,
      message,
      pointer: formatPointer(path),
      ...(place === undefined ? {} : { location: toLocation(place) }),
      ...(hint === undefined ? {} : { hint }),
      ...(suggestions.length === 0 ? {} : { suggestions: [...suggestions] }),
      ...(predicted === undefined ? {} : { predicted }),
      docs: meta.docs,
      ...(fix === undefined ? {} : { fix }),
    },
  };
}

/** Name of a place for a message: `info.title`, `paths["/echo"].post.summary`. */
export function nameOf(path: readonly PathSegment[]): string {
  if (path.length === 0) return 'the document';
  return path.reduce<string>((name, segment) => {
    if (typeof segment === 'number') return `${name}[${segment}]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(segment)) return `${name}[${JSON.stringify(segment)}]`;
    return name === '' ? segment : `${name}.${segment}`;
  }, '');
}
