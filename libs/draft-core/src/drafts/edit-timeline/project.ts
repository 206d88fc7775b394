import type { MediaFacts, MediaFile } from '../../media-facts.ts';
import type { Clip, ClipOf, Timeline, TimelineTransition, TrackType } from '../../timeline/schema.ts';
import { placesOf } from '../../timeline/text-input.ts';
import type { Material, Mutable, Segment, Track } from '../edit/parts.ts';
import { clipTimes } from './clip-times.ts';
import { type ClipCurves, projectCurves } from './projected-curves.ts';

/** A segment that carries its clip, so that what edits do not look at comes back as it was. */
export interface ProjectedSegment extends Segment {
  own: Clip;
}

/** A track that carries its own keys. */
export interface ProjectedTrack extends Track {
  own: Omit<Timeline['tracks'][number], 'clips'>;
}

/** What a projection is made with. */
export interface ProjectPorts {
  media?: ReadonlyMap<string, MediaFile>;
  uuid(): string;
  /** Length that the app gives a transition, when it is known. */
  transitionUs(transition: TimelineTransition): number | undefined;
  /** Whether a file is shown as a picture that stands still, or that the app repeats. */
  isStill(facts: MediaFacts): boolean;
}

/**
 * The part of a draft document that edits look at, made from a timeline: where clips lie, what they play, their
 * texts, fades, animations, transitions and curves. Whatever else a clip says travels with its segment.
 *
 * @param timeline - In microseconds, with an id on every track and clip.
 */
export function projectTimeline(timeline: Timeline, ports: ProjectPorts): Mutable {
  const { canvas, tracks, transitions = [] } = timeline;
  const materials = new Materials(ports);
  const leaving = new Map(transitions.map((transition) => [transition.after, transition]));
  const projected = tracks.map(({ clips, ...own }, layer): ProjectedTrack => {
    const segments = (clips as Clip[]).map((clip) =>
      projectClip(clip, { type: own.type, layer }, leaving.get(clip.id!), materials, ports),
    );
    // Read back in the order of time; ties keep the order they were written in.
    segments.sort((a, b) => a.target_timerange.start - b.target_timerange.start);
    return {
      id: own.id!,
      type: own.type,
      ...(own.name ? { name: own.name } : {}),
      own,
      segments,
    } as ProjectedTrack;
  });
  return {
    canvas_config: { width: canvas.width, height: canvas.height },
    fps: canvas.fps,
    duration: endOf(projected),
    tracks: projected,
    materials: materials.arrays,
  };
}

function endOf(tracks: readonly ProjectedTrack[]): number {
  const ends = tracks.flatMap(({ segments }) =>
    segments.map(({ target_timerange: { start, duration } }) => start + (duration ?? 0)),
  );
  return ends.reduce((latest, end) => Math.max(latest, end), 0);
}

/** Collects materials; their ids are such that no text of a user is one. */
class Materials {
  readonly arrays: Record<string, Material[]> = {};
  readonly #ports: ProjectPorts;

  constructor(ports: ProjectPorts) {
    this.#ports = ports;
  }

  add(array: string, material: Mutable): string {
    const id = this.#ports.uuid();
    this.arrays[array] ??= [];
    this.arrays[array].push({ ...material, id });
    return id;
  }
}

function projectClip(
  clip: Clip,
  { type, layer }: { type: TrackType; layer: number },
  transition: TimelineTransition | undefined,
  materials: Materials,
  ports: ProjectPorts,
): ProjectedSegment {
  const file = 'media' in clip ? ports.media?.get(clip.media) : undefined;
  const { startUs, durationUs, source, speed } = clipTimes(clip, file?.facts);
  const refs = [
    ...fadeOf(clip, materials),
    ...animationsOf(clip, durationUs ?? 0, materials),
    ...(transition === undefined ? [] : [transitionOf(transition, materials, ports)]),
  ];
  const curves = 'keyframes' in clip ? (clip.keyframes as ClipCurves | undefined) : undefined;
  return {
    id: clip.id!,
    material_id: materialOf(clip, type, file, materials, ports),
    target_timerange: { start: startUs, duration: durationUs as number },
    ...(source === undefined ? {} : { source_timerange: source }),
    ...('media' in clip ? { speed, volume: clip.volume ?? 1 } : {}),
    ...('reverse' in clip && clip.reverse === true ? { reverse: true } : {}),
    render_index: layer,
    extra_material_refs: refs,
    common_keyframes: projectCurves(curves, ports.uuid),
    own: clip,
  };
}

