import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonDocument } from '../src/index.ts';

const read = (text: string): JsonDocument => new JsonDocument(text, 'draft.json');
const blank = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const numbers = fc.constantFrom(
  '0',
  '-0',
  '1.0',
  '1e3',
  '-12.50E-2',
  '123456789012345678901234567890',
  '1E+400',
);
const strings = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '"\\u4f60\\/\\n"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '"你好😀"',
    '""',
    '"__proto__"',
    '"a/b~c"',
  ),
);

/** JSON texts with every spelling that JSON allows; keys of a map differ. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(numbers, strings, fc.constantFrom('true', 'false', 'null')),
    fc
      .tuple(fc.array(fc.tuple(blank, tie('json'), blank), { maxLength: 4 }), blank)
      .map(
        ([items, inner]) =>
          `[${items.length === 0 ? inner : items.map((parts) => parts.join('')).join(',')}]`,
      ),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(blank, strings, blank, blank, tie('json'), blank), {
          maxLength: 4,
          selector: ([, key]) => JSON.parse(key),
        }),
        blank,
      )
      .map(([members, inner]) =>
        members.length === 0
          ? `{${inner}}`
          : `{${members.map(([a, key, b, c, value, d]) => `${a}${key}${b}:${c}${value}${d}`).join(',')}}`,
      ),
  ),
}));
const document = fc.tuple(fc.constantFrom('', '\uFEFF'), blank, json, blank).map((parts) => parts.join(''));
const parse = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/, ''));

/** Every value of a document. */
function nodes(doc: JsonDocument): number[] {
  const found = [doc.root];
  for (const node of found) for (const member of doc.members(node)) found.push(doc.valueOf(member));
  return found;
}

describe('reading', () => {
  test('any JSON: the values are those of JSON.parse, paths lead where they come from', () => {
    fc.assert(
      fc.property(document, (text) => {
        const doc = read(text);
        expect(doc.text).toBe(text);
        expect(doc.value(doc.root)).toEqual(parse(text));
        for (const node of nodes(doc)) expect(doc.at(doc.pathOf(node))).toBe(node);
        expect(doc.duplicateKeys()).toEqual([]);
      }),
    );
  });

  test.each([
    ['', 'line 1, column 1: expected a value (the text ends)'],
    ['{"a":1,}', 'line 1, column 8: expected a key (got "}")'],
    ['[1,\n2', 'line 2, column 2: expected "," or "]" (the text ends)'],
    ['{"a":1]', 'column 7: expected "," or "}" (got "]")'],
    ['{"a" 1}', 'column 6: expected ":" (got "1}")'],
    ['[01]', 'column 3: expected "," or "]" (got "1]")'],
    ['[1,]', 'column 4: expected a value (got "]")'],
    ['"a\nb"', 'column 3: expected no control character in a string'],
    ['"\\x"', 'column 2: expected an escape that JSON has'],
    ['"\\u12g4"', 'column 2: expected four hex digits'],
    ['"abc', 'column 5: expected the end of a string (the text ends)'],
    ['{} {}', 'column 4: expected nothing more'],
    ['NaN', 'column 1: expected a value'],
    ["{'a':1}", 'column 2: expected a key or "}"'],
  ])('%j is refused with its place', (text, message) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'JSON_INVALID' }));
    expect(() => read(text)).toThrow(message);
  });

  test('agrees with JSON.parse about what is JSON', () => {
    const damaged = fc
      .tuple(document, fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '0', '\u0001', '-'))
      .map(([text, at, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        const accepts = (run: () => unknown): boolean => {
          try {
            run();
            return true;
          } catch {
            return false;
          }
        };
        expect(accepts(() => read(text))).toBe(accepts(() => parse(text)));
      }),
    );
  });

  test('20,000 levels and a million values end in typed errors, 500 levels do not', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => read(nested(20_000))).toThrow(expect.objectContaining({ code: 'JSON_TOO_DEEP' }));
    expect(() => read('{"a":'.repeat(20_000))).toThrow(expect.objectContaining({ code: 'JSON_TOO_DEEP' }));
    expect(read(nested(500)).kind(0)).toBe(2);
    const wide = `[${'0,'.repeat(1_000_000)}0]`;
    expect(() => new JsonDocument(wide, 'x', { maxDepth: 10, maxNodes: 999_999 })).toThrow(
      expect.objectContaining({ code: 'JSON_TOO_COMPLEX' }),
    );
  });

  test('keys that stand twice are found, also when they are spelled differently; the later one counts', () => {
    const doc = read('{"a":{"x":1,"\\u0078":2},"b":[{"c":1,"c":2,"c":3}],"x":0}');
    expect(doc.duplicateKeys().map(({ path }) => path)).toEqual([
      ['a', 'x'],
      ['b', 0, 'c'],
      ['b', 0, 'c'],
    ]);
    expect(doc.value(doc.at(['a', 'x'])!)).toBe(2);
  });
});

