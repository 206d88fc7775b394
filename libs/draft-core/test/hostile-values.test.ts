import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isUserError } from '@cozecut/problems';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  canonicalise,
  compileDraft,
  type DraftEdit,
  drawPlan,
  exportTimeline,
  fillTemplate,
  JsonDocument,
  lintDraft,
  listOutputFormats,
  listPlaceholders,
  listProfiles,
  type MediaFacts,
  mendDraft,
  type OpenedDraft,
  parseTimeline,
  planOfDraft,
  planOfTimeline,
  readInput,
  svgTimeline,
  toTimelines,
} from '../src/index.ts';
import { fixDraft, installDraft } from '../src/node/index.ts';
import { catalog } from './support/catalog.ts';
import { makeDraft } from './support/draft-folder.ts';
import { edit, openedFrom } from './support/edits.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { paperFile } from './support/media.ts';
import { oddChange, withOdd } from './support/odd-values.ts';
import { goodTimeline, setAt } from './support/timeline.ts';

// Whatever a stranger has put into one place: the answer is a result or a finding, never a crash.

const cases = join(import.meta.dirname, 'cases');
const golden = ['masks-classic', 'text-looks', 'keyframes-with-easing', 'animations-and-transitions']
  .concat(['effects-and-filters', 'sound-speed-volume', 'blend-key-sticker', 'stills-and-backgrounds'])
  .map((name) => {
    const expected = join(cases, name, 'expected');
    const read = (file: string): string => readFileSync(join(expected, file), 'utf8');
    const [timeline] = readdirSync(expected).filter((file) => /draft_(?:content|info)\.json$/.test(file));
    const [meta] = readdirSync(expected).filter((file) => file.endsWith('draft_meta_info.json'));
    return { timeline: read(timeline!), meta: read(meta!) };
  });

const INDEX = JSON.stringify({
  all_draft_store: [
    { draft_id: 'A', draft_name: 'test', draft_fold_path: '/drafts/test', draft_json_file: '/drafts/test/x' },
    { draft_id: 'B', draft_name: 'other', draft_fold_path: '/drafts/other', draft_json_file: '' },
  ],
  draft_ids: 2,
  root_path: '/drafts',
});

/** What a person does with a draft. */
const uses: readonly ((draft: OpenedDraft) => unknown)[] = [
  (draft) => lintDraft(draft, { exists: () => false, catalog }),
  ...listProfiles().map((profile) => (draft: OpenedDraft) => lintDraft(draft, { profile, catalog })),
  (draft) => mendDraft(draft, { catalog }),
  (draft) => {
    const plan = planOfDraft(draft.timeline!.value(draft.timeline!.root), draft.name);
    drawPlan(plan, { width: 80 });
    drawPlan(plan, { width: 40, color: true });
    return svgTimeline(plan);
  },
  (draft) => canonicalise(draft.timeline!.value(draft.timeline!.root)),
  (draft) => listPlaceholders(draft.timeline!, { a: '#ffffff' }),
  (draft) =>
    fillTemplate(
      draft,
      { x: 'y', a: '#000000' },
      {
        name: 'copy',
        folder: '/drafts/copy',
        now: fixedNow,
        uuid: () => crypto.randomUUID(),
        colors: { a: '#ffffff' },
      },
    ),
  ...(
    [
      { op: 'split', clip: { track: 0, index: 0 }, at: '500ms' },
      { op: 'trim', clip: { track: 0, index: 0 }, end: '1s', ripple: true },
      { op: 'speed', clip: { track: 0, index: 0 }, speed: 2 },
      { op: 'volume', clip: { track: 0, index: 0 }, volume: 2 },
      { op: 'delete', clip: { track: 0, index: 0 }, ripple: true },
      { op: 'duplicate', clip: { track: 0, index: 0 }, start: '90s' },
      { op: 'replace-text', clip: { track: 0, index: 0 }, text: 'other' },
      { op: 'replace-media', clip: { track: 0, index: 0 }, media: 'one.mp4' },
      { op: 'cut', start: '1s', end: '2s' },
      { op: 'concat', from: 'other' },
      { op: 'copy-track', from: 'other', track: 0 },
      { op: 'relink', from: '/drafts', to: '/x' },
      ...listProfiles().map(({ id }) => ({ op: 'migrate', profile: id })),
      { op: 'fill', texts: { x: 'b' }, colors: { '#ffffff': '#000000' } },
      { op: 'add', track: { type: 'text', clips: [{ text: 'a', start: '90s', duration: '1s' }] } },
    ] as DraftEdit[]
  ).map((one) => (draft: OpenedDraft) => {
    const result = edit(draft, [one], { drafts: new Map([['other', draft]]) });
    return result.timeline && JSON.parse(result.timeline.text);
  }),
];

test('a draft with one odd value can be looked at, mended, edited and filled', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...golden.keys()),
      fc.constantFrom('timeline', 'timeline', 'timeline', 'timeline', 'meta', 'index'),
      oddChange,
      fc.constantFrom(...uses),
      (number, where, change, use) => {
        const { timeline, meta } = golden[number]!;
        const odd = (name: string, text: string): string => (where === name ? withOdd(text, change) : text);
        answered(() => {
          const draft = openedFrom(odd('timeline', timeline), odd('meta', meta));
          const document = new JsonDocument(odd('index', INDEX), 'root_meta_info.json');
          use({ ...draft, index: { path: 'root_meta_info.json', state: 'plain', sha256: '', document } });
        });
      },
    ),
    { numRuns: 1500, verbose: 1 },
  );
}, 60_000);

const inputs = [cases, join(import.meta.dirname, 'convert/cases')].flatMap(inputsIn);

