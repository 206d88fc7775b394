import { list, object, type Schema, whole } from './words.ts';

/** An answer with findings, as `check/told-findings.ts` makes it, and what else it has. */
export function findings(finding: Schema, more: Readonly<Record<string, Schema>> = {}): Schema {
  return object({
    ...more,
    findings: list(finding, 'The first that were found, the gravest before the others'),
    findings_total: whole('How many there are'),
    findings_counts: object({
      error: whole('How many are errors'),
      warning: whole('How many are warnings'),
      info: whole('How many are notes'),
    }),
  });
}
