import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DraftEdit, type JsonDocument, lintDraft, type OpenedDraft } from '../src/index.ts';
import { draftHistory, openDraft, restoreDraft, saveDraft } from '../src/node/index.ts';
import {
  type Any,
  contentOf,
  danglingOf,
  draftOf,
  edit,
  edited,
  idsOf,
  metaOf,
  openedFrom,
} from './support/edits.ts';
import { fixedNow } from './support/ids.ts';
import { timelineOf } from './support/timeline.ts';

/** A clip as the model knows it; in microseconds, the source only where there is a file. */
interface ModelClip {
  start: number;
  duration: number;
  source?: { start: number; duration: number };
  speed: number;
}
type Model = ModelClip[][];

const FILE_US = 10_000_000;
const STEP_US = 100_000;

/** A random edit: what to do, to which clip, and two numbers to do it with. */
interface Step {
  what: 'add' | 'move' | 'split' | 'trim' | 'delete' | 'duplicate' | 'speed' | 'volume' | 'cut';
  track: number;
  clip: number;
  a: number;
  b: number;
  ripple: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    'add',
    'move',
    'move',
    'split',
    'split',
    'trim',
    'delete',
    'duplicate',
    'duplicate',
    'speed',
    'volume',
    'cut',
  ),
  track: fc.nat({ max: 2 }),
  clip: fc.nat(),
  a: fc.nat({ max: 60 }),
  b: fc.nat({ max: 20 }),
  ripple: fc.boolean(),
});

const end = (clip: ModelClip): number => clip.start + clip.duration;
const sorted = (track: ModelClip[]): ModelClip[] => track.toSorted((x, y) => x.start - y.start);
const shift = (track: ModelClip[], from: number, by: number, except?: ModelClip): void => {
  for (const clip of track) if (clip !== except && clip.start >= from) clip.start += by;
};

/** The edit that a step is for the model, and what the model says about it: the new state. */
function plan(
  model: Model,
  { what, track: trackPick, clip: pick, a, b, ripple }: Step,
): { edit: DraftEdit; after: Model } | undefined {
  const after = structuredClone(model);
  const index = trackPick % after.length;
  const track = sorted(after[index]!);
  after[index] = track;
  if (track.length === 0) return undefined;
  const place = pick % track.length;
  const clip = track[place]!;
  const target = { track: `t${index}`, index: place };
  const former = structuredClone(clip);
  const atUs = a * STEP_US;
  switch (what) {
    case 'add': {
      if (track.length > 30) return undefined;
      const durationUs = (1 + (b % 10)) * STEP_US;
      const isText = clip.source === undefined;
      // Beyond the end of the file now and then, which is refused.
      const source = { start: (pick % 110) * STEP_US, duration: durationUs };
      track.push({ start: atUs, duration: durationUs, ...(isText ? {} : { source }), speed: 1 });
      const [type, media] = [['video', 'audio', 'text'] as const, ['talk.mp4', 'ten.mp3']];
      const shown = isText ? { text: 'new' } : { media: media[index]!, source: { start: source.start } };
      const made = { type: type[index]!, clips: [{ ...shown, start: atUs, duration: durationUs }] };
      return { edit: { op: 'add', track: made as never, to: `t${index}` }, after };
    }
    case 'move':
      clip.start = atUs;
      return { edit: { op: 'move', clip: target, start: atUs }, after };
    case 'split': {
      const inside = STEP_US * (1 + (a % Math.max(1, Math.floor(clip.duration / STEP_US) - 1)));
      if (inside >= clip.duration) return undefined;
      splitClip(track, clip, clip.start + inside);
      return { edit: { op: 'split', clip: target, at: former.start + inside }, after };
    }
    case 'trim': {
      const [start, stop] = [clip.start + (b - 10) * STEP_US, end(clip) + (a - 30) * STEP_US];
      Object.assign(clip, { start, duration: stop - start });
      if (clip.source !== undefined) {
        const skipped = Math.round((start - former.start) * clip.speed);
        clip.source.start += skipped;
        clip.source.duration += Math.round((stop - end(former)) * clip.speed) - skipped;
      }
      if (ripple) shift(track, end(former), stop - end(former), clip);
      return { edit: { op: 'trim', clip: target, start, end: stop, ripple }, after };
    }
    case 'delete':
      // An emptied track would go, and with it the names of the others' places.
      if (track.length === 1) return undefined;
      track.splice(place, 1);
      if (ripple) shift(track, end(former), -former.duration);
      return { edit: { op: 'delete', clip: target, ripple }, after };
    case 'duplicate': {
      if (track.length > 30) return undefined;
      if (ripple) shift(track, atUs, clip.duration);
      track.push({ ...structuredClone(former), start: atUs });
      return { edit: { op: 'duplicate', clip: target, start: atUs, ripple }, after };
    }
    case 'speed': {
      if (clip.source === undefined) return undefined;
      const speed = [0.5, 1, 2, 1.5][b % 4]!;
      clip.speed = speed;
      clip.duration = Math.round(clip.source.duration / speed);
      if (ripple) shift(track, end(former), clip.duration - former.duration, clip);
      return { edit: { op: 'speed', clip: target, speed, ripple }, after };
    }
    case 'volume':
      return clip.source === undefined
        ? undefined
        : { edit: { op: 'volume', clip: target, volume: b / 10 }, after };
    case 'cut': {
      const [from, to] = [atUs, atUs + (1 + (b % 3)) * STEP_US];
      for (const at of [from, to])
        for (const one of [...track]) if (one.start < at && at < end(one)) splitClip(track, one, at);
      const left = track.filter((one) => one.start < from || end(one) > to);
      if (left.length === 0) return undefined;
      if (ripple) shift(left, to, from - to);
      after[index] = left;
      return { edit: { op: 'cut', start: from, end: to, ripple, tracks: [`t${index}`] }, after };
    }
  }
}

