import type { Clip, ClipOf, Track } from '../../timeline/schema.ts';
import { readColor } from '../color.ts';
import type { ConvertOptions } from '../converter.ts';
import type { Fields } from '../fields.ts';
import type { Findings } from '../findings.ts';
import type { TimelineBuilder } from '../timeline-builder.ts';
import { defined, unlessEmpty } from '../values.ts';
import type { LengthSample } from './unit.ts';

/** A clip that operations may speak of. */
export interface KnownItem {
  clip: Clip;
  track: Track;
}

/** What the parts of a spec share. */
export interface SpecState {
  builder: TimelineBuilder;
  findings: Findings;
  options: ConvertOptions;
  /** By `ref`. */
  refs: Map<string, KnownItem>;
  samples: LengthSample[];
  /** Microseconds of the unit of the times. */
  unitUs: number;
}

/** A time of a spec in microseconds. */
export function timeUs(
  fields: Fields,
  key: string,
  { unitUs }: Pick<SpecState, 'unitUs'>,
): number | undefined {
  const value = fields.number(key);
  return value === undefined ? undefined : Math.round(value * unitUs);
}

/** Reads an item and puts it on its track. */
export function addItem(fields: Fields, track: Track, state: SpecState): void {
  const start = timeUs(fields, 'start', state) ?? 0;
  const ref = fields.text('ref');
  const clip =
    track.type === 'text' ? readText(fields, start, state) : readMedia(fields, start, track, state);
  fields.finish();
  if (start < 0)
    fields.error('DR002', `${fields.place}: start ${start / state.unitUs} is before 0`, {}, 'start');
  if (clip === undefined) return;
  if (ref !== undefined && state.refs.has(ref)) {
    fields.error(
      'DR011',
      `${fields.place}.ref: "${ref}" is used twice`,
      { hint: 'give every item a ref of its own' },
      'ref',
    );
  } else if (ref !== undefined) {
    clip.id = ref;
    state.refs.set(ref, { clip, track });
  }
  state.builder.addClip(track, clip, fields.path);
}

function readMedia(fields: Fields, start: number, track: Track, state: SpecState): Clip | undefined {
  const media = fields.text('path');
  const type = fields.text('type');
  const stated = timeUs(fields, 'duration', state);
  const sourceStart = timeUs(fields, 'sourceStart', state) ?? 0;
  const speed = fields.number('speed') ?? 1;
  const volume = fields.number('volume');
  const transform = readTransform(fields);
  // The tool asks for the size of the picture, which the file has itself.
  fields.ignore('width', 'height');
  if (media === undefined || media === '') {
    fields.error('DR165', `${fields.place}.path is missing: nothing to play`, {}, 'path');
    return undefined;
  }
  if (!(speed > 0)) {
    fields.error('DR022', `${fields.place}: speed must be > 0 (got ${speed})`, {}, 'speed');
    return undefined;
  }
  const facts = state.options.facts.get(media);
  const isStill = type === 'photo' || facts?.kind === 'photo';
  if (isStill && stated === undefined) {
    fields.error(
      'DR162',
      `${fields.place}.duration is missing: a still picture has none of its own`,
      {},
      'duration',
    );
    return undefined;
  }
  if (stated !== undefined && stated <= 0) {
    fields.error(
      'DR003',
      `${fields.place}.duration must be positive (got ${fields.number('duration')})`,
      {},
      'duration',
    );
    return undefined;
  }
  const rest = (facts?.durationUs ?? 0) - sourceStart;
  const duration = stated ?? (rest > 0 ? Math.round(rest / speed) : undefined);
  if (facts !== undefined && !isStill && stated !== undefined) {
    const mediaEnd = (sourceStart + stated * speed) / state.unitUs;
    state.samples.push({ fields, media, mediaEnd, facts });
  }
  const source = isStill
    ? undefined
    : defined({
        start: sourceStart === 0 && duration === undefined ? undefined : sourceStart,
        duration: duration === undefined ? undefined : Math.round(duration * speed),
      });
  const clip = defined<ClipOf<'video'>>({
    media,
    start,
    duration,
    source: source === undefined ? undefined : unlessEmpty(source),
    speed: speed === 1 ? undefined : speed,
    volume: volume === 1 ? undefined : volume,
  });
  if (track.type === 'video') return defined<ClipOf<'video'>>({ ...clip, transform: unlessEmpty(transform) });
  for (const key of Object.keys(transform)) fields.drop(key);
  return clip;
}

function readText(fields: Fields, start: number, state: SpecState): Clip | undefined {
  const text = fields.text('text') ?? '';
  const duration = timeUs(fields, 'duration', state);
  const written = fields.text('color');
  const color = written === undefined ? undefined : readColor(written);
  const transform = readTransform(fields);
  const size = fields.number('fontSize');
  if (written !== undefined && color === undefined)
    fields.complain('must be a colour such as #FFD700', written, 'color');
  if (text.trim() === '') fields.error('DR102', `${fields.place}.text is empty`, {}, 'text');
  if (duration === undefined || duration <= 0) {
    const [code, what] = duration === undefined ? ['DR162', 'is missing'] : ['DR003', 'must be positive'];
    fields.error(code!, `${fields.place}.duration ${what}`, {}, 'duration');
    return undefined;
  }
  return defined<ClipOf<'text'>>({
    text,
    start,
    duration,
    // What the tool takes when nothing is said.
    style: defined({ size: size ?? 15, color }),
    transform: unlessEmpty(transform),
  });
}

function readTransform(fields: Fields): NonNullable<ClipOf<'video'>['transform']> {
  const unless = (key: string, neutral: number): number | undefined => {
    const value = fields.number(key);
    return value === neutral ? undefined : value;
  };
  return defined({
    x: unless('x', 0),
    y: unless('y', 0),
    scale: unless('scale', 1),
    rotation: unless('rotation', 0),
    opacity: unless('opacity', 1),
  });
}
