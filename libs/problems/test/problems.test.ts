import { describe, expect, test } from 'vitest';
import { closest, codeFrame, formatPointer, formatProblem, parsePointer, UserError } from '../src/index.ts';

const source = 'apiVersion: cozecut/v1\ntools:\n  - nmae: create_draft\n    summary: x\n';

test('a message cannot steer the terminal', () => {
  const text = formatProblem({
    code: 'DR002',
    severity: 'error',
    message: 'clip "a\u001b[31mb\u0007" starts before 0',
  });
  expect(text).toBe('error clip "a [31mb " starts before 0 [DR002]');
});

describe('code frame', () => {
  test('marks the range and shows the lines around it', () => {
    const frame = codeFrame({
      file: 'plugin.yaml',
      start: { line: 3, column: 5 },
      end: { line: 3, column: 9 },
      source,
    });
    expect(frame).toBe(
      [
        '  1 | apiVersion: cozecut/v1',
        '  2 | tools:',
        '> 3 |   - nmae: create_draft',
        '    |     ^^^^',
        '  4 |     summary: x',
        '  5 |',
      ].join('\n'),
    );
  });

  test('keeps the marker below the text when the line has tabs', () => {
    const frame = codeFrame({ file: 'a.json', start: { line: 1, column: 2 }, source: '\t"a": 1' });
    expect(frame.split('\n')[1]).toBe('    | \t^');
  });

  test('shows the part of a long line that matters', () => {
    const long = `{"a":"${'x'.repeat(1000)}","b":12345,"c":"${'y'.repeat(1000)}"}`;
    const column = long.indexOf('12345') + 1;
    for (const source of [long, `${long}\n${long}`]) {
      const place = { line: 1, column };
      const frame = codeFrame({ file: 'a', start: place, end: { line: 1, column: column + 5 }, source });
      const [text, marker] = frame.split('\n').map((line) => line.slice('> 1 | '.length));
      expect(text).toMatch(/^\.\.\.x+","b":12345,"c":"y+\.\.\.$/);
      expect(text!.length).toBeLessThan(170);
      expect(text!.slice(marker!.indexOf('^'), marker!.length)).toBe('12345');
    }
    const toEnd = codeFrame({
      file: 'a',
      start: { line: 1, column },
      end: { line: 3, column: 1 },
      source: long,
    });
    expect(toEnd.split('\n')[1]).toMatch(/^ {4}\| +\^$/);
  });

  test('is empty without a source or outside of it', () => {
    expect(codeFrame({ file: 'a', start: { line: 1, column: 1 } })).toBe('');
    expect(codeFrame({ file: 'a', start: { line: 9, column: 1 }, source: 'x' })).toBe('');
  });
});

test('a printed problem says where, what and what to do', () => {
  const text = formatProblem({
    code: 'UNKNOWN_KEY',
    severity: 'error',
    message: 'unknown key "nmae"',
    location: { file: 'plugin.yaml', start: { line: 3, column: 5 }, source },
    suggestions: ['name'],
    hint: 'remove it',
  });
  expect(text.split('\n').slice(0, 3)).toEqual([
    'plugin.yaml:3:5 error unknown key "nmae" [UNKNOWN_KEY]',
    '  did you mean "name"?',
    '  remove it',
  ]);
});

test('suggestions are close words only, best first', () => {
  expect(closest('nmae', ['mode', 'name', 'handler'])).toEqual(['name']);
  expect(closest('add_caption', ['add_captions', 'add_audios'])).toEqual(['add_captions']);
  expect(closest('zzz', ['name'])).toEqual([]);
});

test('pointers survive slashes and tildes', () => {
  const path = ['paths', '/v1/a~b', 0];
  expect(formatPointer(path)).toBe('/paths/~1v1~1a~0b/0');
  expect(parsePointer(formatPointer(path))).toEqual(['paths', '/v1/a~b', '0']);
  expect(parsePointer('')).toEqual([]);
});

test('an error made of problems names the first error and counts the others', () => {
  const error = UserError.fromProblems('BAD', [
    { code: 'W', severity: 'warning', message: 'a warning' },
    { code: 'A', severity: 'error', message: 'first' },
    { code: 'B', severity: 'error', message: 'second' },
  ]);
  expect(error.message).toBe('first (and 1 more)');
  expect(error.problems).toHaveLength(3);
});
