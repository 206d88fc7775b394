import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUserError, type Problem } from '@cozecut/problems';
import { expect, test } from 'vitest';
import {
  type ConvertOptions,
  decodeText,
  type MediaFacts,
  readInput,
  type Timeline,
  toTimelines,
} from '../../src/index.ts';

// Each folder is one trap: `input.*`, options in `options.json` when there are any, rows in `rows.jsonl`, and what comes
// out in `expected.json`. `UPDATE_GOLDEN=1` writes what comes out as what is expected.
const folder = join(import.meta.dirname, 'cases');
const update = process.env.UPDATE_GOLDEN === '1';

const facts = new Map<string, MediaFacts>(
  Object.entries({
    'walk.mp4': { kind: 'video', width: 1920, height: 1080, durationUs: 20_000_000, hasAudio: true },
    'tall.mp4': { kind: 'video', width: 1080, height: 1920, durationUs: 6_000_000, hasAudio: false },
    'card.png': { kind: 'photo', width: 1000, height: 500, durationUs: 0, hasAudio: false },
    'tune.mp3': { kind: 'audio', width: 0, height: 0, durationUs: 60_000_000, hasAudio: true },
  } as const).flatMap(([name, known]): [string, MediaFacts][] => [
    [name, known],
    [`https://cdn.test/${name}`, known],
  ]),
);

interface Outcome {
  timelines: Timeline[];
  problems: Omit<Problem, 'hint' | 'suggestions'>[];
}

test.each(readdirSync(folder))('%s', (name) => {
  const outcome = run(join(folder, name));
  const file = join(folder, name, 'expected.json');
  if (update) writeFileSync(file, `${JSON.stringify(outcome, undefined, 2)}\n`);
  expect(outcome).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

function run(path: string): Outcome {
  const input = readdirSync(path).find((name) => name.startsWith('input.'))!;
  const optional = (name: string): string | undefined =>
    existsSync(join(path, name)) ? readFileSync(join(path, name), 'utf8') : undefined;
  const { from, ...options } = JSON.parse(optional('options.json') ?? '{}') as Partial<ConvertOptions> & {
    from?: string;
  };
  try {
    const content = decodeText(readFileSync(join(path, input)));
    const read = readInput(content, { from, fileName: input, rows: optional('rows.jsonl') });
    const { timelines, problems } = toTimelines(read, { facts, ...options });
    return { timelines, problems: problems.map(shown) };
  } catch (error) {
    if (!isUserError(error)) throw error;
    const { code, message, problems } = error;
    return { timelines: [], problems: [{ code, severity: 'error', message }, ...problems.map(shown)] };
  }
}

/** Hints are for people and may change. */
function shown({ hint: _, suggestions: __, location, ...problem }: Problem): Outcome['problems'][number] {
  return location === undefined
    ? problem
    : { ...problem, location: { file: location.file, start: location.start } };
}