function splitClip(track: ModelClip[], clip: ModelClip, at: number): void {
  const second = { ...structuredClone(clip), start: at, duration: end(clip) - at };
  clip.duration = at - clip.start;
  if (clip.source !== undefined && second.source !== undefined) {
    const played = Math.max(1, Math.min(clip.source.duration - 1, Math.round(clip.duration * clip.speed)));
    second.source = { start: clip.source.start + played, duration: clip.source.duration - played };
    clip.source.duration = played;
  }
  track.push(second);
}

/** Whether a state may be: nothing overlaps, nothing is before 0 or empty, nothing plays beyond its file by a frame. */
function isAllowed(model: Model): boolean {
  return model.every((clips) => {
    const track = sorted(clips);
    return track.every(
      (clip, index) =>
        clip.start >= 0 &&
        clip.duration > 0 &&
        (index === 0 || end(track[index - 1]!) <= clip.start) &&
        (clip.source === undefined ||
          (clip.source.start >= 0 && clip.source.start + clip.source.duration <= FILE_US + 1_000_000 / 30)),
    );
  });
}

function stateOf(content: Any): Model {
  return content.tracks.map(({ segments }: Any) =>
    segments.map(({ target_timerange: target, source_timerange: source, speed }: Any) => ({
      start: target.start,
      duration: target.duration,
      ...(source === null ? {} : { source }),
      speed,
    })),
  );
}

function firstDraft(): OpenedDraft {
  const clip = (media: string) => [0, 3].map((start) => ({ media, start, duration: 2, source: { start } }));
  const keyframes = {
    positionX: [
      [0, 0],
      [2, 1],
    ],
  };
  return draftOf(
    timelineOf(
      {
        type: 'video',
        name: 't0',
        clips: clip('talk.mp4').map((one) => ({ ...one, fade: { in: 0.5, out: 0.5 }, keyframes })),
      },
      { type: 'audio', name: 't1', clips: clip('talk.mp4').map((one) => ({ ...one, media: 'ten.mp3' })) },
      {
        type: 'text',
        name: 't2',
        clips: [0, 3].map((start) => ({ text: `words ${start}`, start, duration: 2, keyframes })),
      },
    ),
  );
}

/** What the model knows, and how many edits were made and refused. */
interface Facts {
  model: Model;
  made: number;
  refused: number;
}

/** One random edit of the draft and of the list of clips that it should be equal to. */
class EditCommand implements fc.Command<Facts, { draft: OpenedDraft }> {
  readonly step: Step;
  constructor(step: Step) {
    this.step = step;
  }

