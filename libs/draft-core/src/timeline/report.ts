import type { Problem, Severity } from '@cozecut/problems';

/** What a finding may carry besides code, place and message. */
export interface ReportExtra {
  hint?: string;
  suggestions?: string[];
}

/** Takes a finding. */
export type Report = (
  code: string,
  severity: Severity,
  pointer: string,
  message: string,
  extra?: ReportExtra,
) => void;

/** A {@link Report} that adds to a list. */
export function reportTo(problems: Problem[]): Report {
  return (code, severity, pointer, message, extra = {}) => {
    problems.push({ code, severity, message, pointer, ...extra });
  };
}
