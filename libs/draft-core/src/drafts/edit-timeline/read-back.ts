import type { MediaFacts } from '../../media-facts.ts';
import type { Clip, ClipOf, Timeline, TimelineTransition, Track } from '../../timeline/schema.ts';
import { curvesOf } from '../edit/curves.ts';
import type { EditDraft } from '../edit/edit-draft.ts';
import type { Material, Mutable } from '../edit/parts.ts';
import { clipPlace } from '../edit/select.ts';
import { isObject, listOf, numberOf, objectOf, textOf } from '../loose.ts';
import { clipTimes } from './clip-times.ts';
import type { ProjectedSegment, ProjectedTrack } from './project.ts';
import { readCurves } from './projected-curves.ts';

/** What reading back needs to know. */
export interface ReadBackPorts {
  /** What is known of a file. */
  factsOf(media: string): MediaFacts | undefined;
  /** The `media` that edits named, by the path that it has in the draft. */
  mediaAt(path: string): string;
  /** Whether a file is shown as a picture that stands still, or that the app repeats. */
  isStill(facts: MediaFacts): boolean;
  /** Told of a file on a video track whose kind decides, and is not known. */
  wants(media: string): void;
}

/** Makes the timeline of a projection that was edited; clips that nothing changed come back as they were. */
export function readBack(draft: EditDraft, before: Timeline, ports: ReadBackPorts): Timeline {
  const known = new Set(before.tracks.map(({ id }) => id));
  const transitions: TimelineTransition[] = [];
  const tracks = (draft.tracks as readonly ProjectedTrack[]).map((track): Track => {
    const clips = (track.segments as ProjectedSegment[]).map((segment) => {
      transitions.push(...leavingOf(draft, segment));
      return readClip(draft, track, segment, ports);
    });
    if (known.has(track.id)) return { ...track.own, clips } as Track;
    const { layer: _, absoluteLayer: __, name: ___, ...own } = track.own;
    return { ...own, id: track.id, ...(track.name ? { name: track.name } : {}), clips } as Track;
  });
  const { transitions: former = [], ...rest } = before;
  const clips = new Set(before.tracks.flatMap((track) => (track.clips as Clip[]).map(({ id }) => id)));
  const kept = [...transitions, ...former.filter(({ after }) => !clips.has(after))];
  return { ...rest, tracks, ...(kept.length === 0 ? {} : { transitions: kept }) };
}

function leavingOf(draft: EditDraft, segment: ProjectedSegment): TimelineTransition[] {
  return draft.companions(segment, 'transitions').map(({ own, duration, usual }) => ({
    ...(own as TimelineTransition),
    after: segment.id,
    ...(duration === usual ? {} : { duration: Number(duration) }),
  }));
}

function readClip(
  draft: EditDraft,
  track: ProjectedTrack,
  segment: ProjectedSegment,
  ports: ReadBackPorts,
): Clip {
  const clip = { ...segment.own, id: segment.id } as Mutable & { id: string };
  const set = (key: string, value: unknown, former: unknown): void => {
    if (JSON.stringify(value) !== JSON.stringify(former)) clip[key] = value;
  };
  const { start, duration } = segment.target_timerange;
  const material = draft.material(segment.material_id)?.material ?? {};
  if ('media' in segment.own) readFile(track, segment, material, clip, ports);
  const facts = 'media' in segment.own ? ports.factsOf(segment.own.media) : undefined;
  const times = clipTimes(segment.own, facts);
  set('start', start, times.startUs);
  set('duration', duration ?? undefined, times.durationUs);
  if ('text' in segment.own && segment.own.template !== undefined)
    readTemplate(draft.templateTexts(material as Material), segment.own, clip);
  else if ('text' in segment.own) readText(material, segment.own, clip);
  readFade(draft, segment, clip);
  readAnimations(draft, segment, clip);
  const curves = curvesOf(segment);
  if (curves.length > 0) clip.keyframes = readCurves(curves, clipPlace(draft, { track, segment }));
  return clip as unknown as Clip;
}

