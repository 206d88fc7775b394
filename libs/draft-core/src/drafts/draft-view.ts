import type { PathSegment } from '@cozecut/problems';
import { textLayers } from '../text-template.ts';
import { formatUs } from '../timeline/time.ts';
import { isObject, type Loose, listOf, numberOf, objectOf, textOf, timeOf } from './loose.ts';

/** An entry of an array of `materials`. */
export interface MaterialView {
  array: string;
  id: string | undefined;
  value: Loose;
  path: PathSegment[];
}

/** A range of time in microseconds, where it is one. */
export interface RangeView {
  startUs: number | undefined;
  durationUs: number | undefined;
}

/** A segment with what it refers to. */
export interface SegmentView {
  value: Loose;
  path: PathSegment[];
  track: TrackView;
  /** On the timeline. */
  startUs: number | undefined;
  durationUs: number | undefined;
  /** End on the timeline; `undefined` unless start and length make sense. */
  endUs: number | undefined;
  /** In the file. */
  source: RangeView | undefined;
  speed: number;
  material: MaterialView | undefined;
  companions: MaterialView[];
  /** How messages name it: `"talk.mp4" at 2 s on track "main"`. */
  place: string;
}

/** A track. */
export interface TrackView {
  value: Loose;
  path: PathSegment[];
  type: string;
  name: string | undefined;
  /** Layer of its first segment. */
  layer: number | undefined;
  segments: SegmentView[];
  /** Where its segments start, in microseconds, rising. */
  starts: number[];
  /** The first segment that starts at a time. */
  byStart: Map<number, SegmentView>;
  /** How messages name it: `track "main"`. */
  place: string;
}

/** An entry of `texts` with what its `content` says. */
export interface TextView extends MaterialView {
  /** What `content` holds, when it is JSON with a text and styles. */
  content: { text: string; styles: readonly Loose[] } | undefined;
}

/** A timeline document with its references resolved. Whatever is not as it should be is left out, never guessed. */
export interface DraftView {
  content: Loose;
  canvas: { width: number | undefined; height: number | undefined; fps: number };
  tracks: TrackView[];
  segments: SegmentView[];
  materials: MaterialView[];
  texts: TextView[];
  byId: ReadonlyMap<string, MaterialView>;
  /** The lowest video track: the app keeps its clips together. */
  mainTrack: TrackView | undefined;
  /** End of the last segment in microseconds. */
  endUs: number;
}

const DEFAULT_FPS = 30;

/** Reads a timeline document. */
export function viewDraft(value: unknown): DraftView {
  const content = objectOf(value);
  const materials = viewMaterials(content);
  const byId = new Map<string, MaterialView>();
  for (const material of materials)
    if (material.id !== undefined && !byId.has(material.id)) byId.set(material.id, material);
  const texts = materials
    .filter(({ array }) => array === 'texts')
    .map((one) => ({ ...one, content: readContent(one.value) }));
  const words = new Map(texts.map(({ value, content: said }) => [value, said?.text]));
  for (const { array, value } of materials) {
    if (array !== 'text_templates') continue;
    const shown = textLayers(value).shown.map((layer) => byId.get(String(layer.text_material_id))?.value);
    words.set(value, shown.flatMap((text) => (text && words.get(text)) || []).join(' / '));
  }
  const known: Known = {
    byId,
    nameOf: (value) => textOf(words.get(value)) ?? textOf(value.material_name) ?? textOf(value.name),
  };
  const tracks = listOf(content.tracks).map((track, index) => viewTrack(objectOf(track), index, known));
  const segments = tracks.flatMap((track) => track.segments);
  const { width, height } = objectOf(content.canvas_config);
  const fps = numberOf(content.fps);
  let mainTrack: TrackView | undefined;
  for (const track of tracks) {
    if (track.type === 'video' && (mainTrack === undefined || (track.layer ?? 0) < (mainTrack.layer ?? 0)))
      mainTrack = track;
  }
  return {
    content,
    canvas: {
      width: numberOf(width),
      height: numberOf(height),
      fps: fps !== undefined && fps > 0 ? fps : DEFAULT_FPS,
    },
    tracks,
    segments,
    materials,
    texts,
    byId,
    mainTrack,
    endUs: segments.reduce((end, segment) => Math.max(end, segment.endUs ?? 0), 0),
  };
}

