import { createCatalog } from '@cozecut/catalog';
import { describe, expect, test } from 'vitest';
import {
  type DraftEdit,
  editTimeline,
  exportTimeline,
  lintDraft,
  listDraft,
  type OpenedDraft,
  parseTimeline,
  planOfDraft,
  planOfTimeline,
} from '../src/index.ts';
import { timedWords } from '../src/text-template.ts';
import { catalog, catalogRows } from './support/catalog.ts';
import { type Any, contentOf, draftOf, edit, edited, openedFrom } from './support/edits.ts';
import { fixedNow } from './support/ids.ts';
import { capcutTemplateDraft } from './support/text-templates.ts';
import { timelineOf } from './support/timeline.ts';

const second = 1_000_000;
/** In which CapCut has what JianYing has, by the same names and under other ids. */
const shared = createCatalog(
  catalogRows.flatMap((entry) =>
    entry.app === 'jianying'
      ? [
          entry,
          {
            ...entry,
            app: 'capcut' as const,
            resourceId: `9${entry.resourceId}`,
            effectId: `9${entry.effectId}`,
          },
        ]
      : [],
  ),
);
const clip = {
  id: 't',
  text: 'Head',
  template: { name: 'two lines', moreTexts: ['Foot'] },
  start: 1,
  duration: 2,
};
const withTemplate = (more: object = {}) =>
  timelineOf({ id: 'x', type: 'text', name: 'titles', clips: [{ ...clip, ...more }] });
const target = { track: 0, index: 0 };
const after = (edits: DraftEdit[]): Any => contentOf(edited(draftOf(withTemplate()), edits));
const shownIn = ({ materials }: Any): string[] =>
  materials.texts.map(({ content }: Any) => JSON.parse(content).text);
const about = (opened: OpenedDraft, codes: RegExp): string[] =>
  lintDraft(opened, { catalog })
    .filter(({ code }) => codes.test(code))
    .map(({ code, message }) => `${code} ${message}`);

describe('a draft with a template', () => {
  test('shows the words of the clip in all of its texts, and nothing in it is wrong', () => {
    const opened = draftOf(withTemplate());
    expect(shownIn(contentOf(opened))).toEqual(['Head', 'Foot']);
    expect(listDraft(opened.timeline!).tracks[0]!.clips).toMatchObject([{ name: 'Head / Foot' }]);
    // Its animations and its font are those of the template, which no list has.
    expect(about(opened, /^DR(?:0(?!87)|10[0-35-9])/)).toEqual([]);
  });

  test('may stand on a track of stickers, as drafts of phones have it', () => {
    const content = contentOf(draftOf(withTemplate()));
    content.tracks[0].type = 'sticker';
    expect(about(openedFrom(JSON.stringify(content)), /^DR01/)).toEqual([]);
  });

  test('a second clip with the same template shares nothing with the first', () => {
    const [first, other] = [withTemplate(), { ...clip, id: 'u', start: 4 }];
    (first.tracks[0]!.clips as object[]).push(other);
    const opened = draftOf(first);
    expect(contentOf(opened).materials.text_templates).toHaveLength(2);
    expect(about(opened, /^DR0(?:14|3[0-9])/)).toEqual([]);
  });
});

