import type { MediaFile } from '../media-facts.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Resources } from '../resources/resources.ts';
import type {
  NormalClip,
  NormalMediaClip,
  NormalStickerClip,
  NormalTextClip,
  NormalTimeline,
  NormalTrack,
  NormalTransition,
  NormalVideoClip,
} from '../timeline/model.ts';
import { CatalogFeatures } from './catalog-features.ts';
import type { JsonObject } from './compiled-draft.ts';
import { compileCurves } from './keyframes.ts';
import { MaterialSet } from './material-set.ts';
import { audioFadeMaterial } from './materials/audio-fade.ts';
import { canvasMaterial } from './materials/canvas.ts';
import { chromaMaterial } from './materials/chroma.ts';
import { maskMaterial } from './materials/mask.ts';
import { speedMaterial } from './materials/speed.ts';
import { MediaPool } from './media-pool.ts';
import { bareSegment, drawnSegment, mediaSegment, type SegmentParts } from './segment.ts';
import { TextMaterials } from './text-material.ts';

/** What the builder needs besides the timeline. */
export interface BuildInput {
  profile: Profile;
  media: ReadonlyMap<string, MediaFile>;
  resources: Resources;
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

/** How JianYing 11 marks video tracks over the main one; it is the only app that is known to. */
const OVERLAY_FLAG = 2;

class Builder {
  readonly #timeline: NormalTimeline;
  readonly #profile: Profile;
  readonly #media: ReadonlyMap<string, MediaFile>;
  readonly #newId: () => string;
  readonly #pool: MediaPool;
  readonly #materials = new MaterialSet();
  readonly #features: CatalogFeatures;
  readonly #texts: TextMaterials;
  readonly #transitions: ReadonlyMap<string, NormalTransition>;