  check({ model }: Readonly<Facts>): boolean {
    return plan(model, this.step) !== undefined;
  }

  run(facts: Facts, real: { draft: OpenedDraft }): void {
    const planned = plan(facts.model, this.step)!;
    const { draft } = real;
    const result = edit(draft, [planned.edit]);
    const isRefused = result.problems.some(({ severity }) => severity === 'error');
    expect([planned.edit, isRefused]).toEqual([planned.edit, !isAllowed(planned.after)]);
    if (isRefused) {
      facts.refused++;
      expect(result.timeline).toBeUndefined();
      return;
    }
    facts.made++;
    real.draft = {
      ...draft,
      timeline: result.timeline ?? draft.timeline,
      meta: draft.meta && { ...draft.meta, document: result.meta ?? draft.meta.document },
    };
    facts.model = planned.after.map(sorted);
    const content = contentOf(real.draft);
    expect(stateOf(content)).toEqual(facts.model);
    expect(content.duration).toBe(Math.max(...facts.model.flat().map(end)));
    expect(metaOf(real.draft).tm_duration).toBe(content.duration);
  }

  toString(): string {
    return JSON.stringify(this.step);
  }
}

describe('up to 300 random edits in a row', () => {
  test('each does what a list of clips would do, or is refused where that must not be', () => {
    let [made, refused] = [0, 0];
    const commands = fc.commands([step.map((one) => new EditCommand(one))], {
      maxCommands: 300,
      size: 'max',
    });
    fc.assert(
      fc.property(commands, (edits) => {
        const draft = firstDraft();
        const real = { draft };
        const facts: Facts = { model: stateOf(contentOf(draft)), made: 0, refused: 0 };
        fc.modelRun(() => ({ model: facts, real }), edits);
        made += facts.made;
        refused += facts.refused;
        const content = contentOf(real.draft);
        const ids = idsOf(content);
        expect(new Set(ids).size).toBe(ids.length);
        expect(danglingOf(content)).toEqual([]);
        const faults = lintDraft(real.draft).filter(({ code }) =>
          /^DR0(?:0[1-5]|1[0-46]|2[0245]|3[0127]|6[01]|72|73|90)/.test(code),
        );
        expect(faults).toEqual([]);
      }),
      { numRuns: 8, verbose: 1 },
    );
    expect(made).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(100);
  }, 120_000);
});

test('edits of a folder and undos in any order: each state comes back as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'edit-undo-'));
  const action = fc.oneof(
    { weight: 3, arbitrary: step },
    { weight: 1, arbitrary: fc.constant('undo' as const) },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 18, maxLength: 18 }), async (actions) => {
      const path = join(folder, `run ${run++}`);
      await mkdir(path);
      const first = firstDraft();
      await writeFile(join(path, 'draft_content.json'), first.timeline!.text);
      await writeFile(join(path, 'draft_meta_info.json'), first.meta!.document!.text);
      const textsOf = async () => {
        const opened = await openDraft(path);
        return [opened.timeline!.text, opened.meta!.document!.text];
      };
      let model = stateOf(contentOf(first));
      const former: { texts: string[]; model: Model }[] = [];
      for (const one of actions) {
        const texts = await textsOf();
        if (one === 'undo') {
          const last = former.pop();
          if (last === undefined) continue;
          // Each undo is a state of its own: the one before the last edit that was not undone yet.
          const versions = await draftHistory(path);
          const kept = versions.find(({ reason }) => reason === `edit ${former.length}`);
          await restoreDraft(path, kept?.version, { now: fixedNow });
          expect(await textsOf()).toEqual(last.texts);
          model = last.model;
          continue;
        }
        const planned = plan(model, one);
        if (planned === undefined || !isAllowed(planned.after)) continue;
        // Media are on paper: what there is to write is the documents.
        const opened = await openDraft(path);
        const result = edit(opened, [planned.edit]);
        if (result.timeline === undefined) continue;
        const written = { timeline: result.timeline.text, meta: result.meta?.text };
        await saveDraft(opened, written, { reason: `edit ${former.length}`, now: fixedNow });
        former.push({ texts, model });
        model = planned.after.map(sorted);
        expect(stateOf(contentOf(await openDraft(path)))).toEqual(model);
      }
    }),
    { numRuns: 4, verbose: 1 },
  );
  await rm(folder, { recursive: true });
}, 60_000);

