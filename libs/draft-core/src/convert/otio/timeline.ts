import { captionTracks } from '../../captions/caption-tracks.ts';
import type { Clip, ClipOf, Timeline, Track } from '../../timeline/schema.ts';
import type { ReadTimeline } from '../complete.ts';
import type { ConvertOptions } from '../converter.ts';
import { DISSOLVE } from '../dissolve.ts';
import type { Fields, Path } from '../fields.ts';
import type { Findings } from '../findings.ts';
import type { Cue } from '../subtitles/cue.ts';
import { TimelineBuilder } from '../timeline-builder.ts';
import { defined, isRecord, numeric } from '../values.ts';
import { type ClipContext, makeClip, readNote, toUs } from './clip.ts';
import { type PlacedClip, type PlacedTransition, TrackLayout } from './layout.ts';
import { exactRate, metadataOf, nodeFields, readRange, readTime, schemaOf } from './nodes.ts';

/** Makes a timeline of a `Timeline` node. */
export function buildTimeline(
  node: unknown,
  path: Path,
  options: ConvertOptions,
  findings: Findings,
): ReadTimeline {
  const fields = nodeFields(node, path, findings);
  const kept = metadataOf(node, 'draft');
  const globalS = readTime(fields, 'global_start_time') ?? 0;
  if (globalS !== 0) {
    findings.report(
      'DR161',
      'warning',
      fields.pointer('global_start_time'),
      `global_start_time ${globalS} s dropped: a draft starts at 0`,
    );
  }
  const builder = new TimelineBuilder();
  const stack = nodeFields(fields.raw('tracks'), [...path, 'tracks'], findings);
  if (schemaOf(fields.raw('tracks')) !== 'Stack')
    fields.error('DR162', `${fields.place}.tracks must be a Stack.1`, {}, 'tracks');
  const window = windowOf(stack);
  const context: ClipContext = {
    options,
    findings,
    speedChangesLength: metadataOf(node, 'capcut') !== undefined,
    addMarker: (marker) => builder.addMarker(marker),
  };
  const keptTracks = new Map(
    (Array.isArray(kept?.tracks) ? kept.tracks : []).flatMap((entry) => keptTrack(entry)),
  );
  for (const [index, child] of stack.list('children').entries()) {
    addTrack(child, [...stack.path, 'children', index], window, builder, context);
  }
  addStackMarkers(stack, keptTracks.size > 0, builder, context);
  stack.ignore('name', 'effects', 'enabled');
  stack.finish();
  const name = fields.text('name') ?? 'otio timeline';
  fields.finish();
  const head = isRecord(kept?.head) ? (kept.head as Partial<Timeline>) : {};
  const canvas = head.canvas ?? {
    ...(options.canvas ?? { width: 1920, height: 1080 }),
    fps: options.fps ?? frameRate(stack.raw('children')),
  };
  const built = builder.finish({ name, canvas }, 'us', isRecord(kept));
  const { timeline } = built;
  // Tracks that OTIO has no place for go back to where they were.
  for (const [at, track] of [...keptTracks].sort(([a], [b]) => a - b)) timeline.tracks.splice(at, 0, track);
  return { ...built, timeline: Object.assign(timeline, { ...head, canvas }) };
}

function keptTrack(entry: unknown): [number, Track][] {
  if (!isRecord(entry) || !isRecord(entry.track) || !Array.isArray(entry.track.clips)) return [];
  return [[numeric(entry.index) || 0, structuredClone(entry.track) as unknown as Track]];
}

function windowOf(stack: Fields): { startS: number; endS: number } {
  const range = readRange(stack, 'source_range');
  return range === undefined
    ? { startS: 0, endS: Number.POSITIVE_INFINITY }
    : { startS: range.start, endS: range.start + range.duration };
}