function materialOf(
  clip: Clip,
  track: TrackType,
  file: MediaFile | undefined,
  materials: Materials,
  ports: ProjectPorts,
): string {
  if ('text' in clip) {
    const text = materials.add('texts', { content: textContent(clip) });
    return clip.template === undefined ? text : templateOf(clip.template, text, materials);
  }
  if (!('media' in clip)) {
    const resource = 'sticker' in clip ? clip.sticker : 'effect' in clip ? clip.effect : clip.filter;
    return materials.add('resources', { name: resource.name ?? resource.id ?? resource.effectId ?? '' });
  }
  const name = clip.name ?? file?.name ?? clip.media.split(/[\\/]/).at(-1);
  const facts = file?.facts;
  const length = facts === undefined || facts.durationUs === 0 ? {} : { duration: facts.durationUs };
  if (track === 'audio') return materials.add('audios', { path: clip.media, name, ...length });
  return materials.add('videos', {
    path: clip.media,
    material_name: name,
    type: facts !== undefined && ports.isStill(facts) ? 'photo' : 'video',
    ...(facts === undefined ? {} : { has_audio: facts.hasAudio }),
    ...length,
  });
}

/** A template as a draft has it, as far as its words go. */
function templateOf(
  { name, id, moreTexts = [] }: NonNullable<ClipOf<'text'>['template']>,
  first: string,
  materials: Materials,
): string {
  const more = moreTexts.map((text) => materials.add('texts', { content: textContent({ text }) }));
  return materials.add('text_templates', {
    name: name ?? id ?? '',
    text_info_resources: [first, ...more].map((text_material_id) => ({ text_material_id })),
  });
}

/** Words and ranges as a draft has them; a range that is found by its words stays with the clip. */
function textContent({ text, ranges = [] }: Pick<ClipOf<'text'>, 'text' | 'ranges'>): string {
  const placed = ranges.flatMap((range, index) =>
    'match' in range ? [] : placesOf(text, range).map((place) => ({ range: place, index })),
  );
  return JSON.stringify({ text, styles: [{ range: [0, text.length] }, ...placed] });
}

function fadeOf(clip: Clip, materials: Materials): string[] {
  if (!('fade' in clip) || clip.fade === undefined) return [];
  const { in: first = 0, out: last = 0 } = clip.fade;
  return [materials.add('audio_fades', { fade_in_duration: Number(first), fade_out_duration: Number(last) })];
}

function animationsOf(clip: Clip, durationUs: number, materials: Materials): string[] {
  if (!('animations' in clip) || clip.animations === undefined) return [];
  const animations = Object.entries(clip.animations).flatMap(([type, animation]) => {
    if (animation === undefined) return [];
    const lengthUs = Number(animation.duration ?? 0);
    return [{ type, start: type === 'out' ? durationUs - lengthUs : 0, duration: lengthUs }];
  });
  return [materials.add('material_animations', { animations })];
}

function transitionOf(transition: TimelineTransition, materials: Materials, ports: ProjectPorts): string {
  const lengthUs = transition.duration ?? ports.transitionUs(transition) ?? 0;
  // The length is remembered, so that one that the app chooses stays its choice unless it is cut.
  return materials.add('transitions', {
    duration: Number(lengthUs),
    usual: Number(lengthUs),
    own: transition,
  });
}
