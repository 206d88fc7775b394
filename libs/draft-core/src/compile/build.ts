import type { MediaFile } from '../media-facts.ts';
import type { Profile } from '../profiles/profile.ts';
import type { NormalClip, NormalTimeline, NormalTrack, NormalVideoClip } from '../timeline/model.ts';
import type { JsonObject } from './compiled-draft.ts';
import { compileCurves } from './keyframes.ts';
import { MediaPool } from './media-pool.ts';
import { drawnSegment, mediaSegment } from './segment.ts';
import { textMaterial } from './text-material.ts';

/** What the builder needs besides the timeline. */
export interface BuildInput {
  profile: Profile;
  media: ReadonlyMap<string, MediaFile>;
  newId: () => string;
}

/** Tracks and materials of a draft. */
export interface BuiltTracks {
  tracks: JsonObject[];
  materials: { [array: string]: JsonObject[] };
  pool: MediaPool;
  /** End of the last segment. */
  durationUs: number;
}

/** Turns the clips of a checked timeline into segments and their materials. */
export function buildTracks(timeline: NormalTimeline, input: BuildInput): BuiltTracks {
  return new Builder(timeline, input).build();
}

class Builder {
  readonly #timeline: NormalTimeline;
  readonly #media: ReadonlyMap<string, MediaFile>;
  readonly #newId: () => string;
  readonly #pool: MediaPool;
  readonly #materials: { [array: string]: JsonObject[] };

  constructor(timeline: NormalTimeline, { profile, media, newId }: BuildInput) {
    this.#timeline = timeline;
    this.#media = media;
    this.#newId = newId;
    this.#pool = new MediaPool(profile, newId);
    this.#materials = { videos: this.#pool.videos, audios: this.#pool.audios };
  }

  build(): BuiltTracks {
    let durationUs = 0;
    const tracks = [...this.#timeline.tracks]
      .sort((a, b) => a.renderIndex - b.renderIndex)
      .flatMap((track) => {
        const segments = track.clips
          .map((clip) => this.#segment(clip, track))
          .filter((segment) => segment !== undefined);
        if (segments.length === 0) return [];
        for (const clip of track.clips) durationUs = Math.max(durationUs, clip.startUs + clip.durationUs);
        return [this.#track(track, segments)];
      });
    return { tracks, materials: this.#materials, pool: this.#pool, durationUs };
  }

  #track({ type, name, muted }: NormalTrack, segments: JsonObject[]): JsonObject {
    return {
      attribute: muted ? 1 : 0,
      flag: 0,
      id: this.#newId(),
      is_default_name: name === undefined,
      name: name ?? '',
      segments,
      type,
    };
  }

  #segment(clip: NormalClip, track: NormalTrack): JsonObject | undefined {
    switch (clip.kind) {
      case 'video':
      case 'audio': {
        const file = this.#media.get(clip.input.media)!;
        const materialId =
          clip.kind === 'video' ? this.#pool.video(file, clip.input) : this.#pool.audio(file, clip.input);
        return mediaSegment(clip, track, this.#parts(clip, materialId, this.#mediaRefs(clip)));
      }
      case 'text': {
        const material = textMaterial(clip.input, this.#newId());
        this.#add('texts', material);
        return drawnSegment(clip, track, this.#parts(clip, String(material.id), []));
      }
      default:
        // Reported by `reportCatalogFeatures`.
        return undefined;
    }
  }

  #parts(
    clip: Extract<NormalClip, { curves: unknown }>,
    materialId: string,
    refs: string[],
  ): { id: string; materialId: string; refs: string[]; keyframes: JsonObject[] } {
    const keyframes = compileCurves(clip.curves, this.#timeline.canvas.fps, this.#newId);
    return { id: this.#newId(), materialId, refs, keyframes };
  }

  /** Companions in the order in which they are told: speed, animation, fade, background, mask, effects, transition. */
  #mediaRefs(clip: Extract<NormalClip, { speed: number }>): string[] {
    const refs = [
      this.#add('speeds', {
        curve_speed: null,
        id: this.#newId(),
        mode: 0,
        speed: clip.speed,
        type: 'speed',
      }),
    ];
    if (clip.fade !== undefined && clip.fade.inUs + clip.fade.outUs > 0) {
      const inUs = Math.min(clip.fade.inUs, clip.durationUs);
      refs.push(
        this.#add('audio_fades', {
          fade_in_duration: inUs,
          // The grid may have made the clip a little shorter than the two fades.
          fade_out_duration: Math.min(clip.fade.outUs, clip.durationUs - inUs),
          fade_type: 0,
          id: this.#newId(),
          type: 'audio_fade',
        }),
      );
    }
    if (clip.kind === 'video' && clip.input.background !== undefined) {
      refs.push(this.#add('canvases', this.#canvas(clip.input.background)));
    }
    return refs;
  }

  #canvas(fill: NonNullable<NormalVideoClip['input']['background']>): JsonObject {
    const isBlur = fill.type === 'blur';
    const color = isBlur ? '#00000000' : fill.color.length === 7 ? `${fill.color}FF` : fill.color;
    return {
      blur: isBlur ? (fill.level ?? 0.0625) : 0,
      color,
      id: this.#newId(),
      source_platform: 0,
      type: isBlur ? 'canvas_blur' : 'canvas_color',
    };
  }

  #add(array: string, material: JsonObject): string {
    this.#materials[array] ??= [];
    this.#materials[array].push(material);
    return String(material.id);
  }
}
