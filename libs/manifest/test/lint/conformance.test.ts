import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintOpenapi, predictConvert, predictImport, predictManifest } from '../../src/lint/index.ts';

/** Documents and what a server said about them, kept beside a checkout. */
const facts = join(import.meta.dirname, '../../../../../shared/coze');

interface Verdict {
  ok: boolean;
  format?: string | null;
  stage: string | null;
  message: string | null;
}

function verdicts<T>(folder: string): [string, T][] {
  const file = join(facts, folder, 'verdicts.json');
  return existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, T>) : [];
}

/** What the server said without its error number. */
function detail(message: string | null): string {
  return (message ?? '').replace(/^\[\d+\] [^:]* : /, '');
}

describe.skipIf(!existsSync(facts))('verdicts of a server', () => {
  const imports = verdicts<{ register: Verdict; convert: Verdict }>('import-cases');
  const text = (name: string) => readFileSync(join(facts, 'import-cases', `${name}.yaml`), 'utf8');

  test('there are some', () => {
    expect(imports.length).toBe(
      readdirSync(join(facts, 'import-cases')).filter((name) => name.endsWith('.yaml')).length,
    );
  });

  test.each(imports)('register: %s', (name, { register }) => {
    const { ok, stage, message } = predictImport(text(name));
    expect({ ok, stage, message: message ?? '' }).toEqual({
      ok: register.ok,
      stage: register.stage,
      message: detail(register.message),
    });
  });

  test.each(imports)('convert: %s', (name, { convert }) => {
    const { ok, stage, format, message } = predictConvert(text(name))!;
    expect({ ok, stage, format, message: message ?? '' }).toEqual({
      ok: convert.ok,
      stage: convert.stage,
      format: convert.format,
      message: detail(convert.message),
    });
  });

  test.each(imports)('an error of the right stage: %s', (name, { register }) => {
    const errors = lintOpenapi(text(name), { file: 'openapi.yaml', profile: 'studio' }).filter(
      ({ severity }) => severity === 'error',
    );
    const refused = errors.some(
      ({ stage, code }) => stage === 'import' || (stage === 'crash' && code === 'CZ018'),
    );
    expect(refused).toBe(!register.ok);
    const breaks = errors.some(
      ({ stage, code }) => stage === 'tools' || (stage === 'crash' && code === 'CZ306'),
    );
    expect(register.ok && breaks).toBe(register.stage === 'tools');
    const predicted = errors.flatMap((problem) => problem.predicted ?? []);
    if (register.message !== null) {
      expect(predicted.some((words) => register.message!.includes(words))).toBe(true);
    }
  });

  test.each(verdicts<Verdict>('manifest-cases'))('manifest: %s', (name, expected) => {
    const { ok, stage, message } = predictManifest(
      readFileSync(join(facts, 'manifest-cases', `${name}.json`), 'utf8'),
    );
    expect({ ok, stage, message: message ?? '' }).toEqual({
      ok: expected.ok,
      stage: expected.stage,
      message: detail(expected.message),
    });
  });
});
