import type { ClipOf } from '../../timeline/schema.ts';
import type { ConvertOptions } from '../converter.ts';
import type { Fields } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { defined, isRecord, tidy } from '../values.ts';
import type { PlacedClip } from './layout.ts';
import { metadataOf, nodeFields, readRange } from './nodes.ts';
import { readSpeed } from './speed.ts';

type MediaClip = ClipOf<'video'>;

/** What the clips of a file have in common. */
export interface ClipContext {
  options: ConvertOptions;
  findings: Findings;
  /**
   * Whether a speed changes the length of a clip, as capcut-cli reads it. In OTIO it does not: more of the material is
   * played in the same time.
   */
  speedChangesLength: boolean;
  /** Takes a note, its time in microseconds. */
  addMarker(marker: { at: number; text: string }): void;
}

/** Makes a clip of the timeline. */
export function makeClip(placed: PlacedClip, context: ClipContext): MediaClip {
  const { fields, node, reference, startS, endS, cutS, source } = placed;
  const meta = metadataOf(node, 'draft');
  const kept = isRecord(meta?.clip) ? (meta.clip as Partial<MediaClip>) : undefined;
  const name = fields.text('name');
  const speed = readSpeed(fields, context.findings);
  const start = toUs(startS);
  const duration = toUs(endS) - start;
  readMarkers(fields, placed, context);
  fields.finish();
  const base = defined<MediaClip>({
    ...kept,
    media: reference.media!,
    start,
    duration,
    name: kept === undefined ? (reference.name ?? name) : kept.name,
  });
  const facts = context.options.facts.get(reference.media!);
  const fromS = (source?.start ?? reference.available?.start ?? 0) - (reference.available?.start ?? 0);
  const sourceStart = toUs(fromS + cutS * speed);
  const isStill = facts === undefined ? isPicture(reference.media!) : facts.kind === 'photo';
  const isFromStart = meta?.isFromStart === true && sourceStart === 0 && speed === 1;
  if (reference.isStandIn || isStill || isFromStart) return base;
  if (sourceStart < 0) {
    fields.error(
      'DR020',
      `${fields.place}: the clip starts ${tidy(-fromS)} s before its media`,
      {},
      'source_range',
    );
  }
  return defined<MediaClip>({
    ...base,
    source: { start: sourceStart, duration: Math.round(duration * speed) },
    speed: speed === 1 ? undefined : speed,
  });
}

/** Stills have no times of their own; before the file is known its name has to tell. */
function isPicture(media: string): boolean {
  return /\.(?:png|jpe?g|webp|bmp|tiff?|heic)(?:[?#].*)?$/i.test(media);
}

/** Seconds as whole microseconds. */
export function toUs(seconds: number): number {
  return Math.round(seconds * 1_000_000);
}

/** Markers of a clip count from the start of its media. */
function readMarkers(
  fields: Fields,
  { startS, cutS, source, reference }: PlacedClip,
  context: ClipContext,
): void {
  const headS = (source?.start ?? reference.available?.start ?? 0) + cutS;
  for (const [index, node] of fields.list('markers').entries()) {
    readNote(nodeFields(node, [...fields.path, 'markers', index], context.findings), startS - headS, context);
  }
}

/** Adds a marker to the notes of the timeline; one before its start is dropped. */
export function readNote(
  marker: Fields,
  shiftS: number,
  { findings, addMarker }: Pick<ClipContext, 'findings' | 'addMarker'>,
): void {
  const text = [marker.text('name'), marker.text('comment')]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
  const range = readRange(marker, 'marked_range');
  marker.finish();
  const atS = tidy((range?.start ?? 0) + shiftS);
  if (atS >= 0) addMarker({ at: toUs(atS), text });
  else {
    const message = `${marker.place}: the note ${JSON.stringify(text)} lies before the start and is dropped`;
    findings.report('DR161', 'warning', marker.pointer(), message);
  }
}
