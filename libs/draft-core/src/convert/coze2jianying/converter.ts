import { formatPointer, type Problem, showPath } from '@cozecut/problems';
import { reportTo } from '../../timeline/report.ts';
import type { Converted, Converter, ConvertOptions, MediaPlace, ReadInput } from '../converter.ts';
import { Dropped } from '../dropped.ts';
import type { Sink } from '../fields.ts';
import { convertDraft, draftMedia, draftName } from './draft.ts';
import { looksLikeExport, type RawDraft, unwrapDrafts } from './unwrap.ts';

/** An export of Coze2JianYing whose drafts were found. */
export interface CozeExport extends ReadInput {
  format: 'coze2jianying';
  drafts: readonly RawDraft[];
}

/** Reads exports of Coze2JianYing. */
export const cozeExport: Converter = {
  id: 'coze2jianying',
  title: 'export of Coze2JianYing',
  detect: (value) => looksLikeExport(value),
  read: readCozeExport,
};

/**
 * Finds the drafts in an export of Coze2JianYing: the answer of the tool (`draft_data`, `output`), its inner document,
 * a bare draft, a list of drafts, clip strings, or the text of any of these.
 */
export function readCozeExport(value: unknown): CozeExport {
  const problems: Problem[] = [];
  const sink: Sink = { report: reportTo(problems), drop: () => undefined };
  const drafts = unwrapDrafts(value, sink);
  if (drafts.length === 0 && problems.length === 0) {
    sink.report('DR162', 'error', '', 'the export has no drafts', {
      hint: 'was it made before anything was added?',
    });
  }
  const mediaPlaces = new Map<string, MediaPlace>();
  for (const { source, path } of drafts.flatMap(draftMedia)) {
    if (!mediaPlaces.has(source))
      mediaPlaces.set(source, { pointer: formatPointer(path), place: showPath(path, 'input') });
  }
  return {
    format: 'coze2jianying',
    drafts,
    names: drafts.map((draft, index) => draftName(draft.value, index)),
    mediaSources: [...mediaPlaces.keys()],
    mediaPlaces,
    problems,
    convert: (options) => convertCozeExport({ drafts, problems }, options),
  };
}

/** Makes a timeline of each draft in an export; its times are in microseconds, whatever unit the export has. */
export function convertCozeExport(
  { drafts, problems: found }: Pick<CozeExport, 'drafts' | 'problems'>,
  { facts, timeUnit = 'auto', legacyPosition = false }: ConvertOptions,
): Converted {
  const problems = [...found];
  const dropped = new Dropped();
  const converted = drafts.map((draft, index) => {
    const own: Problem[] = [];
    const sink: Sink = { report: reportTo(own), drop: (path) => dropped.add(path) };
    const { timeline, unit } = convertDraft(draft, index, { facts, timeUnit, legacyPosition }, sink);
    const isEmpty = timeline.tracks.every(({ clips }) => clips.length === 0);
    // Where something else is wrong, that is why nothing is there.
    if (isEmpty && own.every(({ severity }) => severity !== 'error')) {
      sink.report(
        'DR162',
        'error',
        formatPointer(draft.path),
        `${showPath(draft.path, 'draft')}: has no clips`,
        {
          hint: 'was it exported before anything was added?',
        },
      );
    }
    problems.push(...own);
    return { timeline, unit, ok: own.every(({ severity }) => severity !== 'error') };
  });
  dropped.report(reportTo(problems));
  return {
    timelines: converted.filter(({ ok }) => ok).map(({ timeline }) => timeline),
    units: converted.map(({ unit }) => unit),
    problems,
  };
}
