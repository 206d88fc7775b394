import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblems, type Problem } from '@cozecut/problems';
import { describe, expect, test } from 'vitest';
import {
  canonicalise,
  compileDraft,
  draftFiles,
  type MediaFacts,
  readInput,
  type TimeUnit,
  toTimelines,
} from '../src/index.ts';
import { catalog } from './support/catalog.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { paperFile } from './support/media.ts';

// Each folder is one case: `timeline.json` or `export.json`, facts in `media.json`, `options.json` when there are any.
// `UPDATE_GOLDEN=1` writes what comes out as what is expected.
const folder = join(import.meta.dirname, 'cases');
const update = process.env.UPDATE_GOLDEN === '1';

interface Options {
  quantise?: boolean;
  timeUnit?: TimeUnit;
  allowVip?: boolean;
}

describe('cases', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    const outcome = run(join(folder, name));
    const expected = join(folder, name, 'expected');
    if (update) write(expected, outcome);
    expect(Object.fromEntries(outcome)).toEqual(Object.fromEntries(stored(expected)));
  });
});

/** Files that a case gives, by name. */
function run(path: string): Map<string, string> {
  const read = (name: string): string => readFileSync(join(path, name), 'utf8');
  const options: Options = existsSync(join(path, 'options.json')) ? JSON.parse(read('options.json')) : {};
  const facts = new Map(Object.entries(JSON.parse(read('media.json')) as Record<string, MediaFacts>));
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  const input = readInput(
    existsSync(join(path, 'timeline.json')) ? read('timeline.json') : read('export.json'),
  );
  const { timeUnit, quantise, allowVip } = options;
  const converted = toTimelines(input, { facts, ...(timeUnit === undefined ? {} : { timeUnit }) });
  problems.push(
    ...input.problems.filter((problem) => !converted.problems.includes(problem)),
    ...converted.problems,
  );
  if (input.format !== 'draft-timeline' && converted.timelines.length > 0) {
    files.set('timelines.json', pretty(converted));
  }
  for (const timeline of converted.timelines) {
    const { draft, problems: found } = compileDraft(timeline, {
      media: new Map(
        [...facts].map(([source, known]) => [
          source,
          paperFile(source.slice(source.lastIndexOf('/') + 1), known),
        ]),
      ),
      draftName: 'case',
      now: fixedNow,
      uuid: countingUuid(),
      catalog,
      ...(quantise === undefined ? {} : { quantise }),
      ...(allowVip === undefined ? {} : { allowVip }),
    });
    problems.push(...found);
    if (draft === undefined) continue;
    const written = draftFiles(draft, { kind: 'portable' });
    const primary = written[0];
    const meta = written.find(({ name }) => name === 'draft_meta_info.json');
    files.set(primary!.name, `${primary!.text}\n`);
    files.set(meta!.name, `${meta!.text}\n`);
    files.set('canonical.json', pretty(canonicalise(JSON.parse(primary!.text))));
  }
  files.set('problems.txt', `${formatProblems(problems)}\n`);
  return files;
}

function stored(path: string): Map<string, string> {
  const names = existsSync(path) ? readdirSync(path) : [];
  return new Map(names.map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

function write(path: string, files: Map<string, string>): void {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(path, name), text);
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
