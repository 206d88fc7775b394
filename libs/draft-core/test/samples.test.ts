import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileDraft, type MediaFacts, parseTimeline, readInput, toTimelines } from '../src/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { paperFile } from './support/media.ts';
import { referenceCatalog } from './support/reference-catalog.ts';

// Sample exports, beside the checkout where somebody has them.
const folder = join(import.meta.dirname, '../../../../shared/draft/samples');
const isThere = existsSync(folder);

describe.skipIf(!isThere)('sample exports', () => {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  function facts(): Map<string, MediaFacts> {
    const { files } = JSON.parse(read('media-facts.json')) as {
      files: Record<string, Record<string, unknown>>;
    };
    return new Map(
      Object.entries(files).map(([name, file]) => [
        `https://media.example/${name}`,
        {
          kind: file.type as MediaFacts['kind'],
          width: Number(file.width ?? 0),
          height: Number(file.height ?? 0),
          durationUs: Number(file.duration_us ?? 0),
          hasAudio: file.type === 'audio' || file.has_audio === true,
        },
      ]),
    );
  }

  const convert = (name: string) => toTimelines(readInput(read(`coze2jianying/${name}`)), { facts: facts() });

  test('milliseconds in draft_data', () => {
    const { timelines, units, problems } = convert('ok-draft-data-ms.json');
    expect([units, problems]).toEqual([['ms'], []]);
    const { timeline } = parseTimeline(timelines[0], { facts: facts() });
    const [video, audio, text] = timeline!.tracks;
    expect(video!.clips).toMatchObject([
      { durationUs: 4_000_000, speed: 1.5, source: { startUs: 2_000_000, durationUs: 6_000_000 } },
      { startUs: 4_000_000, durationUs: 2_500_000 },
    ]);
    const inputs = video!.clips.map(({ input }) => input);
    expect(inputs).toMatchObject([
      { crop: { top: 0.1, bottom: 0.9 }, filters: [{ name: '1980', intensity: 60 }] },
      { animations: { in: { name: '斜切', duration: 700_000 } }, background: { color: '#203040' } },
    ]);
    expect(timeline!.transitions).toMatchObject([{ durationUs: 500_000, input: { name: '3D空间' } }]);
    expect(audio!.clips).toMatchObject([
      { durationUs: 6_500_000, fade: { inUs: 800_000, outUs: 1_200_000 } },
    ]);
    expect(text!.clips).toMatchObject([{ input: { style: { border: { color: '#101010' } } } }]);
    expect(timeline!.durationUs).toBe(6_500_000);
  });

  test('microseconds in output', () => {
    const { timelines, units, problems } = convert('ok-output-us.json');
    expect([units, problems]).toEqual([['us'], []]);
    expect(timelines[0]).toMatchObject({
      canvas: { width: 1080, height: 1920, fps: 25 },
      tracks: [{}, {}, { type: 'filter', clips: [{ filter: { intensity: 50 } }] }],
    });
    const media = new Map([...facts()].map(([url, known]) => [url, paperFile(url.slice(22), known)]));
    const catalog = referenceCatalog(join(folder, '../catalog'));
    const options = { media, draftName: 'x', now: fixedNow, uuid: countingUuid(), catalog, allowVip: true };
    expect(compileDraft(timelines[0], options).draft?.durationUs).toBe(8_000_000);
  });

  test('units that contradict each other', () => {
    const { timelines, problems } = convert('ambiguous-units.json');
    expect(timelines).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['DR160', 'DR166']);
    for (const part of ['4 (unknown-voice.mp3', '120000', '9000000 (shoreline.mp4 of 12 s']) {
      expect(problems[0]!.message).toContain(part);
    }
  });

  test('text that is cut off', () => {
    const { timelines, problems } = convert('broken-truncated.json');
    expect(timelines).toEqual([]);
    expect(problems[0]!.message).toMatch(/draft_data: not valid JSON at line 1, column \d+/);
  });
});
