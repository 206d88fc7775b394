import type { Fields, Path } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { nodeFields, readRange, readTime, type Seconds, schemaOf } from './nodes.ts';
import { type Reference, readReference, standIn } from './reference.ts';
import { readSpeed } from './speed.ts';

/** A clip with its place on the timeline, in seconds. */
export interface PlacedClip {
  fields: Fields;
  node: unknown;
  reference: Reference;
  /** What is seen of it. */
  startS: number;
  endS: number;
  /** How much of its head is cut away by what it is nested in. */
  cutS: number;
  /** Its part of the material as written. */
  source: Seconds | undefined;
  /** Row above the track, for what is nested side by side. */
  lane: number;
}

/** Seconds of a media file; `undefined` when nobody knows. */
export type FileLength = (media: string) => number | undefined;

/** A transition between two clips of one lane. */
export interface PlacedTransition {
  fields: Fields;
  node: unknown;
  durationS: number;
  before: PlacedClip;
  after: PlacedClip;
}

/** What lies on a track, nested tracks and stacks flattened. */
export class TrackLayout {
  readonly clips: PlacedClip[] = [];
  readonly transitions: PlacedTransition[] = [];
  /** Items whose fields nobody has finished yet. */
  readonly containers: Fields[] = [];
  /** Lanes that hold sound, from nested tracks of this kind. */
  readonly soundLanes = new Set<number>();
  readonly #findings: Findings;
  readonly #fileLength: FileLength;
  /** How deep tracks are nested; more is a mistake or an attack. */
  static readonly MAX_DEPTH = 32;

  /** @param fileLength - For clips that say nothing about their length. */
  constructor(findings: Findings, fileLength: FileLength) {
    this.#findings = findings;
    this.#fileLength = fileLength;
  }

