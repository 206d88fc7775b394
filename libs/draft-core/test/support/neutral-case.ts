import type { ClipOf, MediaFile, Timeline } from '../../src/index.ts';
import { paperFile } from './media.ts';

// biome-ignore lint/suspicious/noExplicitAny: the cases come from outside and have no types
type Loose = Record<string, any>;

/** Turns a `neutral-case/1` description into a timeline and the files it needs. */
export function fromNeutralCase(input: Loose): { timeline: Timeline; media: Map<string, MediaFile> } {
  const media = new Map<string, MediaFile>();
  for (const [key, file] of Object.entries(input.media as Record<string, Loose>)) {
    media.set(
      key,
      paperFile(file.file, {
        kind: file.type,
        width: file.width ?? 0,
        height: file.height ?? 0,
        durationUs: file.duration_us ?? 0,
        hasAudio: file.has_audio,
      }),
    );
  }
  const transitions: Loose[] = [];
  const tracks = (input.tracks as Loose[]).map((track, trackIndex) => ({
    type: track.type,
    name: track.name,
    ...defined({ muted: track.muted, absoluteLayer: track.absolute_layer }),
    ...(track.absolute_layer === undefined ? { layer: track.layer ?? 0 } : {}),
    ...(track.import_srt === undefined ? {} : captionFields(track)),
    clips: clipsOf(track, input).map((clip: Loose, index: number) => {
      const id = `c${trackIndex}-${index}`;
      if (clip.transition_to_next) transitions.push({ after: id, ...clip.transition_to_next });
      return { id, ...clipOf(clip) };
    }),
  }));
  const timeline = {
    schema: 'draft-timeline/1',
    name: input.case,
    profile: input.profile,
    timeUnit: input.time_unit,
    canvas: input.canvas,
    mainTrackMagnet: input.main_track_magnet,
    tracks,
    ...(transitions.length > 0 ? { transitions } : {}),
  } as unknown as Timeline;
  return { timeline, media };
}

function clipsOf(track: Loose, { srt }: Loose): Loose[] {
  if (track.import_srt === undefined) return track.clips;
  return srt.map(({ start, end, text }: Loose) => ({
    text,
    target: { start: start + (track.offset ?? 0), duration: end - start },
    ...defined({ bubble: track.bubble, text_effect: track.text_effect }),
  }));
}

/** An import that says nothing of its looks has those of captions; else what it leaves out is that of any text. */
function captionFields(track: Loose): Loose {
  if ((track.style ?? track.transform ?? track.border) === undefined) return { captions: true };
  const style = { size: 8, align: 'left', autoWrap: false, ...textStyleOf(track) };
  const transform = { y: 0, ...transformOf(track.transform ?? {}) };
  return { captions: true, defaults: defined({ style, transform, animations: track.animation }) };
}

function clipOf(clip: Loose): Loose {
  return defined({
    media: clip.media,
    name: clip.media_name,
    text: clip.text,
    start: clip.target.start,
    duration: clip.target.duration,
    source: clip.source,
    speed: clip.speed,
    changePitch: clip.change_pitch,
    volume: clip.volume,
    fade: clip.sound_fade,
    crop: clip.crop,
    transform: clip.transform && transformOf(clip.transform),
    background: clip.text === undefined ? clip.background && backgroundOf(clip.background) : undefined,
    keyframes: clip.keyframes && keyframesOf(clip.keyframes),
    style: clip.text === undefined ? undefined : textStyleOf(clip),
    bubble: clip.bubble && { effectId: clip.bubble.effect_id, resourceId: clip.bubble.resource_id },
    decoration: clip.text_effect && { effectId: clip.text_effect.effect_id },
    animations: clip.animation,
    mixMode: typeof clip.mix_mode === 'string' ? { name: clip.mix_mode } : clip.mix_mode,
    effects: (clip.effects ?? clip.audio_effects)?.map(effectOf),
    filters: clip.filters,
    mask: clip.mask && maskOf(clip.mask),
    effect: clip.effect && effectOf(clip.effect),
    filter: clip.filter,
    sticker: clip.sticker && { id: clip.sticker.resource_id ?? clip.sticker },
  });
}

function transformOf(transform: Loose): Loose {
  return defined({
    x: transform.x,
    y: transform.y,
    scaleX: transform.scale_x,
    scaleY: transform.scale_y,
    rotation: transform.rotation,
    opacity: transform.alpha,
    flipX: transform.flip_horizontal,
    flipY: transform.flip_vertical,
  });
}

function backgroundOf({ type, blur, color }: Loose): NonNullable<ClipOf<'video'>['background']> {
  return type === 'blur' ? { type, level: blur } : { type, color };
}

const properties: Record<string, string> = {
  position_x: 'positionX',
  position_y: 'positionY',
  uniform_scale: 'scale',
  scale_x: 'scaleX',
  scale_y: 'scaleY',
  alpha: 'opacity',
};

function keyframesOf(list: Loose[]): Loose {
  return Object.fromEntries(
    list.map(({ property, points }) => [
      properties[property] ?? property,
      points.map(({ at, value }: Loose) => [at, value]),
    ]),
  );
}

function textStyleOf({ style = {}, font, border, background, shadow }: Loose): Loose {
  return defined({
    size: style.size,
    bold: style.bold,
    italic: style.italic,
    underline: style.underline,
    color: style.color,
    opacity: style.alpha,
    align: style.align,
    vertical: style.vertical,
    letterSpacing: style.letter_spacing,
    lineSpacing: style.line_spacing,
    autoWrap: style.auto_wrap,
    maxLineWidth: style.max_line_width,
    font: font && { name: font },
    border: border && defined({ color: border.color, opacity: border.alpha, width: border.width }),
    background:
      background &&
      defined({
        color: background.color,
        style: background.style,
        opacity: background.alpha,
        roundRadius: background.round_radius,
        height: background.height,
        width: background.width,
        horizontalOffset: background.horizontal_offset,
        verticalOffset: background.vertical_offset,
      }),
    shadow:
      shadow &&
      defined({
        color: shadow.color,
        opacity: shadow.alpha,
        diffuse: shadow.diffuse,
        distance: shadow.distance,
        angle: shadow.angle,
      }),
  });
}

const shapes: Record<string, string> = {
  线性: 'line',
  镜面: 'mirror',
  圆形: 'circle',
  矩形: 'rectangle',
  爱心: 'heart',
  星形: 'star',
};

function maskOf(mask: Loose): Loose {
  return defined({
    shape: shapes[mask.shape],
    centerX: mask.center_x_px,
    centerY: mask.center_y_px,
    size: mask.size,
    rotation: mask.rotation,
    feather: mask.feather,
    invert: mask.invert,
    rectWidth: mask.rect_width,
    roundCorner: mask.round_corner,
  });
}

const effectKinds: Record<string, string> = {
  audio_scene_effect: 'scene',
  audio_tone_effect: 'tone',
  audio_speech_to_song: 'speech-to-song',
  video_scene_effect: 'scene',
  video_character_effect: 'character',
};

function effectOf({ kind, name, params }: Loose): Loose {
  return defined({
    name,
    kind: effectKinds[kind],
    params: params && Object.fromEntries(params.map(({ index, value }: Loose) => [String(index), value])),
  });
}

function defined(object: Loose): Loose {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
