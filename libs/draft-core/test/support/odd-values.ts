import fc from 'fast-check';

/** JSON that strangers write where something else is expected; as text, since not every number survives parsing. */
const ODD = [
  'null',
  'true',
  '7',
  '-1',
  '0.5',
  '-0',
  '1e999',
  '-1e999',
  '1e308',
  '9007199254740993',
  '123456789012345678901234567890',
  '""',
  '"x"',
  '"NaN"',
  '"Infinity"',
  '"1e999"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"../../x"',
  '"{{x}}"',
  '"\\u0000"',
  '"\\ud800"',
  '"{\\"text\\":{},\\"styles\\":7}"',
  '[]',
  '{}',
  '[null]',
  '[7]',
  '[[[]]]',
  '["x","x"]',
  '{"toString":false}',
  '{"toString":false,"valueOf":false}',
  '{"__proto__":{"start":1}}',
  '{"__proto__":null,"id":"x"}',
  '{"constructor":{"prototype":7}}',
  '{"hasOwnProperty":1,"length":-1}',
  '{"id":7}',
  '{"start":{"toString":false},"duration":[]}',
];

/** Names that every object of JavaScript has something under. */
const ODD_KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', ''];

/** A way to change one place of a JSON text. */
export interface OddChange {
  /** Which place of the text, as a share of all. */
  place: number;
  /** JSON. */
  value: string;
  /** A key that is added there instead of changing what is there. */
  key: string | undefined;
}

/** One {@link OddChange}. */
export const oddChange: fc.Arbitrary<OddChange> = fc.record({
  place: fc.integer({ min: 0, max: 999_999 }).map((millionths) => millionths / 1e6),
  value: fc.constantFrom(...ODD),
  key: fc.option(fc.constantFrom(...ODD_KEYS), { nil: undefined, freq: 6 }),
});

/** A JSON text with another value in one place. */
export function withOdd(text: string, { place, value, key }: OddChange): string {
  const document = JSON.parse(text) as unknown;
  const holders = holdersIn(document);
  // A change before may have left nothing to change.
  if (holders.every((holder) => Object.keys(holder).length === 0)) return text;
  const places = holders.flatMap((holder) => Object.keys(holder).map((name) => ({ holder, name })));
  const mark = '@@odd@@';
  if (key === undefined) {
    const { holder, name } = places[Math.floor(place * places.length)]!;
    setOwn(holder, name, mark);
  } else {
    const maps = holders.filter((one) => !Array.isArray(one));
    if (maps.length > 0) setOwn(maps[Math.floor(place * maps.length)]!, key, mark);
  }
  return JSON.stringify(document).replace(`"${mark}"`, () => value);
}

function holdersIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(holdersIn)];
}

function setOwn(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