function addTrack(
  node: unknown,
  path: Path,
  window: { startS: number; endS: number },
  builder: TimelineBuilder,
  context: ClipContext,
): void {
  const { findings } = context;
  const fields = nodeFields(node, path, findings);
  const isTrack = schemaOf(node) === 'Track';
  const kind = isTrack ? (fields.text('kind') ?? 'Video') : 'Video';
  const type = /^video$/i.test(kind) ? 'video' : /^audio$/i.test(kind) ? 'audio' : undefined;
  const name = fields.text('name');
  const isOff = fields.flag('enabled') === false;
  if (type === undefined || isOff) {
    const why = isOff ? 'it is switched off' : `nobody knows the kind ${JSON.stringify(kind)}`;
    findings.report(
      'DR161',
      'warning',
      fields.pointer(),
      `${fields.place}: the track ${JSON.stringify(name ?? '')} is left out, ${why}`,
    );
    return;
  }
  const layout = new TrackLayout(findings, (media) => {
    const us = context.options.facts.get(media)?.durationUs ?? 0;
    return us > 0 ? us / 1_000_000 : undefined;
  });
  const range = isTrack ? readRange(fields, 'source_range') : undefined;
  const children = isTrack ? fields.list('children') : [node];
  const from = -(range?.start ?? 0) - window.startS;
  const visible: [number, number] = [
    Math.max(0, -window.startS),
    Math.min(range?.duration ?? Number.POSITIVE_INFINITY, window.endS) - window.startS,
  ];
  const lanes = layout.layTrack(
    children,
    isTrack ? [...path, 'children'] : path.slice(0, -1),
    from,
    visible,
    0,
  );
  if (isTrack) dropEffects(fields, context);
  if (isTrack) fields.finish();
  for (const container of layout.containers) {
    dropEffects(container, context);
    container.finish();
  }
  const more = metadataOf(node, 'draft')?.track;
  for (let lane = 0; lane < lanes; lane++) {
    const clips = layout.clips.filter((clip) => clip.lane === lane);
    if (clips.length > 0)
      addLane(
        lane,
        clips,
        layout.transitions,
        { type: layout.soundLanes.has(lane) ? 'audio' : type, name, more, path },
        builder,
        context,
      );
  }
}

function addLane(
  lane: number,
  placed: readonly PlacedClip[],
  transitions: readonly PlacedTransition[],
  {
    type,
    name,
    more,
    path,
  }: { type: 'video' | 'audio'; name: string | undefined; more: unknown; path: Path },
  builder: TimelineBuilder,
  context: ClipContext,
): void {
  const label = name === undefined || name === '' || lane === 0 ? name : `${name} ${lane + 1}`;
  const isTaken = builder.tracks.some((track) => track.name === label);
  const track = builder.addTrack(
    type,
    isRecord(more)
      ? (more as Partial<Track>)
      : defined({ name: label === '' || isTaken ? undefined : label }),
    path,
  );
  const made = new Map<PlacedClip, Clip>();
  let shiftUs = 0;
  for (const one of placed) {
    const clip = makeClip(one, context) as ClipOf<'video'>;
    // The tool that wrote the file counts with the shorter or longer clip.
    if (context.speedChangesLength && clip.speed !== undefined && clip.source?.duration !== undefined) {
      const written = clip.duration as number;
      clip.source.duration = written;
      clip.duration = Math.round(written / clip.speed);
      clip.start = (clip.start as number) + shiftUs;
      shiftUs += clip.duration - written;
    } else clip.start = (clip.start as number) + shiftUs;
    made.set(one, clip);
    builder.addClip(track, clip as Clip, one.fields.path);
  }
  for (const { fields, node, durationS, before, after } of transitions) {
    const clip = made.get(before);
    if (clip === undefined || !made.has(after)) continue;
    builder.addTransition(
      track,
      clip,
      { ...transitionOf(fields, node), ...lengthOf(node, durationS) },
      fields.path,
    );
  }
}

/** The length of a transition; one that was not written down is that of the catalog again. */
function lengthOf(node: unknown, durationS: number): { duration?: number } {
  return metadataOf(node, 'draft')?.isDefaultLength === true ? {} : { duration: toUs(durationS) };
}

