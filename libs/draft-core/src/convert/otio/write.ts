import type { NormalMediaClip, NormalTextClip, NormalTimeline, NormalTrack } from '../../timeline/model.ts';
import type { Timeline } from '../../timeline/schema.ts';
import { DISSOLVE } from '../dissolve.ts';
import { defined } from '../values.ts';

type Json = Record<string, unknown>;

/**
 * Writes a timeline as OpenTimelineIO: cuts, speed, gaps and transitions as such, captions as markers, and everything
 * else under `metadata.draft`, from where it is read again.
 *
 * @param source - The timeline as it was written, its times in microseconds.
 */
export function writeOtio(timeline: NormalTimeline, source: Timeline): string {
  const { fps } = timeline.canvas;
  const isMedia = ({ type }: NormalTrack): boolean => type === 'video' || type === 'audio';
  const media = timeline.tracks.filter(isMedia);
  const others = timeline.tracks.filter((track) => !isMedia(track));
  const { schema: _, name, timeUnit: __, tracks: ___, transitions: ____, markers: _____, ...head } = source;
  const document = {
    OTIO_SCHEMA: 'Timeline.1',
    name,
    global_start_time: null,
    metadata: {
      draft: { head, tracks: others.map(({ index }) => ({ index, track: source.tracks[index] })) },
    },
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      name: 'tracks',
      children: media.map((track) => trackNode(track, timeline, source)),
      source_range: null,
      effects: [],
      markers: [
        ...others.flatMap((track) => (track.captions ? captionMarkers(track, fps) : [])),
        ...timeline.markers.map(({ atUs, text }) => marker(text, atUs, 0, fps, {})),
      ],
      enabled: true,
      metadata: {},
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function trackNode(track: NormalTrack, timeline: NormalTimeline, source: Timeline): Json {
  const { fps } = timeline.canvas;
  const children: Json[] = [];
  let cursorUs = 0;
  for (const clip of track.clips as NormalMediaClip[]) {
    if (clip.startUs > cursorUs) children.push(gap(clip.startUs - cursorUs, fps));
    children.push(clipNode(clip, fps));
    cursorUs = clip.startUs + clip.durationUs;
    const transition = timeline.transitions.find(({ afterId }) => afterId === clip.id);
    if (transition === undefined) continue;
    const { after: _, duration: __, ...look } = source.transitions![transition.index]!;
    // Half on each side of the cut; a draft keeps their sum only.
    const lengthUs = transition.durationUs ?? 500_000;
    const inUs = Math.floor(lengthUs / 2);
    children.push({
      OTIO_SCHEMA: 'Transition.1',
      name: look.name ?? look.id ?? '',
      transition_type: look.name === DISSOLVE ? 'SMPTE_Dissolve' : 'Custom_Transition',
      in_offset: time(inUs, fps),
      out_offset: time(lengthUs - inUs, fps),
      metadata: {
        draft: {
          transition: look,
          ...(transition.durationUs === undefined ? { isDefaultLength: true } : {}),
        },
      },
    });
  }
  const { clips: _, type, ...more } = source.tracks[track.index]!;
  return {
    OTIO_SCHEMA: 'Track.1',
    name: track.name ?? '',
    kind: type === 'audio' ? 'Audio' : 'Video',
    children,
    source_range: null,
    effects: [],
    markers: [],
    enabled: true,
    metadata: { draft: { track: more } },
  };
}

function clipNode(clip: NormalMediaClip, fps: number): Json {
  const {
    media,
    start: _,
    duration: __,
    source: ___,
    speed: ____,
    name,
    ...kept
  } = clip.input as NormalMediaClip['input'] & { name?: string };
  const lost = { ...kept, ...(name === undefined ? {} : { name }) };
  // OTIO needs a part of the file where a timeline may say none.
  const isFromStart = clip.input.source === undefined && clip.speed === 1 && clip.source.startUs === 0;
  const warp = {
    OTIO_SCHEMA: 'LinearTimeWarp.1',
    name: 'speed',
    effect_name: 'LinearTimeWarp',
    time_scalar: clip.speed,
    metadata: {},
  };
  return {
    OTIO_SCHEMA: 'Clip.2',
    name: name ?? media.replace(/^.*[\\/]/, ''),
    source_range: range(clip.source.startUs, clip.durationUs, fps),
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'ExternalReference.1',
        name: media.replace(/^.*[\\/]/, ''),
        target_url: urlOf(media),
        available_range: null,
        metadata: {},
      },
    },
    active_media_reference_key: 'DEFAULT_MEDIA',
    effects: clip.speed === 1 ? [] : [warp],
    markers: [],
    enabled: true,
    metadata: { draft: defined({ clip: lost, isFromStart: isFromStart ? true : undefined }) },
  };
}

/** Percent signs are read as such again. */
function urlOf(media: string): string {
  return /^[a-z][a-z\d+.-]+:/i.test(media) ? media : media.replaceAll('%', '%25');
}

function gap(durationUs: number, fps: number): Json {
  return {
    OTIO_SCHEMA: 'Gap.1',
    name: '',
    source_range: range(0, durationUs, fps),
    effects: [],
    markers: [],
    enabled: true,
    metadata: {},
  };
}

function captionMarkers({ clips, name }: NormalTrack, fps: number): Json[] {
  return (clips as NormalTextClip[]).map(({ input: { text }, startUs, durationUs }) =>
    marker(text, startUs, durationUs, fps, { draft: { kind: 'caption', text, track: name ?? 'captions' } }),
  );
}

function marker(name: string, startUs: number, durationUs: number, fps: number, metadata: Json): Json {
  return {
    OTIO_SCHEMA: 'Marker.2',
    name,
    color: 'WHITE',
    comment: '',
    marked_range: range(startUs, durationUs, fps),
    metadata,
  };
}

function range(startUs: number, durationUs: number, fps: number): Json {
  return { OTIO_SCHEMA: 'TimeRange.1', start_time: time(startUs, fps), duration: time(durationUs, fps) };
}

/** In frames when it is a whole number of them, else in microseconds. */
function time(us: number, fps: number): Json {
  const frames = (us * fps) / 1_000_000;
  const isWhole = Number.isInteger(frames);
  return { OTIO_SCHEMA: 'RationalTime.1', rate: isWhole ? fps : 1_000_000, value: isWhole ? frames : us };
}
