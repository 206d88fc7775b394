import type { Severity } from '@cozecut/problems';
import type { Profile, Rule, RuleMeta, Visitor } from './types.ts';

/** Makes a rule; its page is named after its id. */
export function defineRule(
  meta: Omit<RuleMeta, 'docs' | 'fixable'> & { fixable?: boolean },
  visitor: Visitor,
): Rule {
  const { fixable = false } = meta;
  return { meta: { ...meta, fixable, docs: `docs/reference/rules.md#${meta.id.toLowerCase()}` }, visitor };
}

/** Severities in the order studio, cloud, local. */
export function by(
  studio: Severity | 'off',
  cloud: Severity | 'off',
  local: Severity | 'off',
): Record<Profile, Severity | 'off'> {
  return { studio, cloud, local };
}
