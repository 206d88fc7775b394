import { textLayers } from '../text-template.ts';
import { compareRows, fileName, oneLine, type PlanClip, type PlanRow, type TimelinePlan } from './plan.ts';

type Json = Record<string, unknown>;

/**
 * The plan of a draft that somebody else may have made, from the parsed `draft_content.json`. Whatever is missing or
 * of another type is left out: a picture is drawn of what can be understood.
 */
export function planOfDraft(content: unknown, name: string): TimelinePlan {
  const draft = objectOf(content);
  const titles = titlesOf(objectOf(draft.materials));
  const transitions = new Map(
    listOf(objectOf(draft.materials).transitions).map((one) => [textOf(one.id), one] as const),
  );
  const rows = listOf(draft.tracks)
    .map((track, index) => ({ ...rowOf(track, titles, transitions), renderIndex: layerOf(track), index }))
    .sort((a, b) => compareRows(a, b) || a.index - b.index)
    .map(({ renderIndex: _, index: __, ...row }) => row);
  const ends = rows.flatMap(({ clips }) => clips.map(({ startUs, durationUs }) => startUs + durationUs));
  const durationUs = ends.reduce((longest, end) => Math.max(longest, end), 0);
  return { name, durationUs, rows, markers: [] };
}

function rowOf(
  track: Json,
  titles: ReadonlyMap<string, string>,
  transitions: ReadonlyMap<string, Json>,
): PlanRow {
  const clips: PlanClip[] = [];
  const joins: PlanRow['transitions'] = [];
  for (const segment of listOf(track.segments)) {
    const range = objectOf(segment.target_timerange);
    const [startUs, durationUs] = [numberOf(range.start), numberOf(range.duration)];
    clips.push({
      startUs,
      durationUs,
      title: oneLine(titles.get(textOf(segment.material_id)) ?? ''),
      keyframesUs: keyframesOf(segment, startUs),
    });
    for (const reference of arrayOf(segment.extra_material_refs)) {
      const found = transitions.get(textOf(reference));
      if (found === undefined) continue;
      const length = numberOf(found.duration);
      joins.push({
        atUs: startUs + durationUs,
        durationUs: length > 0 ? length : undefined,
        title: oneLine(textOf(found.name)),
      });
    }
  }
  return {
    type: oneLine(textOf(track.type)) || 'unknown',
    name: oneLine(textOf(track.name)),
    muted: (numberOf(track.attribute) & 1) === 1,
    clips: clips.sort((a, b) => a.startUs - b.startUs),
    transitions: joins,
  };
}

function layerOf(track: Json): number {
  return listOf(track.segments).reduce(
    (highest, { render_index: layer }) => Math.max(highest, numberOf(layer)),
    0,
  );
}

function keyframesOf(segment: Json, startUs: number): number[] {
  const times = listOf(segment.common_keyframes).flatMap(({ keyframe_list: list }) =>
    listOf(list).map(({ time_offset: offset }) => startUs + numberOf(offset)),
  );
  return [...new Set(times)].sort((a, b) => a - b);
}

/** What people call each material: the text that is shown, the file, or the name of the resource. */
function titlesOf(materials: Json): Map<string, string> {
  const titles = new Map<string, string>();
  for (const [array, list] of Object.entries(materials)) {
    for (const material of listOf(list)) {
      const { material_name: fileTitle, name, path, sticker_id: sticker } = material;
      const title =
        array === 'texts'
          ? textIn(material.content)
          : textOf(fileTitle) || textOf(name) || fileName(textOf(path)) || textOf(sticker);
      titles.set(textOf(material.id), title);
    }
  }
  for (const template of listOf(materials.text_templates)) {
    const shown = textLayers(template).shown.map((layer) => titles.get(textOf(layer.text_material_id)) ?? '');
    const words = shown.filter((text) => text !== '').join(' / ');
    if (words !== '') titles.set(textOf(template.id), words);
  }
  return titles;
}

function textIn(content: unknown): string {
  try {
    return textOf(objectOf(JSON.parse(textOf(content))).text);
  } catch {
    // Very old drafts hold markup instead of JSON.
    return textOf(content).replace(/<[^>]*>/g, '');
  }
}

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const arrayOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const listOf = (value: unknown): Json[] => arrayOf(value).map(objectOf);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : 0;
