import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { openDraft } from '@cozecut/draft-core/node';
import type { CallResult, Drafts } from '@cozecut/plugin-host';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Any, openTestHost, second, type TestHost } from './support/host.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-interleaving-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Folders that a save may name; the last one is on another machine. */
const PLACES: readonly object[] = [
  {},
  { output_folder: join(folder, 'other') },
  { package: 'none' },
  { client_os: 'macos' },
  { draft_folder: 'D:\\drafts' },
];

const step = fc.oneof(
  { arbitrary: fc.constant({ kind: 'edit' as const }), weight: 4 },
  {
    arbitrary: fc.record({ kind: fc.constant('save' as const), place: fc.nat(PLACES.length - 1) }),
    weight: 6,
  },
  { arbitrary: fc.constant({ kind: 'place' as const }), weight: 1 },
  { arbitrary: fc.constant({ kind: 'delete' as const }), weight: 1 },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
/** Milliseconds that the store takes for one call after the other, again and again. */
const pauses = fc.array(fc.constantFrom(0, 0, 2, 50), { minLength: 1, maxLength: 12 });

const SLOW = ['get', 'writes', 'writing', 'saved', 'keepArchive', 'hasArchive'] as const;

/** Drafts whose calls take their time, so that calls of tools meet at every place. */
function slowed(drafts: Drafts, waits: readonly number[]): Drafts {
  let calls = 0;
  const slow = SLOW.map((name) => [
    name,
    async (...given: never[]) => {
      await setTimeout(waits[calls++ % waits.length]);
      return (drafts[name] as (...all: never[]) => Promise<unknown>)(...given);
    },
  ]);
  return { ...drafts, ...Object.fromEntries(slow) };
}

/** Steps that are begun without waiting for each other, each after so many turns of the loop. */
const round = fc.array(fc.record({ step, turns: fc.nat(12) }), { minLength: 1, maxLength: 5 });

const textsOf = (content: Any): string[] =>
  content.materials.texts.map(({ content: text }: Any) => JSON.parse(text).text).toSorted();

test('a zip is always that of the state that was answered, whatever else happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), pauses, async (rounds, waits) => {
      const host = await openTestHost(folder, {}, (drafts) => slowed(drafts, waits));
      try {
        await play(host, rounds);
      } finally {
        await host.close();
        rmSync(join(folder, 'other'), { recursive: true, force: true });
      }
    }),
    { numRuns: 10 },
  );
}, 120_000);

async function play(host: TestHost, rounds: { step: Step; turns: number }[][]): Promise<void> {
  const { draft_id } = await host.run('create_draft', { name: 'show' });
  const steps = rounds.flat().map((one) => one.step.kind);
  /** What each state says, as far as it is known. */
  const states = new Map<number, string[]>([[1, []]]);
  let count = 0;

  const act = async ({ step, turns }: { step: Step; turns: number }) => {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (step.kind === 'edit') {
      const captions = [{ text: `text ${count++}`, start: 0, end: second }];
      return host.host.call('add_captions', { draft_id, captions }, { mode: 'cloud' });
    }
    if (step.kind === 'delete') return host.host.call('delete_draft', { draft_id }, { mode: 'cloud' });
    if (step.kind === 'place') {
      const content = {
        schema: 'draft-timeline/1',
        name: 'show',
        timeUnit: 'us',
        canvas: CANVAS,
        tracks: [],
      };
      return host.host.call('generate_draft', { content }, { mode: 'cloud' });
    }
    const input = { draft_id, ...PLACES[step.place] };
    return host.host.call('save_draft', input, { mode: 'cloud' });
  };

  for (const steps_ of rounds) {
    const results = await Promise.all(steps_.map(act));
    const kept = await host.store.drafts.get(draft_id).catch(() => undefined);
    for (let revision = 1; kept !== undefined && revision <= kept.revision; revision++)
      states.set(revision, textsOfTimeline(await host.store.drafts.timelineAt(draft_id, revision)));
    // Of a draft that is gone nobody knows what its states said.
    for (const [index, result] of kept === undefined ? [] : results.entries())
      await check(host, steps_[index]!.step, result, { draft_id, states, steps });
    if (kept === undefined) {
      expect(await host.store.blobs.list(draft_id)).toEqual([]);
      expect(await host.refused('save_draft', { draft_id })).toMatchObject({ code: 'DRAFT_NOT_FOUND' });
      return;
    }
    for (const one of readdirSync(host.root)) expect(one).toBe('show');
  }
  if (steps.includes('place')) return;
  const last = await host.run('save_draft', { draft_id }, 'cloud');
  const { revision, timeline } = await host.store.drafts.get(draft_id);
  expect(last.revision).toBe(revision);
  expect(await zipTexts(host, draft_id, last.sha256)).toEqual(textsOfTimeline(timeline));
  const content = JSON.parse(readFileSync(join(last.folder_path, 'draft_content.json'), 'utf8'));
  expect(textsOf(content)).toEqual(textsOfTimeline(timeline));
  expect(await host.run('save_draft', { draft_id }, 'cloud')).toEqual(last);
  expect(readdirSync(`${host.root}-archives`).filter((name) => name.endsWith('.zip'))).toEqual([]);
}

const CANVAS = { width: 1920, height: 1080, fps: 30 };

async function check(
  host: TestHost,
  step: Step,
  result: CallResult,
  { draft_id, states, steps }: { draft_id: string; states: Map<number, string[]>; steps: string[] },
): Promise<void> {
  if (!result.ok) {
    const { code } = result.error;
    const mayBeGone = code === 'DRAFT_NOT_FOUND' && steps.includes('delete');
    const mayBeTaken = code === 'DRAFT_EXISTS' && steps.includes('place');
    if (mayBeGone || mayBeTaken) return;
    throw new Error(`${step.kind}: ${JSON.stringify(result.error)}`);
  }
  if (step.kind !== 'save') return;
  const output = result.output as Any;
  expect(states.has(output.revision)).toBe(true);
  expect('sha256' in output).toBe(!('package' in PLACES[step.place]!));
  if (!('sha256' in output)) return;
  const texts = await zipTexts(host, draft_id, output.sha256);
  // Only so many are kept; what is not there any more is not given for another one.
  if (texts !== undefined) expect(texts).toEqual(states.get(output.revision));
}

function textsOfTimeline(timeline: Any): string[] {
  return timeline.tracks.flatMap(({ clips }: Any) => clips.map(({ text }: Any) => text)).toSorted();
}

/** What the zip says that has this hash; nothing when there is none. */
async function zipTexts(host: TestHost, id: string, sha256: string): Promise<string[] | undefined> {
  const found = (await host.store.blobs.list(id)).find((blob) => blob.id === sha256);
  if (found === undefined) return undefined;
  const bytes = await buffer(await host.store.blobs.read(found.id));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  const file = join(folder, `${crypto.randomUUID()}.zip`);
  writeFileSync(file, bytes);
  const { timeline } = await openDraft(file);
  return textsOf(timeline!.value(timeline!.root));
}
