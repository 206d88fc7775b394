import { formatPointer, type PathSegment, type Severity } from '@cozecut/problems';
import { placeOf } from '../source/node.ts';
import { toLocation } from '../source/source-file.ts';
import type { Document } from './document.ts';
import type { Kind } from './grammar.ts';
import type { Context, Finding, Phase, Profile, Report, Rule, Spot, Visitor } from './types.ts';
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
    // Few rules look at a kind, and a large document has many objects: who is asked is found out once for each kind.
    const entering = new Map<Kind, readonly Asked[]>();
    const leaving = new Map<Kind, readonly Asked[]>();
    const call = (spot: Spot, asked: readonly Asked[]) => {
      for (const { index, look } of asked) {
        step = first + index;
        look(spot, contexts[index]!);
      }
      first += rules.length;
    };
    let first = step + 1;
    walkDocument(root, {
      enter: (spot) =>
        call(
          spot,
          remember(entering, spot.kind, () => askedOf(rules, (visitor) => visitor[spot.kind])),
        ),
      leave: (spot) =>
        call(
          spot,
          remember(leaving, spot.kind, () => askedOf(rules, (visitor) => visitor.leave?.[spot.kind])),
        ),
    });
  }
  return [...findings.values()].sort((a, b) => a.order - b.order);
}

/** A rule that looks at a kind of object, by its position. */
interface Asked {
  index: number;
  look(spot: Spot, context: Context): void;
}

function askedOf(rules: readonly Rule[], pick: (visitor: Visitor) => Asked['look'] | undefined): Asked[] {
  return rules.flatMap(({ visitor }, index) => {
    const look = pick(visitor);
    return look === undefined ? [] : [{ index, look }];
  });
}

function remember<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
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
