import type { Problem, Severity } from '@cozecut/problems';

/** What has more findings has something else wrong with it. */
const MAX_FINDINGS = 200;
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Findings as an answer has them: as many as a person reads, the gravest first, and how many there are of each kind. */
export function toldFindings<One extends Problem, Told>(
  problems: readonly One[],
  tell: (problem: One) => Told,
) {
  const bySeverity = SEVERITIES.map((severity) => problems.filter((one) => one.severity === severity));
  const [errors, warnings, notes] = bySeverity.map(({ length }) => length);
  return {
    findings: bySeverity.flat().slice(0, MAX_FINDINGS).map(tell),
    findings_total: problems.length,
    findings_counts: { error: errors, warning: warnings, info: notes },
  };
}
