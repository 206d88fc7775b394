import { describe, expect, test } from 'vitest';
import { checkManifest, emitOpenapi, loadManifest } from '../src/index.ts';

const head = 'apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: demo, version: 1.0.0 }\n';

/** Codes of the problems of a manifest that is only text. */
function codes(text: string): string[] {
  const files = { readFile: () => text, exists: (path: string) => path === '/plugin.yaml' };
  return checkManifest('/plugin.yaml', files).problems.map(({ code }) => code);
}

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const aliases = (levels: number, width: number) =>
  `x-0: &a0 [1, 1]\n${lines(levels, (i) => `x-${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(width)}]`)}\n`;

const hostile: Record<string, [text: string, code: string]> = {
  'open brackets': ['['.repeat(5000), 'MANIFEST_TOO_DEEP'],
  'closed brackets': [`${'['.repeat(3000)}${']'.repeat(3000)}`, 'MANIFEST_TOO_DEEP'],
  'open braces': ['{a: '.repeat(1200), 'MANIFEST_TOO_DEEP'],
  'brackets behind a quote in plain text': [
    `a: it's\n  "quoted\nb: ${'['.repeat(3000)}"`,
    'MANIFEST_TOO_DEEP',
  ],
  'brackets behind a comment': [`a: 1 # "\nb: ${'['.repeat(3000)}`, 'MANIFEST_TOO_DEEP'],
  'brackets behind a block scalar': [`a: |\n  "\nb: ${'['.repeat(3000)}`, 'MANIFEST_TOO_DEEP'],
  'list items in one line': ['- '.repeat(3000), 'MANIFEST_TOO_DEEP'],
  'explicit keys in one line': ['? '.repeat(3000), 'MANIFEST_TOO_DEEP'],
  'values in one line': [': '.repeat(3000), 'MANIFEST_TOO_DEEP'],
  indentation: [lines(200, (i) => `${' '.repeat(i)}a:`), 'MANIFEST_TOO_DEEP'],
  'json that is never closed': ['{"a":'.repeat(3000), 'MANIFEST_TOO_DEEP'],
  'many aliases': [`a: &a 1\nb: [${'*a, '.repeat(1500)}]`, 'MANIFEST_TOO_MANY_ALIASES'],
  'aliases of aliases': [head + aliases(40, 9), 'MANIFEST_TOO_MANY_ALIASES'],
  'a large file': [`# ${'x'.repeat(1024 * 1024)}\n`, 'MANIFEST_TOO_LARGE'],
  'a large file of wide characters': [`# ${'字'.repeat(400_000)}\n`, 'MANIFEST_TOO_LARGE'],
  'many items': [`a: [${'1,'.repeat(70_000)}]`, 'MANIFEST_TOO_COMPLEX'],
  'many lines': ['\n'.repeat(70_000), 'MANIFEST_TOO_COMPLEX'],
  'closing brackets only': ['}'.repeat(70_000), 'MANIFEST_TOO_COMPLEX'],
  'anchors only': ['&a '.repeat(70_000), 'MANIFEST_TOO_COMPLEX'],
  'a binary file': ['\u0000\u0001\u0002\u001f\u0018'.repeat(50), 'WRONG_TYPE'],
};

describe('hostile files end with a problem', () => {
  test.each(Object.entries(hostile))('%s', (_, [text, code]) => {
    expect(codes(text)).toContain(code);
  });

  test('a thousand of them in one process', () => {
    const texts = Object.values(hostile).filter(([text]) => text.length < 20_000);
    for (let round = 0; round < 1000; round++) {
      const [text, code] = texts[round % texts.length]!;
      expect(codes(text)).toContain(code);
    }
  });

  test('thousands of mistakes are told in part, and said to be more', () => {
    const found = codes(head + lines(1200, (i) => `kind${i}: 1`));
    expect(found).toHaveLength(101);
    expect(new Set(found)).toEqual(new Set(['TOO_MANY_PROBLEMS', 'UNKNOWN_KEY']));
  });

  test('a long chain of references', () => {
    const chain = lines(250, (i) => `    a${i}: { properties: { next: { $ref: "#/$defs/a${i + 1}" } } }`);
    const tool = `tools:\n- name: deep\n  summary: Deep\n  handler: { http: { url: "http://a.b" } }\n  output: { type: object }\n  input:\n    type: object\n    properties: { first: { $ref: "#/$defs/a0" } }\n    $defs:\n${chain.replaceAll('    a', '      a')}\n      a250: { type: string }\n`;
    expect(codes(head + tool)).toEqual(['REF_TOO_DEEP']);
  });

  test('references that double at every step', () => {
    const doubling = lines(
      20,
      (i) =>
        `      a${i}: { properties: { l: { $ref: "#/$defs/a${i + 1}" }, r: { $ref: "#/$defs/a${i + 1}" } } }`,
    );
    const tool = `tools:\n- name: wide\n  summary: Wide\n  handler: { http: { url: "http://a.b" } }\n  output: { type: object }\n  input:\n    type: object\n    properties: { first: { $ref: "#/$defs/a0" } }\n    $defs:\n${doubling}\n      a20: { type: string }\n`;
    expect(codes(head + tool)).toEqual(['REF_TOO_LARGE']);
  });
});