describe('edits of drafts', () => {
  test('replace-text: every text, or only the first; what was said before is forgotten', () => {
    const replaced = after([{ op: 'replace-text', clip: target, text: ['One', 'Two'] }]);
    expect(shownIn(replaced)).toEqual(['One', 'Two']);
    expect(shownIn(after([{ op: 'replace-text', clip: target, text: 'One' }]))).toEqual(['One', 'Foot']);
  });

  test('replace-text in a draft that CapCut made: the layer that is not drawn says the same', () => {
    const source = structuredClone(capcutTemplateDraft) as Any;
    source.tracks[0].id = 'track';
    const base = contentOf(draftOf(withTemplate(), { profile: 'capcut-win', catalog: shared }));
    const content = { ...base, materials: { ...base.materials, ...source.materials }, tracks: source.tracks };
    const opened = edited(openedFrom(JSON.stringify(content)), [
      { op: 'replace-text', clip: target, text: 'Out at six' },
    ]);
    const { materials } = contentOf(opened);
    expect(shownIn({ materials })).toEqual(['Out at six', 'Out at six']);
    expect(materials.texts[0].words).toEqual({ start_time: [], end_time: [], text: [] });
    const [template] = materials.text_templates;
    expect(template).toMatchObject({ merge_content: '', material_text_ranges: [] });
    expect(template.current_word_info).toMatchObject({ text: '', end_time: 0, words: [] });
    expect(template.text_info_resources[0].word_index).toEqual([]);
    expect(JSON.stringify(materials.text_templates)).not.toContain('secret');
  });

  test('a copy has layers and texts of its own', () => {
    const copied = edited(draftOf(withTemplate()), [{ op: 'duplicate', clip: target }]);
    const { text_templates: templates, texts } = contentOf(copied).materials;
    const ids = templates.flatMap(({ id, text_info_resources: layers }: Any) => [
      id,
      ...layers.flatMap((layer: Any) => [layer.id, layer.text_material_id]),
    ]);
    expect(new Set(ids).size).toBe(10);
    expect(texts).toHaveLength(4);
    expect(about(copied, /^DR0(?:14|3[0-9])/)).toEqual([]);
  });

  test('trim: the layers keep their shares, what plays at the end stays there', () => {
    const { materials } = after([{ op: 'trim', clip: target, duration: '1s' }]);
    const [template] = materials.text_templates;
    expect(
      template.text_info_resources.map(({ attach_info: { start_time, duration } }: Any) => [
        start_time,
        duration,
      ]),
    ).toEqual([
      [0, second],
      [second / 4, (3 * second) / 4],
    ]);
    // What was a microsecond short still is.
    expect(template.non_text_info_resources[0].attach_info.duration).toBe(second - 1);
    // Two layers come in on their own, which is no mistake.
    const [first, other, last] = materials.material_animations.map(({ animations }: Any) => animations[0]);
    expect(first).toMatchObject({ type: 'in', start: 0, duration: 500_000 });
    expect(other).toMatchObject({ type: 'in', start: 0, duration: 750_000 });
    expect(last).toMatchObject({ type: 'out', start: 0, duration: 750_000 });
  });

  test('migrate to the other app: the template stays as it is, which is told', () => {
    const before = draftOf(withTemplate());
    const result = edit(before, [{ op: 'migrate', profile: 'capcut-win' }]);
    const toldOf = ({ problems }: Pick<typeof result, 'problems'>): string[] =>
      problems
        .map(({ code, message }) => `${code} ${message}`)
        .filter((line) => line.includes('text template'));
    expect(toldOf(result)).toEqual([
      'DR157 text template "two lines" is a resource of jianying: capcut ignores it',
    ]);
    const twin = edit(before, [{ op: 'migrate', profile: 'capcut-win' }], { catalog: shared });
    expect(toldOf(twin)).toEqual([
      'DR157 text template "two lines" has other parts in capcut; it is kept as it is',
    ]);
    const migrated = contentOf({ ...before, timeline: twin.timeline! });
    expect(migrated.materials.text_templates[0]).toMatchObject({ resource_id: '7300000000000000001' });
  });
});

