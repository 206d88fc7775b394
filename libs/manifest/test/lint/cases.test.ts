import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type ImportVerdict,
  type LintProblem,
  lintAiPlugin,
  lintOpenapi,
  MANIFEST_RULES,
  OPENAPI_RULES,
  PROFILES,
  predictImport,
  predictManifest,
} from '../../src/lint/index.ts';

const root = join(import.meta.dirname, 'cases');
const names = readdirSync(root);
const rules = [...OPENAPI_RULES, ...MANIFEST_RULES].map(({ meta }) => meta);

function lintCase(name: string) {
  const folder = join(root, name);
  const isOpenapi = existsSync(join(folder, 'openapi.yaml'));
  const file = isOpenapi ? 'openapi.yaml' : 'ai_plugin.json';
  const text = readFileSync(join(folder, file), 'utf8');
  const lint = isOpenapi ? lintOpenapi : lintAiPlugin;
  const verdict = isOpenapi ? predictImport(text) : predictManifest(text);
  return {
    verdict,
    found: PROFILES.map((profile) => ({ profile, problems: lint(text, { file, profile }) })),
  };
}

function showVerdict({ ok, stage, text }: ImportVerdict): string {
  const says = text === null ? '' : `: ${text.trim()}`;
  return `studio ${ok ? 'accepts' : 'refuses'}${stage === null ? '' : ` (${stage})`}${says}`;
}

function showProblem({
  code,
  severity,
  stage,
  message,
  location,
  hint,
  suggestions,
  fix,
}: LintProblem): string {
  const place = location === undefined ? '' : `${location.start.line}:${location.start.column} `;
  return [
    `${place}${severity} ${code} (${stage}) ${message}`,
    ...(suggestions === undefined ? [] : [`    did you mean ${suggestions.join(' or ')}?`]),
    ...(hint === undefined ? [] : [`    ${hint}`]),
    ...(fix === undefined ? [] : [`    fix: ${fix.title}`]),
  ].join('\n');
}

describe('cases of the rules', () => {
  test.each(names)('%s', async (name) => {
    const { verdict, found } = lintCase(name);
    const parts = found.map(({ profile, problems }) =>
      [`== ${profile}`, ...problems.map(showProblem)].join('\n'),
    );
    const shown = `${[showVerdict(verdict), ...parts].join('\n')}\n`;
    await expect(shown).toMatchFileSnapshot(join(root, name, 'expected.txt'));
    const [id = ''] = name.split('-');
    const isOk = name.startsWith(`${id}-ok-`);
    // What is right for the cloud may be wrong for a local plugin.
    const counted = isOk ? found.filter(({ profile }) => profile !== 'local') : found;
    const has = counted.some(({ problems }) => problems.some(({ code }) => code === id));
    if (id.startsWith('CZ')) expect(has).toBe(!isOk);
  });

  test.each(rules)('$id has a case that breaks it and one that keeps it', ({ id }) => {
    const own = names.filter((name) => name.startsWith(`${id}-`));
    expect(own.some((name) => !name.startsWith(`${id}-ok-`))).toBe(true);
    expect(own.some((name) => name.startsWith(`${id}-ok-`))).toBe(true);
  });

  test('every rule has an id, a title and a page of its own', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { id, title, docs } of rules) {
      expect(id).toMatch(/^CZ\d{3}$/);
      expect(title).not.toBe('');
      expect(docs).toBe(`docs/reference/rules.md#${id.toLowerCase()}`);
    }
  });

  test('an import is refused exactly when a rule of that stage says so', () => {
    for (const name of names) {
      const { verdict, found } = lintCase(name);
      const errors = found[0]!.problems.filter(({ severity }) => severity === 'error');
      const refused = errors.some(
        ({ stage, code }) => stage === 'import' || (stage === 'crash' && code !== 'CZ306'),
      );
      // A finding that is left out by a comment is still one to the server.
      if (!name.startsWith('IGNORE')) expect(`${name} ${!refused}`).toBe(`${name} ${verdict.ok}`);
    }
  });
});
