import { describe, expect, test } from 'vitest';
import { createValidator, describeViolation } from '../src/schema/index.ts';

describe('one mistake is one violation', () => {
  const shape = {
    oneOf: [
      {
        type: 'object',
        required: ['kind', 'radius'],
        properties: { kind: { const: 'circle' }, radius: { type: 'number' } },
        additionalProperties: false,
      },
      {
        type: 'object',
        required: ['kind', 'width'],
        properties: { kind: { const: 'box' }, width: { type: 'number', exclusiveMinimum: 0 } },
        additionalProperties: false,
      },
      { type: 'string', format: 'uuid' },
    ],
  };
  const check = createValidator({
    type: 'object',
    properties: {
      shape,
      shapes: { type: 'array', items: shape, maxItems: 2 },
      size: { type: ['integer', 'string'], pattern: '^[0-9]+px$' },
      step: { type: 'number', multipleOf: 0.5 },
      tags: { type: 'array', uniqueItems: true, minItems: 1 },
      name: { type: 'string', minLength: 2, maxLength: 4 },
      map: { type: 'object', maxProperties: 1, propertyNames: { pattern: '^[a-z]+$' } },
      never: false,
      both: { allOf: [{ minimum: 1 }, { maximum: 3 }], type: 'number' },
    },
    dependentRequired: { step: ['size'] },
    unevaluatedProperties: false,
  });

  test.each<[value: object, message: string]>([
    [{ shape: { kind: 'circle' } }, 'shape needs "radius"'],
    [{ shape: { kind: 'box', width: 0 } }, 'shape.width must be > 0 (got 0)'],
    [{ shape: { kind: 'bx', width: 0 } }, 'shape.kind must be one of circle or box (got "bx")'],
    [{ shape: { width: 0 } }, 'shape needs "kind"'],
    [{ shape: { kind: 'box', width: 1, height: 2 } }, 'unknown key "height" in shape'],
    [{ shape: 'box' }, 'shape must be a valid uuid (got "box")'],
    [{ shape: [] }, 'shape must be a map or text (got an empty list)'],
    [
      {
        shapes: [
          { kind: 'circle', radius: 1 },
          { kind: 'circle', radius: '1' },
        ],
      },
      'shapes[1].radius must be a number (got "1")',
    ],
    [{ size: 1.5 }, 'size must be a whole number or text (got 1.5)'],
    [{ size: '5' }, 'size must match ^[0-9]+px$ (got "5")'],
    [{ size: 1, step: 0.3 }, 'step must be a multiple of 0.5 (got 0.3)'],
    [{ step: 1 }, 'the input needs "size"'],
    [{ tags: [] }, 'tags must have at least 1 item (got an empty list)'],
    [{ tags: [1, 2, 1] }, 'tags[2] must not repeat item 0 (got 1)'],
    [{ name: 'a' }, 'name must have at least 2 characters (got "a")'],
    [{ name: 'abcde' }, 'name must have at most 4 characters (got "abcde")'],
    [{ map: { a: 1, b: 2 } }, 'map must have at most 1 key (got a map)'],
    [{ map: { A: 1 } }, 'the key map.A must be a name that matches ^[a-z]+$'],
    [{ never: 1 }, 'never must be left out (got 1)'],
    [{ both: 4 }, 'both must be <= 3 (got 4)'],
    [{ other: 1 }, 'unknown key "other" in the input'],
  ])('%j', (value, message) => {
    expect(check(value).map((violation) => describeViolation(violation, 'the input'))).toEqual([message]);
  });

  test('and none is none', () => {
    expect(check({ shape: { kind: 'circle', radius: 2 }, size: '3px', tags: ['a'] })).toEqual([]);
  });
});