describe('edits of timelines', () => {
  const made = (edits: DraftEdit[], timeline = withTemplate()): Any => {
    const { timeline: result, problems } = editTimeline(timeline, edits, {
      now: fixedNow,
      uuid: () => crypto.randomUUID(),
      media: new Map(),
      catalog,
    });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    return result!.tracks.flatMap(({ clips }) => clips as Any[]);
  };

  test('replace-text says what is in which text; a list that is too long is refused', () => {
    const [both] = made([{ op: 'replace-text', clip: { id: 't' }, text: ['One', 'Two'] }]);
    expect(both).toMatchObject({ text: 'One', template: { name: 'two lines', moreTexts: ['Two'] } });
    const [first] = made([{ op: 'replace-text', clip: { id: 't' }, text: 'One' }]);
    expect(first).toMatchObject({ text: 'One', template: clip.template });
    const three: DraftEdit = { op: 'replace-text', clip: { id: 't' }, text: ['1', '2', '3'] };
    const refused = editTimeline(withTemplate(), [three], { now: fixedNow, uuid: () => crypto.randomUUID() });
    expect(refused.problems).toMatchObject([
      { code: 'DR165', message: expect.stringContaining('a template of 2 texts') },
    ]);
  });

  test('fill finds placeholders in every text, split and duplicate keep the template', () => {
    const holes = withTemplate({
      text: '{{who}}',
      template: { name: 'two lines', moreTexts: ['by {{who}}'] },
    });
    const [filled] = made([{ op: 'fill', texts: { who: 'Ann' } }], holes);
    expect(filled).toMatchObject({ text: 'Ann', template: { moreTexts: ['by Ann'] } });
    const clips = made([
      { op: 'split', clip: { id: 't' }, at: '2s' },
      { op: 'duplicate', clip: { id: 't' }, start: '9s' },
    ]);
    expect(clips).toHaveLength(3);
    for (const one of clips) expect(one).toMatchObject({ text: 'Head', template: clip.template });
  });
});

test('what people see of it are its words: in pictures, in findings, in exported captions', () => {
  const opened = draftOf(withTemplate());
  const [row] = planOfDraft(contentOf(opened), 'x').rows;
  expect(row!.clips).toMatchObject([{ title: 'Head / Foot' }]);
  const { timeline } = parseTimeline(withTemplate(), { catalog });
  expect(planOfTimeline(timeline!).rows[0]!.clips).toMatchObject([{ title: 'Head / Foot' }]);
  const broken = contentOf(opened);
  broken.tracks[0].segments[0].target_timerange.start = -1;
  expect(about(openedFrom(JSON.stringify(broken)), /^DR002$/)).toEqual([
    expect.stringContaining('"Head / Foot"'),
  ]);
  const { text, problems } = exportTimeline(withTemplate(), 'srt');
  expect(text).toContain('Head\nFoot');
  expect(problems).toMatchObject([{ code: 'DR161', message: expect.stringContaining('template') }]);
});

test('a track lends a template its place and no look', () => {
  const timeline = timelineOf({
    type: 'text',
    captions: true,
    defaults: { style: { size: 9 }, transform: { y: -0.5 }, animations: { in: { name: 'fade' } } },
    clips: [clip],
  });
  const { timeline: parsed, problems } = parseTimeline(timeline, { catalog });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [read] = parsed!.tracks[0]!.clips as Any[];
  expect(read.input).not.toHaveProperty('style');
  expect(read.animations).toEqual([]);
  expect(read.input.transform).toEqual({ y: -0.5 });
});

test('without a catalog a template cannot be written, and the hint tells how to learn it', () => {
  const { problems: found } = parseTimeline(withTemplate(), { catalog: createCatalog([]) });
  expect(found).toMatchObject([{ code: 'DR079', hint: expect.stringContaining('cozecut catalog harvest') }]);
});

test.each([
  ['a b', [0, 500, 500], [500, 500, 1000], ['a', ' ', 'b']],
  ['早安 hi!', [0, 200, 400, 400], [200, 400, 400, 1000], ['早', '安', ' ', 'hi!']],
  ['', [], [], []],
  ['  ', [0], [0], ['  ']],
])('the words of %j share a second by their length', (words, start_time, end_time, text) => {
  expect(timedWords(words, 0, second)).toEqual({ start_time, end_time, text });
});
