import { listDraftRules, type RuleHead } from '@cozecut/draft-core';

/** `docs/reference/draft-rules.md`: every rule of the draft lint, made from what the rules say of themselves. */
export function draftRulesReference(): string {
  return `${[
    '<!-- Made by `npm run generate -w tools`; a change here is lost. -->',
    '',
    '# Rules of `cozecut draft lint`',
    '',
    'Each rule says what a draft of JianYing or CapCut should be. The severity is that of most findings; the profile',
    'and what exactly was found may change it.',
    '',
    ...listDraftRules().flatMap(ruleText),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function ruleText({ id, title, severity, fixable }: RuleHead): string[] {
  const sentence = title.charAt(0).toUpperCase() + title.slice(1);
  const fix = fixable === true ? ['- `--fix` mends some findings'] : [];
  return [`## ${id}`, '', `${sentence}.`, '', `- ${severity}`, ...fix, ''];
}
