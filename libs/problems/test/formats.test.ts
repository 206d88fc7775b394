import { describe, expect, test } from 'vitest';
import { PROBLEM_FORMATS, type Problem, printProblems } from '../src/index.ts';

const source = 'openapi: 3.0.1\ninfo:\n  titel: "50% off, a:b"\n';

/** Problems whose texts hold every mark that some format has to escape. */
const problems: Problem[] = [
  {
    code: 'CZ016',
    severity: 'error',
    message: 'unknown key "titel" in info: 50% <b> & | `x` a,b',
    pointer: '/info/titel',
    location: {
      file: 'docs/my file.yaml',
      start: { line: 3, column: 3 },
      end: { line: 3, column: 8 },
      source,
    },
    suggestions: ['title'],
    hint: 'first line\nsecond line',
    predicted: 'extra sibling fields: [titel]',
    docs: 'docs/rules/CZ016.md',
    fix: {
      title: 'Write "title"',
      edits: [{ file: 'docs/my file.yaml', start: 23, end: 28, text: 'title' }],
    },
  },
  {
    code: 'CZ007',
    severity: 'warning',
    message: "info.title isn't short",
    location: { file: '/abs/a.yaml', start: { line: 1, column: 1 }, end: { line: 2, column: 1 } },
  },
  { code: 'NOTE', severity: 'info', message: 'no place\u0000' },
];

describe('formats', () => {
  test.each(PROBLEM_FORMATS)('%s', (format) => {
    expect(printProblems(problems, format, { tool: 'lint' })).toMatchSnapshot();
  });

  test.each(PROBLEM_FORMATS)('%s of nothing', (format) => {
    expect(printProblems([], format, { tool: 'lint' })).toMatchSnapshot();
  });

  test('json says how many there are and leaves the text of the file out', () => {
    const report = JSON.parse(printProblems(problems, 'json'));
    expect(report.summary).toEqual({ errors: 1, warnings: 1, infos: 1, fixable: 1 });
    expect(report.problems[0].location).toEqual({
      file: 'docs/my file.yaml',
      start: { line: 3, column: 3 },
      end: { line: 3, column: 8 },
    });
    expect(JSON.stringify(report)).not.toContain('openapi: 3.0.1');
  });

  test('what a message quotes cannot add lines, nor steer a terminal', () => {
    const name = 'a\nb\r\n::error::c\t\u001b[31md\u0085e\u2028f';
    const pointer = `/tracks/${name}`;
    const quoting: Problem = {
      code: 'DR013',
      severity: 'warning',
      message: `empty track "${name}"`,
      pointer,
    };
    const plain = { ...quoting, message: 'empty track "a"', pointer: '/tracks/a' };
    const located = {
      ...quoting,
      location: { file: `x${name}.yaml`, start: { line: 1, column: 1 } },
    };
    for (const format of PROBLEM_FORMATS) {
      const text = printProblems([quoting], format);
      expect(text.split('\n'), format).toHaveLength(printProblems([plain], format).split('\n').length);
      // Data is for programs: every character comes back out of it.
      if (format === 'json' || format === 'sarif') continue;
      for (const one of [text, printProblems([located], format)])
        expect(one, format).not.toMatch(/[^\P{Cc}\n]|\u2028/u);
    }
  });

  test('github has one line for each problem', () => {
    const lines = printProblems(problems, 'github').split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^:]*::/);
  });

  test('sarif has what a reader of version 2.1.0 needs', () => {
    const log = JSON.parse(
      printProblems(problems, 'sarif', { tool: 'lint', rules: [{ id: 'CZ016', title: 'Known keys' }] }),
    );
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const { rules } = run.tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(['CZ007', 'CZ016', 'NOTE']);
    expect(rules[1].shortDescription.text).toBe('Known keys');
    for (const result of run.results) {
      expect(rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      for (const { physicalLocation } of result.locations ?? []) {
        expect(physicalLocation.artifactLocation.uri).toMatch(
          /^(docs\/my%20file\.yaml|file:\/\/\/abs\/a\.yaml)$/,
        );
        expect(physicalLocation.region.startLine).toBeGreaterThan(0);
      }
    }
    const [change] = run.results[0].fixes[0].artifactChanges;
    expect(change.replacements).toEqual([
      { deletedRegion: { charOffset: 23, charLength: 5 }, insertedContent: { text: 'title' } },
    ]);
  });

  test('junit is well-formed: every tag is closed and every mark escaped', () => {
    const xml = printProblems(problems, 'junit');
    const open: string[] = [];
    for (const [, close, name, selfClosed] of xml.matchAll(/<(\/?)([a-z-]+)[^<>]*?(\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (selfClosed !== '/') open.push(name!);
    }
    expect(open).toEqual([]);
    expect(xml.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|apos|#\d+);)/);
  });
});
