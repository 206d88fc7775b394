import { MANIFEST_RULES, OPENAPI_RULES, PROFILES, type RuleMeta, type Stage } from '@cozecut/manifest/lint';

const STAGES: Readonly<Record<Stage, string>> = {
  import: 'the import is refused',
  crash: 'the server dies or panics',
  tools: 'the import passes, listing the tools fails',
  run: 'calls misbehave',
  form: 'the form, the parser or the policy of the cloud refuses it',
  style: 'nothing breaks',
};

/** `docs/reference/rules.md`: every rule of the lint, made from what the rules say of themselves. */
export function rulesReference(): string {
  return `${[
    '<!-- Made by `npm run generate -w tools`; a change here is lost. -->',
    '',
    '# Rules of `cozecut lint`',
    '',
    'Each rule says what Coze asks for. `studio` is open-source Coze Studio, `cloud` the Coze cloud, `local` a local',
    'plugin. A finding is left out by the comment `# cozecut-ignore CZ310 -- reason` on its line or the line before.',
    '',
    '## OpenAPI documents',
    '',
    ...OPENAPI_RULES.flatMap(({ meta }) => ruleText(meta)),
    '## Plugin files (`ai_plugin.json`, `plugin.json`)',
    '',
    ...MANIFEST_RULES.flatMap(({ meta }) => ruleText(meta)),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function ruleText({ id, title, stage, severity, fixable }: RuleMeta): string[] {
  return [
    `### ${id}`,
    '',
    `${title}.`,
    '',
    `- Otherwise: ${STAGES[stage]}`,
    `- ${PROFILES.map((profile) => `${profile}: ${severity[profile]}`).join(', ')}`,
    ...(fixable ? ['- `--fix` mends some findings'] : []),
    '',
  ];
}
