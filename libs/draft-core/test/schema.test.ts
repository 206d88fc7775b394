import { createValidator, hasCommonKeywords } from '@cozecut/problems/schema';
import { describe, expect, test } from 'vitest';
import { timelineJsonSchema } from '../src/index.ts';
import { timelineSchema } from '../src/timeline/schema.ts';
import { goodTimeline } from './support/timeline.ts';

type Schema = { [keyword: string]: unknown };

/** Every key that a timeline may have, with its path. */
function keysOf(schema: Schema, path: string): [path: string, schema: Schema][] {
  const lists = [schema.anyOf, schema.oneOf, schema.prefixItems].flatMap((list) => (list ?? []) as Schema[]);
  return [
    ...Object.entries((schema.properties ?? {}) as Record<string, Schema>).flatMap(([key, value]) => [
      [`${path}.${key}`, value] as [string, Schema],
      ...keysOf(value, `${path}.${key}`),
    ]),
    ...lists.flatMap((one) => keysOf(one, path)),
    ...(schema.items === undefined ? [] : keysOf(schema.items as Schema, `${path}[]`)),
  ];
}

const keys = keysOf(timelineJsonSchema(), '$');

describe('the published schema', () => {
  test('says something of every key', () => {
    expect(keys.length).toBeGreaterThan(200);
    expect(
      keys.filter(([, { description }]) => typeof description !== 'string').map(([path]) => path),
    ).toEqual([]);
  });

  test('says the unit of every time and the default of every switch', () => {
    const times = keys.filter(([path]) => /\.(start|duration|in|out)$/.test(path));
    const isTime = ({ anyOf }: Schema): boolean =>
      JSON.stringify(anyOf) === '[{"type":"number"},{"type":"string"}]';
    const timed = times.filter(([, schema]) => isTime(schema));
    expect(timed.length).toBeGreaterThan(20);
    for (const [path, { description }] of timed)
      expect([path, description]).toEqual([path, expect.stringContaining('`timeUnit`')]);
    const switches = keys.filter(([, { type }]) => type === 'boolean');
    expect(switches.filter(([, schema]) => schema.default === undefined).map(([path]) => path)).toEqual([]);
  });

  test('has common keywords only, as the library takes for granted', () => {
    expect(hasCommonKeywords(timelineSchema)).toBe(true);
  });

  test('accepts what the library accepts', () => {
    const check = createValidator(timelineJsonSchema());
    expect(check(goodTimeline())).toEqual([]);
    expect(check({ ...goodTimeline(), schema: 'draft-timeline/2' })).toHaveLength(1);
  });
});
