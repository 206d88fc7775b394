import { describe, expect, test } from 'vitest';
import { emitToolTypes, type Plugin } from '../src/index.ts';
import { loadFull } from './support/full.ts';

/** The type of `part` in an input with that schema. */
function typeOf(schema: unknown, side: 'input' | 'output' = 'input', isRequired = true): string {
  const root = {
    type: 'object',
    properties: { part: schema },
    ...(isRequired ? { required: ['part'] } : {}),
  };
  const plugin = loadFull();
  const tool = { ...plugin.tools[0]!, name: 'one', [side]: root };
  const text = emitToolTypes({ ...plugin, tools: [tool] } as Plugin);
  const name = side === 'input' ? 'OneInput' : 'OneOutput';
  return new RegExp(`export interface ${name} \\{\\n {2}([\\s\\S]*?);\\n\\}\\n`).exec(text)![1]!;
}

describe('the type of a schema', () => {
  test.each<[unknown, string]>([
    [{ type: 'string' }, 'part: string'],
    [{ type: 'integer' }, 'part: number'],
    [{ type: ['string', 'null'] }, 'part: string | null'],
    [{ type: 'string', nullable: true }, 'part: string | null'],
    [{ enum: ['a', 1, null, true, 'a'] }, "part: 'a' | 1 | null | true"],
    [{ enum: ["it's", 'say "x"', 'back\\slash'] }, `part: "it's" | 'say "x"' | 'back\\\\slash'`],
    [{ const: 'a' }, "part: 'a'"],
    [{}, 'part: unknown'],
    [true, 'part: unknown'],
    [false, 'part: never'],
    [{ type: 'array' }, 'part: unknown[]'],
    [{ type: 'array', items: { type: ['string', 'number'] } }, 'part: (string | number)[]'],
    [{ type: 'array', items: { type: 'array', items: { type: 'boolean' } } }, 'part: boolean[][]'],
    [
      { type: 'array', minItems: 1, prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
      'part: [string, number?]',
    ],
    [
      { type: 'array', minItems: 2, prefixItems: [{ type: 'string' }, {}], items: { type: 'number' } },
      'part: [string, unknown, ...number[]]',
    ],
    [{ type: 'array', prefixItems: [{ enum: ['a', 'b'] }] }, "part: [('a' | 'b')?, ...unknown[]]"],
    [{ type: 'object' }, 'part: Record<string, unknown>'],
    [{ type: 'object', additionalProperties: false }, 'part: Record<string, never>'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'part: Record<string, number>'],
    [
      {
        type: 'object',
        patternProperties: { '^x-': { type: 'string' } },
        additionalProperties: { type: 'number' },
      },
      'part: Record<string, string | number>',
    ],
    [
      { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      'part: string | string[]',
    ],
    [{ type: 'string', anyOf: [{ minLength: 1 }, { pattern: 'a' }] }, 'part: string'],
    [{ allOf: [{ type: 'string' }, { enum: ['a', 'b'] }] }, "part: string & ('a' | 'b')"],
    [{ properties: { a: { type: 'string' } } }, 'part: {\n    a?: string;\n  }'],
    [
      { type: 'object', properties: { 'a-b': {}, $c: {} }, additionalProperties: true },
      "part: {\n    'a-b'?: unknown;\n    $c?: unknown;\n    [key: string]: unknown;\n  }",
    ],
    [
      { type: 'array', items: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } },
      'part: {\n    a: string;\n  }[]',
    ],
    [
      { type: ['object', 'null'], properties: { a: { type: 'string' } } },
      'part: {\n    a?: string;\n  } | null',
    ],
    [
      {
        oneOf: [
          { type: 'object', properties: { a: { default: 1 } } },
          { type: 'object', properties: { b: { type: 'string' } } },
        ],
      },
      'part:\n    | {\n        a?: unknown;\n      }\n    | {\n        b?: string;\n      }',
    ],
    [
      { enum: Array.from({ length: 12 }, (_, index) => `value-number-${index}`) },
      `part:\n${Array.from({ length: 12 }, (_, index) => `    | 'value-number-${index}'`).join('\n')}`,
    ],
    [
      { type: 'string', description: 'Ends */ here\nand goes on' },
      '/** Ends *\\/ here and goes on */\n  part: string',
    ],
  ])('%j', (schema, expected) => {
    expect(typeOf(schema)).toBe(expected);
  });

  test('has no question mark where a default is filled in, but only in an input', () => {
    const schema = { type: 'integer', default: 3 };
    expect(typeOf(schema, 'input', false)).toBe('part: number');
    expect(typeOf(schema, 'output', false)).toBe('part?: number');
    expect(typeOf({ type: 'object', properties: { a: schema } })).toContain('a: number');
  });
});

test('the types of a manifest name every tool, and are the same every time', () => {
  const text = emitToolTypes(loadFull());
  expect(text).toContain("import type { ToolHandler as Handler } from '@cozecut/plugin-host';");
  expect(text).toContain('  add_notes: { input: AddNotesInput; output: AddNotesOutput };');
  expect(text).toContain('export type SaveNotesOutput = Record<string, unknown>;');
  expect(emitToolTypes(loadFull())).toBe(text);
});