  /** Lays the items of a track one after the other; answers how many lanes they take. */
  layTrack(
    items: readonly unknown[],
    path: Path,
    atS: number,
    window: [fromS: number, toS: number],
    lane: number,
    depth = 0,
  ): number {
    let cursorS = atS;
    let lanes = 1;
    let last: { clip: PlacedClip; endS: number } | undefined;
    let pending: { fields: Fields; node: unknown; durationS: number } | undefined;
    for (const [index, node] of items.entries()) {
      const fields = nodeFields(node, [...path, index], this.#findings);
      if (schemaOf(node) === 'Transition') {
        pending = {
          fields,
          node,
          durationS: (readTime(fields, 'in_offset') ?? 0) + (readTime(fields, 'out_offset') ?? 0),
        };
        continue;
      }
      const before = this.clips.length;
      const { durationS, lanes: taken } = this.#layItem(node, fields, cursorS, window, lane, depth);
      lanes = Math.max(lanes, taken);
      const isClip = schemaOf(node) === 'Clip';
      const clip = isClip ? this.clips[before] : undefined;
      if (pending !== undefined) this.#addTransition(pending, last, clip, cursorS);
      pending = undefined;
      cursorS += durationS;
      last = clip === undefined ? undefined : { clip, endS: cursorS };
    }
    if (pending !== undefined) this.#addTransition(pending, last, undefined, cursorS);
    return lanes;
  }

  #layItem(
    node: unknown,
    fields: Fields,
    atS: number,
    window: [number, number],
    lane: number,
    depth: number,
  ): { durationS: number; lanes: number } {
    const schema = schemaOf(node);
    const source = readRange(fields, 'source_range');
    const isOff = fields.flag('enabled') === false;
    if (isOff)
      this.#findings.report(
        'DR161',
        'warning',
        fields.pointer(),
        `${fields.place}: ${JSON.stringify(fields.text('name') ?? '')} is switched off and left out`,
      );
    if (schema === 'Gap') {
      fields.ignore('name', 'effects', 'markers');
      fields.finish();
      return { durationS: source?.duration ?? 0, lanes: 1 };
    }
    if (schema === 'Clip')
      return { durationS: this.#layClip(node, fields, source, atS, isOff ? [0, 0] : window, lane), lanes: 1 };
    if ((schema !== 'Track' && schema !== 'Stack') || depth > TrackLayout.MAX_DEPTH) {
      fields.error(
        'DR162',
        `${fields.place}: expected a clip, a gap, a transition, a track or a stack (got ${JSON.stringify(schema || 'no OTIO_SCHEMA')})`,
      );
      return { durationS: 0, lanes: 1 };
    }
    this.containers.push(fields);
    const children = fields.list('children');
    const durationS = source?.duration ?? lengthOf(node, 0, this.#fileLength);
    const inner: [number, number] = isOff
      ? [0, 0]
      : [Math.max(window[0], atS), Math.min(window[1], atS + durationS)];
    const startS = atS - (source?.start ?? 0);
    const path = [...fields.path, 'children'];
    fields.ignore('kind', 'name');
    if (schema === 'Track')
      return { durationS, lanes: this.layTrack(children, path, startS, inner, lane, depth + 1) };
    let lanes = 0;
    for (const [index, child] of children.entries()) {
      const item = nodeFields(child, [...path, index], this.#findings);
      const first = lane + lanes;
      const isSound = schemaOf(child) === 'Track' && /^audio$/i.test(item.text('kind') ?? '');
      lanes += this.#layItem(child, item, startS, inner, first, depth + 1).lanes;
      for (let at = first; isSound && at < lane + lanes; at++) this.soundLanes.add(at);
    }
    return { durationS, lanes: Math.max(1, lanes) };
  }

  #layClip(
    node: unknown,
    fields: Fields,
    source: Seconds | undefined,
    atS: number,
    window: [number, number],
    lane: number,
  ): number {
    const found = readReference(fields, this.#findings);
    const part = source ?? found.available ?? wholeFile(found, this.#fileLength);
    if (part === undefined) {
      fields.error(
        'DR165',
        `${fields.place}: the clip has neither a source_range nor media of a known length`,
      );
      readSpeed(fields, this.#findings);
      fields.ignore('name', 'markers');
      return 0;
    }
    if (part.duration === 0) {
      const message = `${fields.place}: ${JSON.stringify(fields.text('name') ?? '')} has no length and is left out`;
      this.#findings.report('DR161', 'warning', fields.pointer(), message);
    }
    const reference =
      found.isMissing === true ? { ...found, ...standIn(fields, found, this.#findings) } : found;
    const [fromS, toS] = [Math.max(atS, window[0]), Math.min(atS + part.duration, window[1])];
    if (reference.media === undefined || toS - fromS < 1e-7) {
      fields.ignoreAll();
      return part.duration;
    }
    this.clips.push({ fields, node, reference, startS: fromS, endS: toS, cutS: fromS - atS, source, lane });
    return part.duration;
  }

  #addTransition(
    { fields, node, durationS }: { fields: Fields; node: unknown; durationS: number },
    before: { clip: PlacedClip; endS: number } | undefined,
    after: PlacedClip | undefined,
    atS: number,
  ): void {
    const isCut =
      before !== undefined &&
      after !== undefined &&
      Math.abs(before.clip.endS - atS) < 1e-6 &&
      Math.abs(after.startS - atS) < 1e-6;
    if (isCut) this.transitions.push({ fields, node, durationS, before: before.clip, after });
    else {
      fields.ignoreAll();
      fields.warn('DR161', `${fields.place}: the transition is dropped, it does not stand between two clips`);
    }
  }
}

function wholeFile({ media }: Reference, fileLength: FileLength): Seconds | undefined {
  const duration = media === undefined ? undefined : fileLength(media);
  return duration === undefined ? undefined : { start: 0, duration };
}

/** Length of what a node holds, when it does not say so. */
function lengthOf(node: unknown, depth: number, fileLength: FileLength): number {
  const quiet = { report: () => undefined, drop: () => undefined };
  const fields = nodeFields(node, [], quiet);
  const source = readRange(fields, 'source_range');
  if (source !== undefined || depth > TrackLayout.MAX_DEPTH) return source?.duration ?? 0;
  const children = Array.isArray(fields.raw('children')) ? fields.list('children') : [];
  const lengths = children.map((child) =>
    schemaOf(child) === 'Transition' ? 0 : lengthOf(child, depth + 1, fileLength),
  );
  switch (schemaOf(node)) {
    case 'Track':
      return lengths.reduce((sum, length) => sum + length, 0);
    case 'Stack':
      return Math.max(0, ...lengths);
    case 'Clip': {
      const reference = readReference(fields, quiet);
      return (reference.available ?? wholeFile(reference, fileLength))?.duration ?? 0;
    }
    default:
      return 0;
  }
}
