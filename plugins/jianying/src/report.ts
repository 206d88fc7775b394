import type { LintDraftOutput } from './tools.gen.ts';
import type { Finding } from './write-draft.ts';

/** Findings by how bad they are, and what to do about them. */
export function report(findings: readonly Finding[]): LintDraftOutput {
  const of = (wanted: string) => findings.filter(({ severity }) => severity === wanted);
  const hints = findings.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
  return { errors: of('error'), warnings: of('warning'), fixes: [...new Set(hints)] };
}
