import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUserError, type Problem } from '@cozecut/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeText,
  exportTimeline,
  listInputFormats,
  parseTimeline,
  readInput,
  type Timeline,
  toTimelines,
} from '../../src/index.ts';
import { oddChange, withOdd } from '../support/odd-values.ts';

type Clip = Extract<Timeline['tracks'][number], { type: 'text' }>['clips'][number];

const noFacts = { facts: new Map() };
const timelineOf = (tracks: Timeline['tracks'], more: Partial<Timeline> = {}): Timeline => ({
  schema: 'draft-timeline/1',
  name: 'x',
  timeUnit: 'us',
  canvas: { width: 1920, height: 1080, fps: 30 },
  tracks,
  ...more,
});

const word = fc
  .array(fc.constantFrom('a', 'Z', '7', '你', '好', '👍', 'é', '.', "'", '!', '-'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((signs) => signs.join(''));
const text = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .chain((words) => fc.constantFrom(' ', '\n').map((between) => words.join(between)));

interface Styles {
  colors: string[];
  /** Length of the tick that the format counts in, in microseconds. */
  tickUs: number;
}

/** Captions one after the other, with ranges that do not touch and places that the formats know. */
const captions = ({ colors, tickUs }: Styles) =>
  fc
    .array(
      fc.record({
        gap: fc.integer({ min: 0, max: 300 }),
        length: fc.integer({ min: 50, max: 500 }),
        text,
        align: fc.constantFrom('left', 'center', 'right'),
        y: fc.constantFrom(-0.8, 0, 0.8),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        style: fc.constantFrom(
          { bold: true },
          { italic: true },
          { underline: true },
          ...colors.map((color) => ({ color })),
        ),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((list) => {
      let endUs = 0;
      return list.map(({ gap, length, text: shown, align, y, at, style }): Clip => {
        const start = endUs + gap * tickUs;
        endUs = start + length * tickUs;
        const characters = [...shown];
        const cut = characters.slice(0, Math.floor(at * characters.length)).join('').length;
        const rest = shown.slice(cut);
        // Blanks on the edge of a range belong to no word.
        const ranges = rest.trim() === '' ? [] : [{ start: cut, end: shown.length, style }];
        return {
          text: shown,
          start,
          duration: endUs - start,
          style: { align: align as 'left' },
          transform: { y },
          ...(ranges.length === 0 ? {} : { ranges }),
        };
      });
    });

/** What is seen, in whatever way it is written. */
function seen(timeline: unknown): unknown {
  const parsed = parseTimeline(timeline, { quantise: false });
  return parsed.timeline!.tracks.flatMap(({ clips }) =>
    clips.map(({ startUs, durationUs, input }) => {
      const { text: shown, ranges = [], style = {}, transform = {} } = input as Clip;
      const parts = (ranges as { start: number; end: number; style: { color?: string } }[])
        .filter(({ style: own }) => Object.keys(own).length > 0)
        .map(({ start, end, style: own }) => [
          start,
          end,
          { ...own, ...(own.color === undefined ? {} : { color: own.color.toUpperCase() }) },
        ]);
      return [startUs, durationUs, shown, style.align, transform.y, parts];
    }),
  );
}

describe('captions come back as they were', () => {
  const formats: [string, Styles][] = [
    ['srt', { colors: ['#FF8800', '#102030'], tickUs: 1000 }],
    ['vtt', { colors: ['#FFFF00', '#00FFFF'], tickUs: 1000 }],
    ['ass', { colors: ['#FF8800', '#102030'], tickUs: 10_000 }],
  ];
  test.each(formats)('%s', (format, styles) => {
    fc.assert(
      fc.property(captions(styles), (clips) => {
        const timeline = timelineOf([{ type: 'text', captions: true, clips }]);
        const { text: file, problems } = exportTimeline(timeline, format);
        expect(problems).toEqual([]);
        const read = readInput(file, { fileName: `x.${format}` });
        expect(read.format).toBe(format);
        const { timelines } = toTimelines(read, noFacts);
        expect(seen(timelines[0])).toEqual(seen(timeline));
      }),
      { numRuns: 200 },
    );
  });

  test('lrc: text and times', () => {
    fc.assert(
      fc.property(captions({ colors: [], tickUs: 10_000 }), (clips) => {
        const plain = clips.map(({ text: shown, start, duration }) => ({
          text: shown.replaceAll('\n', ' '),
          start,
          duration,
        }));
        const { text: file } = exportTimeline(
          timelineOf([{ type: 'text', captions: true, clips: plain }]),
          'lrc',
        );
        const { timelines } = toTimelines(readInput(file, { fileName: 'x.lrc' }), noFacts);
        const got = (timelines[0]!.tracks[0]!.clips as Clip[]).map(({ text: shown, start, duration }) => ({
          text: shown,
          start,
          duration,
        }));
        expect(got).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });
});

test('otio: cuts, speeds, gaps and everything else come back as they were', () => {
  const clip = fc.record({
    gap: fc.integer({ min: 0, max: 90_000 }).map((n) => n * 37),
    length: fc.integer({ min: 40_000, max: 9_000_000 }),
    sourceStart: fc.integer({ min: 0, max: 5_000_000 }),
    speed: fc.constantFrom(1, 0.5, 2, 1.25, 3),
    media: fc.constantFrom('a b.mp4', '100%.mp4', 'dir/ü.mov', 'https://x.test/v%20w.mp4', 'C:\\v\\x.mp4'),
    more: fc.constantFrom(
      {},
      { volume: 0.5 },
      { transform: { x: 0.1 }, id: 'keep' },
      { filters: [{ name: 'x', intensity: 3 }], name: 'shown' },
    ),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(clip, { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
      captions({ colors: [], tickUs: 1 }),
      fc.array(fc.record({ at: fc.nat(9_000_000), text: fc.string({ minLength: 1 }) })),
      (rows, texts, markers) => {
        const videos = rows.map((row, index) => {
          let endUs = 0;
          const clips = row.map(({ gap, length, sourceStart, speed, media, more }, at) => {
            const start = endUs + gap;
            endUs = start + length;
            const id = 'id' in more ? { id: `keep-${index}-${at}` } : {};
            return {
              media,
              start,
              duration: length,
              source: { start: sourceStart, duration: Math.round(length * speed) },
              speed,
              ...more,
              ...id,
            };
          });
          const track = { type: 'video', name: `V${index}`, ...(index === 1 ? { muted: true } : {}), clips };
          return track as unknown as Timeline['tracks'][number];
        });
        const timeline = timelineOf(
          [...videos.slice(0, 1), { type: 'text', captions: true, clips: texts }, ...videos.slice(1)],
          {
            mainTrackMagnet: false,
            markers,
          },
        );
        const { text: file, problems } = exportTimeline(timeline, 'otio');
        expect(problems.filter(({ code }) => code !== 'DR161')).toEqual([]);
        const { timelines } = toTimelines(readInput(file), noFacts);
        const plain = (value: unknown): unknown => {
          const { tracks, transitions, mainTrackMagnet, markers } = parseTimeline(value, { quantise: false })
            .timeline!;
          return JSON.parse(
            JSON.stringify({ tracks, transitions, mainTrackMagnet, markers }, (key, item) =>
              key === 'input' || key === 'written' ? { ...item, speed: 0 } : item,
            ),
          );
        };
        expect(plain(timelines[0])).toEqual(plain(timeline));
      },
    ),
    { numRuns: 200 },
  );
});

describe('whatever comes in, findings come out', () => {
  const folder = join(import.meta.dirname, 'cases');
  const inputs = readdirSync(folder).map((name) => {
    const file = readdirSync(join(folder, name)).find((one) => one.startsWith('input.'))!;
    return { file, bytes: readFileSync(join(folder, name, file)) };
  });
  const formats = listInputFormats().map(({ id }) => id);

  function convertAll(content: unknown, fileName: string): void {
    for (const from of [undefined, ...formats]) {
      let problems: Problem[];
      try {
        const read = readInput(content, { from, fileName });
        ({ problems } = toTimelines(read, noFacts));
        toTimelines(read, {
          ...noFacts,
          lenient: true,
          karaoke: 'words',
          keyframeOffset: 'ratio',
          audioLength: 'source',
          fps: 25,
        });
      } catch (error) {
        // Anything else is a defect.
        if (!isUserError(error)) throw error;
        continue;
      }
      for (const { message, code } of problems) {
        expect(message).not.toBe('');
        expect(code).toMatch(/^DR\d{3}$/);
      }
    }
  }

  const change = fc.record({
    input: fc.constantFrom(...inputs),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    insert: fc.constantFrom(
      '',
      '\0',
      '{',
      '}',
      '[',
      '"',
      '-->',
      '\n',
      '99999999999',
      '-1',
      'null',
      '\\N',
      '<b>',
      '{\\',
      '\uD800',
      ',',
    ),
  });

  test('texts that are cut and changed', () => {
    fc.assert(
      fc.property(change, ({ input, cut, at, insert }) => {
        let content: string;
        try {
          content = decodeText(input.bytes);
        } catch (error) {
          if (!isUserError(error)) throw error;
          return;
        }
        const place = Math.floor(at * content.length);
        const changed = content.slice(0, place) + insert + content.slice(place + insert.length);
        convertAll(changed, input.file);
        convertAll(changed.slice(0, Math.ceil(cut * changed.length)), input.file);
      }),
      { numRuns: 150 },
    );
  });

  test('documents with anything in the place of a value', () => {
    const documents = inputs.filter(({ file }) => /\.(json|otio)$/.test(file));
    fc.assert(
      fc.property(
        fc.nat({ max: documents.length - 1 }),
        fc.array(oddChange, { minLength: 1, maxLength: 3 }),
        (number, changes) => {
          const text = documents[number]!.bytes.toString('utf8');
          convertAll(changes.reduce(withOdd, text), 'input.json');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any bytes are text or a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          expect(typeof decodeText(bytes)).toBe('string');
        } catch (error) {
          expect(isUserError(error)).toBe(true);
        }
      }),
    );
  });

  test('depth and length cost no more than they have to', () => {
    const deep = `${'{"OTIO_SCHEMA":"Stack.1","children":['.repeat(2000)}${']}'.repeat(2000)}`;
    convertAll(`{"OTIO_SCHEMA":"Timeline.1","tracks":${deep}}`, 'x.otio');
    convertAll(`[${'['.repeat(5000)}${']'.repeat(5000)}]`, 'x.json');
    for (const part of [
      '1\n00:00:01,000 --> 00:00:02,000\n',
      '<i>',
      '{\\',
      '-->',
      '\n\n',
      '{\\k1}',
      '[00:01.00]',
      '][',
    ]) {
      convertAll(part.repeat(20_000), 'x.srt');
      convertAll({ captions: `[${part.repeat(5000)}]` }, 'x.json');
    }
  });
});
