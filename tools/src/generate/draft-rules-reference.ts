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
    '## Rules that no draft can break',
    '',
    'They are about timelines, inputs or commands, which tell them under the same ids.',
    '',
    '| rule | why it is not about drafts |',
    '|---|---|',
    ...ELSEWHERE.map(([ids, why]) => `| ${ids} | ${why} |`),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

/** Rules about drafts that cannot be, and why. */
const ELSEWHERE: readonly (readonly [ids: string, why: string])[] = [
  ['DR005', 'times of a draft are numbers of microseconds; DR004 finds what is none'],
  ['DR012', 'clips of a draft are on a track; an edit that names none, or several, is refused'],
  ['DR027', 'drafts of the app may play backwards or at changing speeds; only what we write is refused'],
  ['DR049', 'the app writes a width and a height for line masks as well'],
  ['DR069', 'which curve types the apps have is not known in full'],
  ['DR152, DR153', 'told by the commands that write: the app is running, the name is taken'],
  ['DR160 to DR166', 'told when an input is converted into a timeline, and by edits'],
];

function ruleText({ id, title, severity, fixable }: RuleHead): string[] {
  const sentence = title.charAt(0).toUpperCase() + title.slice(1);
  const fix = fixable === true ? ['- `--fix` mends some findings'] : [];
  return [`## ${id}`, '', `${sentence}.`, '', `- ${severity}`, ...fix, ''];
}
