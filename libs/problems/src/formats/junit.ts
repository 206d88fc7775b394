import { formatEach } from '../print.ts';
import { oneLine } from '../printable.ts';
import type { Problem } from '../problem.ts';
import { byFile } from './summary.ts';

/** JUnit XML: one suite for each file, one failed case for each error; warnings and notes are output of a passed case. */
export function junit(problems: readonly Problem[], tool: string): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const suites = [...byFile(problems)].map(([file, found]) => suite(file, found));
  const head = `<testsuites name="${escapeXml(tool)}" tests="${problems.length}" failures="${errors}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>'].join('\n');
}

function suite(file: string, problems: readonly Problem[]): string {
  const failures = problems.filter(({ severity }) => severity === 'error').length;
  const name = file === '' ? 'problems' : oneLine(file);
  const texts = formatEach(problems);
  const cases = problems.map((problem, index) => {
    const { code, location, severity, message } = problem;
    const place = location === undefined ? '' : ` ${location.start.line}:${location.start.column}`;
    const head = `    <testcase name="${escapeXml(code + place)}" classname="${escapeXml(name)}">`;
    const text = escapeXml(texts[index]!);
    const inner =
      severity === 'error'
        ? `      <failure type="${escapeXml(code)}" message="${escapeXml(oneLine(message))}">${text}</failure>`
        : `      <system-out>${text}</system-out>`;
    return [head, inner, '    </testcase>'].join('\n');
  });
  const head = `  <testsuite name="${escapeXml(name)}" tests="${problems.length}" failures="${failures}">`;
  return [head, ...cases, '  </testsuite>'].join('\n');
}

const MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return [...text].map((character) => MARKS[character] ?? (isXml(character) ? character : '\ufffd')).join('');
}

/** Whether XML has a way to write a character. */
function isXml(character: string): boolean {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return character === '\t' || character === '\n' || character === '\r';
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