function viewMaterials(content: Loose): MaterialView[] {
  return Object.entries(objectOf(content.materials)).flatMap(([array, entries]) =>
    listOf(entries).flatMap((value, index): MaterialView[] =>
      isObject(value) ? [{ array, id: textOf(value.id), value, path: ['materials', array, index] }] : [],
    ),
  );
}

function readContent({ content }: Loose): TextView['content'] {
  try {
    const { text, styles } = objectOf(JSON.parse(textOf(content) ?? ''));
    return typeof text === 'string' && Array.isArray(styles)
      ? { text, styles: styles.map(objectOf) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** What segments refer to. */
interface Known {
  byId: ReadonlyMap<string, MaterialView>;
  nameOf(material: Loose): string | undefined;
}

function viewTrack(value: Loose, index: number, known: Known): TrackView {
  const name = textOf(value.name);
  const type = textOf(value.type) ?? '';
  const place = name === undefined ? `${type} track ${index + 1}` : `track "${name}"`;
  const track: TrackView = {
    value,
    path: ['tracks', index],
    type,
    name,
    layer: undefined,
    segments: [],
    starts: [],
    byStart: new Map(),
    place,
  };
  track.segments = listOf(value.segments).map((one, at) =>
    viewSegment(objectOf(one), ['tracks', index, 'segments', at], track, known),
  );
  for (const segment of track.segments)
    if (segment.startUs !== undefined && !track.byStart.has(segment.startUs))
      track.byStart.set(segment.startUs, segment);
  track.starts = track.segments.flatMap(({ startUs }) => startUs ?? []).sort((a, b) => a - b);
  track.layer = numberOf(track.segments[0]?.value.render_index);
  return track;
}

function viewSegment(
  value: Loose,
  path: PathSegment[],
  track: TrackView,
  { byId, nameOf }: Known,
): SegmentView {
  const target = viewRange(value.target_timerange);
  const { startUs, durationUs } = target;
  const material = byId.get(textOf(value.material_id) ?? '');
  const isPlaced = startUs !== undefined && startUs >= 0 && durationUs !== undefined && durationUs > 0;
  const at = startUs === undefined ? '' : ` at ${formatUs(startUs)}`;
  return {
    value,
    path,
    track,
    startUs,
    durationUs,
    endUs: isPlaced ? startUs + durationUs : undefined,
    source: isObject(value.source_timerange) ? viewRange(value.source_timerange) : undefined,
    speed: numberOf(value.speed) ?? 1,
    material,
    companions: listOf(value.extra_material_refs).flatMap((ref) => byId.get(textOf(ref) ?? '') ?? []),
    place: `${shownName(material && nameOf(material.value), track)}${at} on ${track.place}`,
  };
}

function viewRange(value: unknown): RangeView {
  const { start, duration } = objectOf(value);
  return { startUs: timeOf(start), durationUs: timeOf(duration) };
}

function shownName(name: string | undefined, track: TrackView): string {
  const line = name?.trim().split('\n')[0] ?? '';
  if (line === '') return `${track.type || 'unknown'} clip`;
  return `"${line.length > 40 ? `${line.slice(0, 37)}…` : line}"`;
}

/** The entries of some arrays that a segment refers to. */
export function companionsIn(segment: SegmentView, ...arrays: string[]): MaterialView[] {
  return segment.companions.filter(({ array }) => arrays.includes(array));
}

/** Whether a segment shows a picture that stands still. */
export function isStill({ material }: SegmentView): boolean {
  return material?.array === 'videos' && (material.value.type === 'photo' || material.value.type === 'gif');
}

/** The app marks the texts of captions; a track of them is a caption track. */
export function isCaptionTrack({ type, segments }: TrackView): boolean {
  return (
    type === 'text' &&
    segments.length > 0 &&
    segments.every(({ material }) => material?.value.type === 'subtitle')
  );
}