function inputsIn(parent: string): { name: string; file: string; text: string; rows?: string | undefined }[] {
  return readdirSync(parent).flatMap((name) => readInputs(join(parent, name), name));
}

function readInputs(folder: string, name: string) {
  return readdirSync(folder).flatMap((file) => {
    if (!['input.json', 'input.otio', 'export.json'].includes(file)) return [];
    const text = readFileSync(join(folder, file), 'utf8');
    const rows = readdirSync(folder).includes('rows.jsonl') ? '{"a":{"toString":false},"b":"x"}' : undefined;
    return holdsJson(text) ? [{ name, file, text, rows }] : [];
  });
}

test('an input with one odd value is converted or refused', () => {
  expect(inputs.length).toBeGreaterThan(15);
  fc.assert(
    fc.property(fc.constantFrom(...inputs.map(({ name }) => name)), oddChange, (name, change) => {
      const { file, text, rows } = inputs.find((one) => one.name === name)!;
      answered(() => {
        const read = readInput(withOdd(text, change), { fileName: file, rows });
        for (const timeline of toTimelines(read, { facts: new Map() }).timelines) {
          for (const { id } of listOutputFormats()) exportTimeline(timeline, id);
          const parsed = parseTimeline(timeline, { facts: new Map() });
          if (parsed.timeline !== undefined) svgTimeline(planOfTimeline(parsed.timeline));
        }
      });
    }),
    { numRuns: 1500, verbose: 1 },
  );
}, 60_000);

const timelines = readdirSync(cases)
  .filter((name) => existsSync(join(cases, name, 'timeline.json')))
  .map((name) => {
    const read = (file: string): string => readFileSync(join(cases, name, file), 'utf8');
    const facts = Object.entries(JSON.parse(read('media.json')) as Record<string, MediaFacts>);
    const media = new Map(facts.map(([source, known]) => [source, paperFile(source, known)]));
    return { text: read('timeline.json'), media };
  });

/** Numbers that JSON writes as `null`. */
function infinite(value: unknown): unknown[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(infinite) : [];
}

test('a timeline with odd values is compiled into what JSON can hold, or refused', () => {
  expect(timelines.length).toBeGreaterThan(15);
  const changes = fc.array(oddChange, { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(fc.constantFrom(...timelines), changes, fc.boolean(), ({ text, media }, odd, quantise) => {
      const timeline = JSON.parse(odd.reduce(withOdd, text));
      const uuid = countingUuid();
      const options = { media, draftName: 'odd', now: fixedNow, uuid, catalog, allowVip: true, quantise };
      answered(() => {
        const { draft, problems } = compileDraft(timeline, options);
        expect(draft === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
        expect(infinite(draft?.content)).toEqual([]);
      });
    }),
    { numRuns: 1500, verbose: 1 },
  );
}, 60_000);

test.each([
  ['/tracks/0/clips/0/keyframes', { start: 7 }, 'DR064'],
  ['/tracks/1/clips/0/keyframes', { opacity: 7 }, 'DR064'],
  ['/tracks/0/clips/0/volume', Number.POSITIVE_INFINITY, 'DR028'],
  ['/tracks/0/clips/0/transform', { scale: Number.POSITIVE_INFINITY }, 'DR041'],
  ['/tracks/0/clips/0/transform', { x: Number.NaN }, 'DR162'],
  ['/tracks/0/clips/0/keyframes', { rotation: [[0, Number.NEGATIVE_INFINITY]] }, 'DR062'],
  ['/tracks/2/layer', Number.POSITIVE_INFINITY, 'DR162'],
  ['/markers', [7], 'DR162'],
  ['/markers', 7, 'DR162'],
])('%s may not be %j', (at, value, code) => {
  const timeline = goodTimeline();
  setAt(timeline, at.slice(1).replaceAll('/', '.'), value);
  const { problems } = parseTimeline(timeline);
  expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
    { code, pointer: expect.stringContaining(at) },
  ]);
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-values-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a draft folder with one odd value is mended and installed, or refused', async () => {
  const draft = await makeDraft(folder);
  const texts = Object.fromEntries(
    ['draft_content.json', 'draft_meta_info.json'].map((file) => [
      file,
      readFileSync(join(draft, file), 'utf8'),
    ]),
  );
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('draft_content.json', 'draft_content.json', 'draft_meta_info.json', 'index'),
      oddChange,
      async (file, change) => {
        const root = join(folder, `root ${count++}`);
        await mkdir(root);
        if (file === 'index') await writeFile(join(root, 'root_meta_info.json'), withOdd(INDEX, change));
        const text = texts[file];
        if (text !== undefined) {
          const odd = withOdd(text, change);
          await writeFile(join(draft, file), odd);
          if (file === 'draft_content.json') await writeFile(join(draft, 'draft_info.json'), odd);
        }
        const options = {
          source: draft,
          root,
          force: true,
          system: { platform: 'linux', home: folder },
          listProcesses: async () => [],
          uuid: () => crypto.randomUUID(),
          now: fixedNow,
        };
        try {
          await answeredLater(installDraft(options));
          await answeredLater(fixDraft(draft, { now: fixedNow }));
        } finally {
          await rm(root, { recursive: true });
          await rm(join(draft, '.cozecut'), { recursive: true, force: true });
          for (const [name, good] of Object.entries(texts)) await writeFile(join(draft, name), good);
          await writeFile(join(draft, 'draft_info.json'), texts['draft_content.json']!);
        }
      },
    ),
    { numRuns: 40, verbose: 1 },
  );
}, 60_000);

function answered(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!isUserError(error)) throw error;
  }
}

async function answeredLater(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isUserError(error)) throw error;
  });
}

function holdsJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