function readFile(
  track: ProjectedTrack,
  segment: ProjectedSegment,
  material: Mutable,
  clip: Mutable,
  ports: ReadBackPorts,
): void {
  const own = segment.own as ClipOf<'video'>;
  const path = textOf(material.path) ?? own.media;
  const isReplaced = path !== own.media;
  if (isReplaced) {
    clip.media = ports.mediaAt(path);
    delete clip.name;
  }
  const facts = ports.factsOf(String(clip.media));
  const before = clipTimes(own, ports.factsOf(own.media));
  const speed = segment.speed ?? 1;
  if (speed !== before.speed) clip.speed = speed;
  if (segment.volume !== (own.volume ?? 1)) clip.volume = segment.volume;
  if (typeof segment.is_tone_modify === 'boolean') clip.changePitch = segment.is_tone_modify;
  const source = segment.source_timerange ?? undefined;
  if (source === undefined) return;
  const isSame = source.start === before.source?.start && source.duration === before.source.duration;
  if (facts !== undefined && ports.isStill(facts)) {
    // A still picture has neither speed nor a place in its file.
    if (!isSame || isReplaced) for (const key of ['source', 'speed']) delete clip[key];
    return;
  }
  if (isSame && speed === before.speed) return;
  const decides = source.start !== before.source?.start || speed !== before.speed;
  if (facts === undefined && decides && track.type === 'video' && !isMoving(own, before.speed))
    ports.wants(String(clip.media));
  if (own.source !== undefined || source.start !== 0 || speed !== 1)
    clip.source = { start: source.start, duration: source.duration };
}

/** Whether a clip says something that only a moving picture can have. */
function isMoving(clip: ClipOf<'video'>, speed: number): boolean {
  return speed !== 1 || Number(clip.source?.start ?? 0) > 0;
}

function readTemplate(texts: readonly Material[], own: ClipOf<'text'>, clip: Mutable): void {
  const [text = '', ...moreTexts] = texts.map((one) =>
    String(objectOf(JSON.parse(String(one.content))).text),
  );
  if (text !== own.text) clip.text = text;
  const { template } = own;
  if (JSON.stringify(moreTexts) !== JSON.stringify(template!.moreTexts ?? []))
    clip.template = { ...template, moreTexts };
}

function readText(material: Mutable, own: ClipOf<'text'>, clip: Mutable): void {
  const { text, styles } = objectOf(JSON.parse(String(material.content)));
  if (text === own.text) return;
  clip.text = text;
  const ranges = listOf(styles).flatMap((style) => {
    const { range, index } = objectOf(style);
    const [start, end] = listOf(range);
    return typeof index === 'number' ? [{ ...own.ranges![index], start, end }] : [];
  });
  const found = (own.ranges ?? []).filter((range) => 'match' in range && String(text).includes(range.match));
  const all = [...ranges, ...found];
  if (all.length > 0) clip.ranges = all;
  else delete clip.ranges;
}

function readFade(draft: EditDraft, segment: ProjectedSegment, clip: Mutable): void {
  if (!('fade' in segment.own) || segment.own.fade === undefined) return;
  const [fade] = draft.companions(segment, 'audio_fades');
  const ends = { in: numberOf(fade?.fade_in_duration) ?? 0, out: numberOf(fade?.fade_out_duration) ?? 0 };
  const former = segment.own.fade;
  const isSame = ends.in === Number(former.in ?? 0) && ends.out === Number(former.out ?? 0);
  if (isSame) return;
  if (ends.in === 0 && ends.out === 0) delete clip.fade;
  else clip.fade = ends;
}

function readAnimations(draft: EditDraft, segment: ProjectedSegment, clip: Mutable): void {
  if (!('animations' in segment.own) || segment.own.animations === undefined) return;
  const [material] = draft.companions(segment, 'material_animations');
  const former = segment.own.animations as Record<string, { duration?: unknown } | undefined>;
  const now = listOf(material?.animations)
    .filter(isObject)
    .flatMap(({ type, duration }) => {
      const own = former[String(type)];
      if (own === undefined) return [];
      const isStated = own.duration !== undefined && type !== 'loop' && Number(own.duration) !== duration;
      return [[String(type), isStated ? { ...own, duration } : own] as const];
    })
    .filter(([, { duration }]) => duration === undefined || Number(duration) > 0);
  if (now.length === 0) delete clip.animations;
  else clip.animations = Object.fromEntries(now);
}
