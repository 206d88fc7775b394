// Run by itself on the built library: one line of JSON with the times of the parts of a compilation.
import { readFileSync } from 'node:fs';
import { compileDraft } from '@cozecut/draft-core';

const timeline = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const times = { checkAndCompileMs: [], stringifyMs: [] };
// The first round is not counted: it is what a whole process is measured for.
for (let round = 0; round <= 5; round += 1) {
  const started = performance.now();
  const { draft, problems } = compileDraft(timeline, {
    media: new Map(),
    draftName: 'Bench',
    now: Date.now,
    uuid: () => crypto.randomUUID(),
  });
  if (draft === undefined) throw new Error(JSON.stringify(problems[0]));
  const compiled = performance.now();
  JSON.stringify(draft.content);
  if (round === 0) continue;
  times.checkAndCompileMs.push(compiled - started);
  times.stringifyMs.push(performance.now() - compiled);
}
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
console.log(
  JSON.stringify(Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]))),
);