/** Puts keys that nobody knows into every map of a value, spelled oddly. */
function oddly(text: string): string {
  return text
    .replaceAll('{"', '{ "x_unknown" : [1.0, 1e3,12345678901234567890 ], "')
    .replaceAll('"speed":1,', '"speed":1.0,')
    .replaceAll('"volume":1,', '"volume" : 1.00,')
    .replaceAll('"alpha":1,', '"alpha":1.0,')
    .replaceAll('"visible":true', '"visible"\t:true')
    .replaceAll('"name":""', '"n\\u0061me":""');
}

test('whatever is wrong with a draft, an edit is made or refused, never a crash', () => {
  const odd = fc.constantFrom<unknown>(
    null,
    7,
    -1,
    0.5,
    '',
    'x',
    [],
    {},
    [null],
    [7],
    { toString: false },
    { id: 7 },
  );
  const steps: DraftEdit[] = [
    { op: 'split', clip: { track: 't0', index: 0 }, at: '1s' },
    { op: 'trim', clip: { track: 't0', index: 0 }, end: '1s', ripple: true },
    { op: 'speed', clip: { track: 't0', index: 0 }, speed: 2 },
    { op: 'volume', clip: { track: 't0', index: 0 }, volume: 2 },
    { op: 'delete', clip: { track: 't0', index: 0 }, ripple: true },
    { op: 'duplicate', clip: { track: 't0', index: 0 }, start: '9s' },
    { op: 'replace-text', clip: { track: 't2', index: 0 }, text: 'other' },
    { op: 'replace-media', clip: { track: 't0', index: 0 }, media: 'one.mp4' },
    { op: 'replace-media', name: 'talk.mp4', media: 'talk.mp4' },
    { op: 'concat', from: 'o' },
    { op: 'cut', start: '1s', end: '4s' },
    { op: 'relink', from: '/drafts', to: '/x' },
    { op: 'migrate', profile: 'capcut-mac' },
    { op: 'fill', texts: { a: 'b' }, colors: { '#ffffff': '#000000' } },
    { op: 'add', track: { type: 'text', clips: [{ text: 'a', start: '1s', duration: '1s' }] } },
  ];
  const text = firstDraft().timeline!.text;
  const places = allPlaces(JSON.parse(text));
  fc.assert(
    fc.property(fc.constantFrom(...places), odd, fc.constantFrom(...steps), (path, value, one) => {
      const content = JSON.parse(text);
      let holder = content;
      for (const key of path.slice(0, -1)) holder = holder[key];
      holder[path.at(-1)!] = value;
      const broken = openedFrom(JSON.stringify(content));
      const result = edit(broken, [one], { drafts: new Map([['o', broken]]) });
      if (result.timeline !== undefined) JSON.parse(result.timeline.text);
    }),
    { numRuns: 1000 },
  );
}, 60_000);

/** The path of every value of a document. */
function allPlaces(value: Any, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...allPlaces(item, [...path, key])]);
}