  constructor(timeline: NormalTimeline, { profile, media, resources, newId }: BuildInput) {
    this.#timeline = timeline;
    this.#profile = profile;
    this.#media = media;
    this.#newId = newId;
    this.#pool = new MediaPool(profile, newId);
    this.#features = new CatalogFeatures(resources, this.#materials, newId);
    this.#texts = new TextMaterials((font) =>
      font.file === undefined
        ? { id: this.#features.fontId(font) }
        : { path: this.#pool.font(this.#media.get(font.file)!) },
    );
    this.#transitions = new Map(timeline.transitions.map((transition) => [transition.afterId, transition]));
  }

  build(): BuiltTracks {
    let durationUs = 0;
    const used = this.#timeline.tracks.filter(({ clips }) => clips.length > 0);
    used.sort((a, b) => a.renderIndex - b.renderIndex);
    const main = used.find(({ type }) => type === 'video');
    const tracks = used.map((track) => {
      const segments = track.clips.map((clip) => this.#segment(clip, track));
      for (const clip of track.clips) durationUs = Math.max(durationUs, clip.startUs + clip.durationUs);
      return this.#track(track, segments, track.type === 'video' && track !== main);
    });
    const { videos, audios } = this.#pool;
    return { tracks, materials: { ...this.#materials.arrays, videos, audios }, pool: this.#pool, durationUs };
  }

  #track({ type, name, muted }: NormalTrack, segments: JsonObject[], isOverlay: boolean): JsonObject {
    return {
      attribute: muted ? 1 : 0,
      flag: isOverlay && this.#profile.nativeMarkers !== undefined ? OVERLAY_FLAG : 0,
      id: this.#newId(),
      is_default_name: name === undefined,
      name: name ?? '',
      segments,
      type,
    };
  }

  #segment(clip: NormalClip, track: NormalTrack): JsonObject {
    switch (clip.kind) {
      case 'video':
      case 'audio':
        return this.#mediaSegment(clip, track);
      case 'text': {
        const [materialId, refs] = this.#text(clip);
        return drawnSegment(clip, track, this.#parts(clip, materialId, refs));
      }
      case 'sticker':
        return drawnSegment(clip, track, this.#stickerParts(clip));
      case 'effect': {
        const materialId = this.#features.videoEffect(clip.input.effect, 'everything');
        return bareSegment(clip, track, { id: this.#newId(), materialId });
      }
      case 'filter': {
        const materialId = this.#features.filter(clip.input.filter);
        return bareSegment(clip, track, { id: this.#newId(), materialId });
      }
    }
  }

  #stickerParts(clip: NormalStickerClip): SegmentParts {
    const materialId = this.#features.sticker(clip.input.sticker);
    return this.#parts(clip, materialId, this.#features.animations(clip));
  }

  #mediaSegment(clip: NormalMediaClip, track: NormalTrack): JsonObject {
    const file = this.#media.get(clip.input.media)!;
    if (clip.kind === 'audio') {
      const materialId = this.#pool.audio(file, clip.input);
      return mediaSegment(clip, track, this.#parts(clip, materialId, this.#soundRefs(clip)));
    }
    const materialId = this.#pool.video(file, clip.input);
    const segment = mediaSegment(clip, track, this.#parts(clip, materialId, this.#pictureRefs(clip, file)));
    const isMasked = clip.input.mask !== undefined && this.#profile.masks.segmentFlag;
    return isMasked ? { ...segment, enable_video_mask: true } : segment;
  }

  #parts(clip: Extract<NormalClip, { curves: unknown }>, materialId: string, refs: string[]): SegmentParts {
    const keyframes = compileCurves(clip.curves, this.#timeline.canvas.fps, this.#newId);
    return { id: this.#newId(), materialId, refs, keyframes };
  }

  #soundRefs(clip: Extract<NormalClip, { kind: 'audio' }>): string[] {
    return [...this.#speed(clip), ...this.#fade(clip), ...this.#features.audioEffects(clip)];
  }

  // The app does not ask for an order; this is the one in which drafts of other tools are described.
  #pictureRefs(clip: NormalVideoClip, { facts }: MediaFile): string[] {
    const { effects = [], filters = [], mixMode, mask, chroma, background } = clip.input;
    const { masks } = this.#profile;
    const transition = this.#transitions.get(clip.id);
    return [
      ...this.#speed(clip),
      ...this.#features.animations(clip),
      ...this.#fade(clip),
      ...optional(background, (fill) => this.#add('canvases', canvasMaterial(this.#newId(), fill))),
      ...optional(mixMode, (mode) => this.#features.mixMode(mode)),
      ...optional(mask, (shape) => this.#add(masks.array, maskMaterial(shape, facts, masks, this.#newId))),
      ...optional(chroma, (key) => this.#add('chromas', chromaMaterial(this.#newId(), key))),
      ...effects.map((effect) => this.#features.videoEffect(effect, 'segment')),
      ...filters.map((filter) => this.#features.filter(filter)),
      ...optional(transition, (cut) => this.#features.transition(cut)),
    ];
  }

  #speed({ speed }: NormalMediaClip): string[] {
    return [this.#add('speeds', speedMaterial(this.#newId(), speed))];
  }

  #fade({ fade, durationUs }: NormalMediaClip): string[] {
    if (fade === undefined || fade.inUs + fade.outUs === 0) return [];
    return [this.#add('audio_fades', audioFadeMaterial(this.#newId(), fade, durationUs))];
  }

  #text(clip: NormalTextClip): [materialId: string, refs: string[]] {
    if (clip.input.template !== undefined) return this.#features.textTemplate(clip);
    const decoration = this.#features.decorationOf(clip);
    const material = this.#texts.make(clip.input, this.#newId(), decoration?.effectId);
    const materialId = this.#add('texts', material);
    const refs = [
      ...this.#features.animations(clip),
      ...optional(clip.input.bubble, (bubble) => this.#features.bubble(bubble)),
      ...optional(decoration, (resource) => this.#features.decoration(resource)),
    ];
    return [materialId, refs];
  }

  #add(array: string, material: JsonObject): string {
    return this.#materials.add(array, material);
  }
}

function optional<Value>(value: Value | undefined, add: (value: Value) => string): string[] {
  return value === undefined ? [] : [add(value)];
}
