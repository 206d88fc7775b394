import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  exportTimeline,
  listInputFormats,
  listOutputFormats,
  type MediaFacts,
  readInput,
  type Timeline,
  toTimelines,
} from '@cozecut/draft-core';
import { type Problem, UserError } from '@cozecut/problems';
import { WRITTEN_FEATURES, type WrittenFeature } from './format-features.ts';

const folder = join(import.meta.dirname, 'formats');
const facts = new Map<string, MediaFacts>([
  ['walk.mp4', { kind: 'video', width: 1920, height: 1080, durationUs: 20_000_000, hasAudio: true }],
  ['tall.mp4', { kind: 'video', width: 1080, height: 1920, durationUs: 6_000_000, hasAudio: false }],
  ['card.png', { kind: 'photo', width: 1000, height: 500, durationUs: 0, hasAudio: false }],
  ['tune.mp3', { kind: 'audio', width: 0, height: 0, durationUs: 60_000_000, hasAudio: true }],
]);

/** `docs/reference/formats.md`: what each format keeps, found out by converting a file that has everything in it. */
export function formatsReference(): string {
  const read = listInputFormats().flatMap(({ id, title }) =>
    id === 'draft-timeline' ? [] : [{ id, title, ...converted(id) }],
  );
  const rows = [...new Set(read.flatMap(({ features }) => [...features]))].sort();
  const written = listOutputFormats().filter(({ id }) => id !== 'draft-timeline');
  return `${[
    '<!-- Made by `npm run generate -w tools`; a change here is lost. -->',
    '',
    '# Formats',
    '',
    'What a conversion keeps. For each format a file with everything in it is converted; a tick is what comes out of it,',
    'an empty cell what the format does not have or what is named in a warning (below).',
    '',
    '## Read',
    '',
    ...table(
      ['in the timeline', ...read.map(({ id }) => id)],
      rows.map((row) => [`\`${row}\``, ...read.map(({ features }) => (features.has(row) ? '✓' : ''))]),
    ),
    '',
    '### Named in a warning (`DR161`)',
    '',
    ...read.flatMap(({ id, title, dropped }) => [
      `- **${id}** (${title}): ${dropped.length === 0 ? 'nothing' : dropped.join('; ')}`,
    ]),
    '',
    '## Written',
    '',
    'A timeline with one feature is written and read again: ✓ comes back as it was, ⚠ is named in a warning.',
    '',
    ...table(
      ['feature', ...written.map(({ id }) => id)],
      WRITTEN_FEATURES.map((feature) => [feature.title, ...written.map(({ id }) => outcome(feature, id))]),
    ),
  ].join('\n')}\n`;
}

function converted(id: string): { features: Set<string>; dropped: string[] } {
  const file = readdirSync(folder).find((name) => name.startsWith(`${id}.`));
  if (file === undefined) throw new UserError('FILE_UNREADABLE', `there is no ${id} file in ${folder}`);
  const read = readInput(readFileSync(join(folder, file), 'utf8'), { fileName: file });
  const { timelines, problems } = toTimelines(read, {
    facts,
    timeUnit: id === 'coze2jianying' ? 'ms' : 'auto',
  });
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (read.format !== id || errors.length > 0) throw UserError.fromProblems('EXPORT_INVALID', errors);
  return { features: new Set(timelines.flatMap(featuresOf)), dropped: droppedBy(problems) };
}

function droppedBy(problems: readonly Problem[]): string[] {
  return problems
    .filter(({ code }) => code === 'DR161')
    .map(({ message }) =>
      message.replace(/: dropped, it has no.*$/, '').replace(/^line (\d+): (.*?)(?: dropped)?$/, '$2'),
    );
}

/** The keys of a timeline as rows: `video.transform`, `text.style.border`. */
function featuresOf({ tracks, transitions = [] }: Timeline): string[] {
  const found = tracks.flatMap((track) => {
    const { type, clips } = track;
    const own = [
      type,
      ...(track.name === undefined ? [] : ['track name']),
      ...(type === 'text' && track.captions === true ? ['captions'] : []),
    ];
    return [...own, ...(clips as object[]).flatMap((clip) => keysOf(clip, type))];
  });
  return [...found, ...(transitions.length > 0 ? ['transitions'] : [])];
}

const places = new Set(['start', 'duration', 'media', 'text', 'id', 'sticker']);
const opened = new Set(['transform', 'style', 'animations', 'effect', 'filter', 'keyframes']);

function keysOf(clip: object, type: string): string[] {
  return Object.entries(clip).flatMap(([key, value]) => {
    if (places.has(key)) return [];
    if (!opened.has(key)) return [`${type}.${key}`];
    return Object.keys(value as object).map((inner) => `${type}.${key}.${inner}`);
  });
}

function outcome({ timeline, read }: WrittenFeature, format: string): string {
  const { text, problems } = exportTimeline(timeline, format, { facts });
  if (text === undefined) throw UserError.fromProblems('DRAFT_INVALID', problems);
  const [back] = toTimelines(readInput(text, { fileName: `x.${format}` }), { facts }).timelines;
  const isKept = back !== undefined && JSON.stringify(read(back)) === JSON.stringify(read(timeline));
  if (isKept) return '✓';
  if (problems.some(({ code }) => code === 'DR161')) return '⚠';
  throw new UserError('DRAFT_INVALID', `${format} loses a feature in silence: ${JSON.stringify(timeline)}`);
}

function table(head: readonly string[], rows: readonly string[][]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