function transitionOf(fields: Fields, node: unknown): { name?: string; id?: string } {
  const kept = metadataOf(node, 'draft')?.transition;
  const type = fields.text('transition_type') ?? 'SMPTE_Dissolve';
  fields.ignore('name', 'enabled');
  fields.finish();
  if (isRecord(kept)) return kept as { name?: string; id?: string };
  if (!/dissolve/i.test(type)) {
    fields.warn(
      'DR166',
      `${fields.place}: the transition ${JSON.stringify(type)} is replaced by a dissolve`,
      {},
      'transition_type',
    );
  }
  return { name: DISSOLVE };
}

function dropEffects(fields: Fields, context: ClipContext): void {
  const { findings } = context;
  for (const [index, effect] of fields.list('effects').entries()) {
    const { effect_name: name = schemaOf(effect) } = (effect ?? {}) as { effect_name?: unknown };
    findings.report(
      'DR161',
      'warning',
      fields.pointer('effects', index),
      `${fields.place}.effects[${index}]: the effect ${JSON.stringify(name)} of a track is dropped`,
    );
  }
  for (const [index, node] of fields.list('markers').entries()) {
    readNote(nodeFields(node, [...fields.path, 'markers', index], findings), 0, context);
  }
}

/** Markers of the whole timeline are captions when their metadata say so, and notes otherwise. */
function addStackMarkers(
  stack: Fields,
  areKept: boolean,
  builder: TimelineBuilder,
  context: ClipContext,
): void {
  const { findings } = context;
  const cues = new Map<string, Cue[]>();
  for (const [index, node] of stack.list('markers').entries()) {
    const marker = nodeFields(node, [...stack.path, 'markers', index], findings);
    const caption = [metadataOf(node, 'draft'), metadataOf(node, 'capcut')].find(
      (meta) => meta?.kind === 'caption',
    );
    if (caption === undefined) {
      readNote(marker, 0, context);
      continue;
    }
    if (areKept) continue;
    const text = typeof caption.text === 'string' ? caption.text : (marker.text('name') ?? '');
    const range = readRange(marker, 'marked_range');
    if (range === undefined || range.duration <= 0 || text.trim() === '') continue;
    const track = typeof caption.track === 'string' && caption.track !== '' ? caption.track : 'captions';
    if (!cues.has(track)) cues.set(track, []);
    cues.get(track)!.push({ text, startUs: toUs(range.start), endUs: toUs(range.start + range.duration) });
  }
  for (const [name, list] of cues) {
    const { tracks, problems } = captionTracks(list, { name, lenient: true });
    for (const { pointer: _, ...problem } of problems)
      findings.add({ ...problem, pointer: stack.pointer('markers') });
    for (const { type, clips, ...more } of tracks) {
      const track = builder.addTrack(type, more, [...stack.path, 'markers']);
      for (const clip of clips as Clip[]) builder.addClip(track, clip, [...stack.path, 'markers']);
    }
  }
}

const FRAME_RATES = [24, 25, 30, 50, 60];

/** The rate that most clips of the pictures are counted in, when a draft can have it. */
function frameRate(children: unknown): number {
  const counts = new Map<number, number>();
  const visit = (node: unknown, depth: number): void => {
    if (!isRecord(node) || depth > TrackLayout.MAX_DEPTH || node.kind === 'Audio') return;
    const { duration } = (isRecord(node.source_range) ? node.source_range : {}) as {
      duration?: { rate?: unknown };
    };
    const rate = Math.round(exactRate(numeric(duration?.rate)));
    if (schemaOf(node) === 'Clip' && FRAME_RATES.includes(rate))
      counts.set(rate, (counts.get(rate) ?? 0) + 1);
    for (const child of Array.isArray(node.children) ? node.children : []) visit(child, depth + 1);
  };
  for (const child of Array.isArray(children) ? children : []) visit(child, 0);
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? 30;
}