describe('editing', () => {
  const value = fc.constantFrom<unknown>(0, 'new "text"\n', null, [], {}, [1, { k: [] }], { a: { b: 1 } });

  test('any single edit: the result is right, and nothing else changes', () => {
    fc.assert(
      fc.property(
        document,
        fc.nat(),
        value,
        fc.nat(),
        fc.constantFrom('set', 'remove', 'insert', 'put'),
        (text, pick, put, index, what) => {
          const doc = read(text);
          const all = nodes(doc);
          const node = all[pick % all.length]!;
          const path = doc.pathOf(node);
          const kind = doc.kind(node);
          if (
            (what === 'insert' && kind !== 2) ||
            (what === 'put' && kind !== 1) ||
            (what === 'remove' && path.length === 0)
          )
            return;
          const expected = parse(text) as never;
          const holder = { root: expected };
          const steps = ['root', ...path];
          // biome-ignore lint/suspicious/noExplicitAny: a walk through any JSON
          const at = steps.slice(0, -1).reduce<any>((inside, step) => inside[step], holder);
          const last = steps.at(-1)!;
          const length = [...doc.members(node)].length;
          const place = index % (length + 1);
          const edited = doc.edit((editor) => {
            if (what === 'set') {
              define(at, last, put);
              editor.set(node, put);
            } else if (what === 'remove') {
              if (Array.isArray(at)) at.splice(Number(last), 1);
              else delete at[last];
              editor.remove(node);
            } else if (what === 'insert') {
              at[last].splice(place, 0, put);
              editor.insert(node, put, place);
            } else {
              define(at[last], 'brand new', put);
              editor.put(node, 'brand new', put);
            }
          });
          expect(edited.value(edited.root)).toEqual(holder.root);
          // Values outside of the edited one keep their spelling.
          const kept = nodes(doc).filter(
            (one) => what !== 'set' || doc.start(one) >= doc.end(node) || doc.end(one) <= doc.start(node),
          );
          const own = new Set(
            what === 'remove'
              ? nodes(doc).filter((one) => doc.start(one) >= doc.start(node) && doc.end(one) <= doc.end(node))
              : [],
          );
          for (const one of kept) {
            if (own.has(one) || [1, 2].includes(doc.kind(one))) continue;
            expect(edited.text).toContain(doc.text.slice(doc.start(one), doc.end(one)));
          }
          const container = what === 'insert' || what === 'put' ? node : Math.max(0, doc.container(node));
          expect(edited.text.startsWith(doc.text.slice(0, doc.start(container)))).toBe(true);
          expect(edited.text.endsWith(doc.text.slice(doc.end(container)))).toBe(true);
        },
      ),
    );
  });

  test('an edit that changes nothing gives the same text', () => {
    fc.assert(
      fc.property(document, (text) => {
        const doc = read(text);
        const same = doc.edit((editor) => {
          for (const node of nodes(doc)) if (doc.kind(node) > 2) editor.set(node, doc.value(node));
        });
        expect(same).toBe(doc);
      }),
    );
  });

  test('a string inside of a string is edited without touching the escapes around', () => {
    const raw = '{"content":"{\\"text\\":\\"\\u4f60\\/\\ud83d\\ude00 end\\",\\"n\\":1.0}"}';
    const doc = read(raw);
    const inner = read(doc.value(1 + 1) as string);
    const edited = doc.edit((editor) =>
      editor.editString(
        doc.at(['content'])!,
        inner.edits((one) => one.set(inner.at(['text'])!, 'say "hi"\\')),
      ),
    );
    expect(edited.text).toBe('{"content":"{\\"text\\":\\"say \\\\\\"hi\\\\\\"\\\\\\\\\\",\\"n\\":1.0}"}');
    expect(JSON.parse(JSON.parse(edited.text).content)).toEqual({ text: 'say "hi"\\', n: 1 });
    const number = doc.edit((editor) =>
      editor.editString(
        doc.at(['content'])!,
        inner.edits((one) => one.set(inner.at(['n'])!, 2)),
      ),
    );
    expect(number.text).toBe(raw.replace('1.0', '2.0'));
  });

  test('a fraction stays one when its value is whole, where the writer spells whole ones so', () => {
    const there = (raw: string, ...values: number[]): string =>
      values.reduce((text, value) => {
        const doc = read(text);
        return doc.edit((editor) => editor.setAt(['volume'], value)).text;
      }, raw);
    expect(there('{"volume": 1.0, "fps": 30.0, "n": 7}', 0.5, 2, 1)).toBe(
      '{"volume": 1.0, "fps": 30.0, "n": 7}',
    );
    expect(there('{"volume":1,"scale":0.5,"name":"v1.0"}', 0.5, 1)).toBe(
      '{"volume":1,"scale":0.5,"name":"v1.0"}',
    );
    expect(there('{"volume": 1, "fps": 30.0}', 2)).toBe('{"volume": 2, "fps": 30.0}');
  });

  test.each([
    ['compact', '{"a":[1,2]}', '{"a":[1,2,{"k":[3,4]}],"b":{"c":null}}'],
    [
      'one line with blanks',
      '{"a": [1, 2], "z": 0}',
      '{"a": [1, 2, {"k": [3, 4]}], "z": 0, "b": {"c": null}}',
    ],
    [
      'indented',
      '{\n\t"a": [\n\t\t1,\n\t\t2\n\t]\n}\n',
      '{\n\t"a": [\n\t\t1,\n\t\t2,\n\t\t{\n\t\t\t"k": [\n\t\t\t\t3,\n\t\t\t\t4\n\t\t\t]\n\t\t}\n\t],\n\t"b": {\n\t\t"c": null\n\t}\n}\n',
    ],
    [
      'indented, with CRLF and a list on one line',
      '{\r\n  "a": [1, 2]\r\n}',
      '{\r\n  "a": [1, 2, {"k": [3, 4]}],\r\n  "b": {\r\n    "c": null\r\n  }\r\n}',
    ],
  ])('new values are written in the layout around them: %s', (_name, before, after) => {
    const doc = read(before);
    const edited = doc.edit((editor) => {
      editor.insert(doc.at(['a'])!, { k: [3, 4] });
      editor.put(doc.root, 'b', { c: null });
    });
    expect(edited.text).toBe(after);
  });

  test('what JSON has no word for is left out, as JSON.stringify does', () => {
    const edited = read('{}').edit((editor) =>
      editor.put(0, 'a', { u: undefined, f: () => 1, l: [undefined] }),
    );
    expect(edited.text).toBe('{"a":{"l":[null]}}');
  });

  test('removing, adding and sorting in one list', () => {
    const doc = read('[\n  10,\n  20.0,\n  3e1\n]');
    expect(doc.edit((editor) => editor.reorder(0, [2, 0, 1])).text).toBe('[\n  3e1,\n  10,\n  20.0\n]');
    const edited = doc.edit((editor) => {
      editor.remove(doc.at([2])!);
      editor.insert(0, 'x', 2);
      editor.insert(0, 'y', 0);
      editor.set(doc.at([0])!, 11);
    });
    expect(edited.text).toBe('[\n  "y",\n  11,\n  20.0,\n  "x"\n]');
    const emptied = doc.edit((editor) => {
      for (const index of [0, 1, 2]) editor.remove(doc.at([index])!);
    });
    expect(emptied.text).toBe('[]');
  });
});

function define(target: object, key: string | number, value: unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
}
