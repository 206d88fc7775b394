import * as Args from '@oclif/core/args';
import { parse } from '@oclif/core/parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DRAFT_CREATE } from '../src/commands/draft/create-plain.ts';
import { BASE_FLAGS, readPlainly } from '../src/plain/flags.ts';
import { frameworkFlags } from '../src/plain/framework-flags.ts';

const flags = {
  ...BASE_FLAGS,
  ...DRAFT_CREATE.flags,
  word_count: { description: 'a property of a tool', aliases: ['word-count'] },
  bold: { type: 'boolean', description: 'another', allowNo: true },
} as const;

const byFramework = async (argv: string[]) =>
  parse(argv, { args: { file: Args.string({ required: true }) }, flags: frameworkFlags(flags) as never });

/** What is set, as the flags that nobody has said may be false or not there. */
const said = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== false));

describe('a command line that is read without the framework', () => {
  test('means what the framework reads', async () => {
    const words = fc.constantFrom(
      ...['a.json', '--out', '--out=x', 'x', '--zip', '--quiet', '--lang', '--lang=zh', 'zh', '--register'],
      ...['--force', '--word_count', '--word-count', '--word-count=3', '3', '--bold', '--no-bold', '--json'],
      ...['--', '-', '-h', '--help', '--outt', '--out=', '--fps', '-1', '--seed', '--no-color', '--zip=1'],
    );
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 7 }), async (some) => {
        const argv = ['--out', 'there', ...some];
        for (const one of [argv, some]) {
          const read = readPlainly(one, flags, 1);
          if (read === undefined) continue;
          plain += 1;
          const { flags: expected, args } = await byFramework(one);
          expect({ args: read.args, flags: said(read.flags) }).toEqual({
            args: [args.file],
            flags: said(expected),
          });
        }
      }),
      { numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(50);
  });

  test.each([
    ['a required flag is missing', ['a.json']],
    ['an argument is missing', ['--out', 'x']],
    ['there is an argument too many', ['a.json', 'b.json', '--out', 'x']],
    ['a flag is unknown', ['a.json', '--out', 'x', '--jsn']],
    ['help is asked for', ['a.json', '--out', 'x', '--help']],
    ['a word is not one of those that may be', ['a.json', '--out', 'x', '--lang', 'fr']],
    ['a flag is alone that needs another', ['a.json', '--out', 'x', '--force']],
    ['a flag is there twice', ['a.json', '--out', 'x', '--out', 'y']],
  ])('is left to the framework where %s', (_, argv) => {
    expect(readPlainly(argv, flags, 1)).toBeUndefined();
  });
});