describe('what an edit does not name stays, letter by letter', () => {
  const odd = (): OpenedDraft => {
    const draft = firstDraft();
    return openedFrom(oddly(draft.timeline!.text), oddly(draft.meta!.document!.text));
  };
  /** The lines of a document, one for each value, with the place of the value. */
  const leaves = (document: JsonDocument): Map<string, string> => {
    const found = new Map<string, string>();
    const visit = (node: number): void => {
      const members =
        document.kind(node) === 1 || document.kind(node) === 2 ? [...document.members(node)] : [];
      if (members.length === 0)
        found.set(
          JSON.stringify(document.pathOf(node)),
          document.text.slice(document.start(node), document.end(node)),
        );
      for (const member of members) visit(document.valueOf(member));
    };
    visit(document.root);
    return found;
  };
  /** Paths of the values that differ in text. */
  const differing = (one: JsonDocument, other: JsonDocument): string[] => {
    const [before, after] = [leaves(one), leaves(other)];
    return [...new Set([...before.keys(), ...after.keys()])].filter(
      (path) => before.get(path) !== after.get(path),
    );
  };

  test.each<[DraftEdit, RegExp]>([
    [
      { op: 'volume', clip: { track: 't0', index: 0 }, volume: 0.5 },
      /^\["tracks",0,"segments",0,"(?:last_nonzero_)?volume"\]$/,
    ],
    [
      { op: 'move', clip: { track: 't1', index: 1 }, start: '9s' },
      /^\["tracks",1,"segments",1,"target_timerange","start"\]$|^\["duration"\]$/,
    ],
    [
      { op: 'replace-text', clip: { track: 't2', index: 0 }, text: 'Ünïcode 😀' },
      /^\["materials","texts",0,"content"\]$/,
    ],
    [
      { op: 'speed', clip: { track: 't0', index: 1 }, speed: 2 },
      /^\["tracks",0,"segments",1,|^\["materials","speeds",1,"speed"\]$|^\["duration"\]$/,
    ],
    [
      { op: 'trim', clip: { track: 't2', index: 1 }, end: '4s' },
      /^\["tracks",2,"segments",1,|^\["duration"\]$/,
    ],
    [{ op: 'relink', from: '/drafts', to: '/elsewhere' }, /^\["materials","(?:videos|audios)",\d,"path"\]$/],
  ])('%j', (one, expected) => {
    const before = odd();
    const result = edit(before, [one]);
    expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const changed = differing(before.timeline!, result.timeline!);
    expect(changed.length).toBeGreaterThan(0);
    for (const path of changed) expect(path).toMatch(expected);
    // What is between the values stays as well.
    const count = (text: string, part: string): number => text.split(part).length;
    for (const part of ['"x_unknown" :', '"visible"\t:', '"n\\u0061me"', '"volume" :'])
      expect(count(result.timeline!.text, part)).toBe(count(before.timeline!.text, part));
    for (const path of differing(before.meta!.document!, (result.meta ?? before.meta!.document)!))
      expect(path).toMatch(/^\["(?:tm_duration|tm_draft_modified)"\]$|"file_Path"\]$/);
  });

  test('an edit and its opposite give the former text', () => {
    const before = odd();
    const there = edited(before, [
      { op: 'move', clip: { track: 't0', index: 0 }, start: '9s' },
      { op: 'volume', clip: { track: 't1', index: 0 }, volume: 0.5 },
    ]);
    const back = edited(there, [{ op: 'move', clip: { track: 't0', index: 1 }, start: 0 }]);
    expect(there.timeline!.text).not.toBe(before.timeline!.text);
    expect(differing(before.timeline!, back.timeline!)).toEqual([
      '["tracks",1,"segments",0,"last_nonzero_volume"]',
      '["tracks",1,"segments",0,"volume"]',
    ]);
    expect(back.timeline!.text.length).toBeGreaterThan(before.timeline!.text.length - 10);
  });

  test('a copy is spelled like what it is a copy of', () => {
    const after = edited(odd(), [{ op: 'duplicate', clip: { track: 't0', index: 0 }, start: '8s' }]);
    const document = after.timeline!;
    const node = document.at(['tracks', 0, 'segments', 2])!;
    const near = document.text.slice(document.start(node), document.end(node));
    expect(near).toMatch(/"alpha"\s*:\s*1\.0,/);
    expect(near).toContain('12345678901234567890');
    expect(near).toContain('1e3');
  });

  test('a draft with a broken track of an unknown kind can be edited beside it', () => {
    const content = contentOf(firstDraft());
    content.tracks.push(
      { id: 'odd', type: 'hologram', segments: [{ id: 'h', future: { a: 1 } }, 7, null] },
      'nonsense',
    );
    const before = openedFrom(JSON.stringify(content));
    const after = edited(before, [{ op: 'delete', clip: { track: 't0', index: 0 }, ripple: true }]);
    expect(contentOf(after).tracks.slice(-2)).toEqual(content.tracks.slice(-2));
    for (const text of ['null', '[]', '{}', '{"tracks":7}']) {
      const { problems } = edit(openedFrom(text, text), []);
      expect(problems).toEqual([expect.objectContaining({ code: 'DR165', severity: 'error' })]);
    }
  });
});
