import { matchOutput, type OutputMatch } from '@cozecut/plugin-host';
import { describe, expect, test } from 'vitest';

const cases: [OutputMatch, unknown, unknown, string[]][] = [
  ['exact', { a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, []],
  ['exact', { a: 1 }, { a: 2 }, ['/a: expected 1, came 2']],
  ['exact', { a: 1 }, { a: 1, 'b/c': 'x' }, ['/b~1c: expected nothing, came "x"']],
  ['exact', [1, 2], [1], [': expected 2 elements, came 1']],
  ['exact', null, {}, [': expected null, came {}']],
  ['subset', { a: { b: 'x' } }, { a: { b: 'x', c: 1 }, d: 1 }, []],
  ['subset', { drafts: [{ name: 'a' }] }, { drafts: [{ name: 'a', id: 'x' }] }, []],
  ['subset', { drafts: [{ name: 'a' }] }, { drafts: [] }, ['/drafts: expected 1 elements, came 0']],
  ['subset', { a: 1 }, {}, ['/a: expected 1, came nothing']],
  ['shape', { id: 'some', n: 1 }, { id: 'other', n: 2.5 }, []],
  ['shape', { id: 'some' }, { id: 7 }, ['/id: expected text, came 7']],
  [
    'shape',
    { list: [{ a: 1 }] },
    { list: [{ a: 2 }, { a: 'x' }] },
    ['/list/1/a: expected a whole number, came "x"'],
  ],
  ['shape', { list: [1] }, { list: [] }, ['/list: expected 1 elements, came 0']],
  ['shape', { list: [] }, { list: [1] }, []],
  ['shape', { a: 1 }, { a: 1, more: true }, ['/more: expected nothing, came true']],
  ['shape', {}, JSON.parse('{"__proto__": 1}'), ['/__proto__: expected nothing, came 1']],
];

describe('an output that is compared', () => {
  test.each(cases)('%s %j with %j', (match, expected, came, differences) => {
    expect(
      matchOutput(expected, came, match).map(({ pointer, message }) => `${pointer}: ${message}`),
    ).toEqual(differences);
  });
});