describe('names that mean something to JavaScript', () => {
  test('are ordinary keys', () => {
    const text = `${head}x-a: { __proto__: { polluted: true }, constructor: 1 }\n`;
    expect(codes(text)).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(codes(`${head}__proto__: { polluted: true }\n`)).toEqual(['UNKNOWN_KEY']);
    expect(codes(`${head}constructor: 1\n`)).toEqual(['UNKNOWN_KEY']);
  });

  test('are unknown where only known names may stand', () => {
    const tools =
      'deployments:\n  local: { mode: local, overrides: { tools: { constructor: { enabled: false } } } }\n';
    expect(codes(head + tools)).toEqual(['TOOL_UNKNOWN']);
  });
});

test('the path of a manifest must be absolute', () => {
  expect(() => loadManifest('plugin.yaml', { readFile: () => '', exists: () => true })).toThrow(
    'must be absolute',
  );
});

describe('a pattern that goes back and forth', () => {
  const text = `${'a'.repeat(60)}!`;
  const tool = (pattern: string, value: string) =>
    `${head}tools:\n- name: one\n  summary: One\n  handler: { http: { url: "http://a.b" } }\n  output: { type: object }\n  input: { type: object, properties: { x: { type: string, pattern: "${pattern}", default: "${value}" } } }\n`;

  test.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^(a?){40}a{40}$'])('%s ends', (pattern) => {
    expect(codes(tool(pattern, text))).toEqual(['DEFAULT_INVALID']);
  });

  test('and one that does not is tried to its end', () => {
    expect(codes(tool('^(a+)+!$', text))).toEqual([]);
    expect(codes(tool('^[a!]+$', text))).toEqual([]);
  });
});

test('many patterns that go back and forth are given up together, and good ones are tried', () => {
  const text = `${'a'.repeat(60)}!`;
  const manifest = (patterns: readonly string[]) =>
    `${head}tools:\n- name: one\n  summary: One\n  handler: { http: { url: "http://a.b" } }\n  output: { type: object }\n  input: { type: object, properties: { ${patterns.map((pattern, i) => `x${i}: { type: string, pattern: "${pattern}", default: "${text}" }`).join(', ')} } }\n`;
  const some = (pattern: string) => Array.from({ length: 40 }, () => pattern);
  // Without the common bound this would not end in the time of a test.
  for (let round = 0; round < 40; round++) {
    expect(codes(manifest(some('^(a+)+$')))).toContain('DEFAULT_INVALID');
  }
  expect(codes(manifest(some('^(a|b)+!$')))).toEqual([]);
  expect(codes(manifest(some('^(a|b)+$')))).toEqual(some('DEFAULT_INVALID'));
});

test('unions inside of unions do not multiply without end', () => {
  const nest = (depth: number): string =>
    depth === 0
      ? '{ type: string }'
      : `{ anyOf: [${nest(depth - 1)}, { type: integer }], oneOf: [${nest(depth - 1)}, { type: boolean }] }`;
  const text = `${head}tools:\n- name: one\n  summary: One\n  handler: { http: { url: "http://a.b" } }\n  output: { type: object }\n  input: { type: object, properties: { x: ${nest(6)} } }\n`;
  const files = { readFile: () => text, exists: (path: string) => path === '/plugin.yaml' };
  const plugin = loadManifest('/plugin.yaml', files);
  expect(
    JSON.stringify(emitOpenapi(plugin, { profile: 'coze', serverUrl: 'https://a.example.com' })),
  ).toContain('JSON text');
});

test('a pattern of many alternatives ends on a short text too', () => {
  const tool = `${head}tools:\n- name: one\n  summary: One\n  handler: { http: { url: "http://a.b" } }\n  output: { type: object }\n  input: { type: object, properties: { x: { type: string, pattern: "^(a|a|a|a|a|a|a|a|a|a)*$", default: "aaaaaaaaaaa!" } } }\n`;
  expect(codes(tool)).toEqual(['DEFAULT_INVALID']);
});
