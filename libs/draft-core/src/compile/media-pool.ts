import type { MediaFile, SourceFile } from '../media-facts.ts';
import type { Profile } from '../profiles/profile.ts';
import type { ClipOf } from '../timeline/schema.ts';
import type { DraftMedia, JsonObject } from './compiled-draft.ts';
import { FONT_FOLDER } from './draft-files.ts';

/** Length that the app gives to a still picture in the material list. */
const STILL_US = 10_800_000_000;
/** Length that the app gives to a still picture in the media list. */
const STILL_ENTRY_US = 5_000_000;

interface Entry {
  id: string;
  media: DraftMedia & { file: MediaFile };
}

/** The files of a draft: one entry for a file, one material for each use that differs. */
export class MediaPool {
  readonly videos: JsonObject[] = [];
  readonly audios: JsonObject[] = [];
  readonly #entries = new Map<string, Entry>();
  readonly #fonts = new Map<string, DraftMedia>();
  readonly #materials = new Map<string, string>();
  readonly #profile: Profile;
  readonly #newId: () => string;

  constructor(profile: Profile, newId: () => string) {
    this.#profile = profile;
    this.#newId = newId;
  }

  /** Id of the material for a file, a display name, a crop and whether its background is cut out. */
  video(file: MediaFile, input: Pick<ClipOf<'video'>, 'name' | 'crop' | 'matting'>): string {
    const { name, crop, matting = false } = input;
    const { left = 0, top = 0, right = 1, bottom = 1 } = crop ?? {};
    const key = ['video', file.sha256, name ?? file.name, left, top, right, bottom, Number(matting)];
    return this.#once(key, (id) => {
      const { id: localId, media } = this.#entry(file);
      this.videos.push({
        audio_fade: null,
        category_id: '',
        category_name: 'local',
        check_flag: 63487,
        crop: {
          upper_left_x: left,
          upper_left_y: top,
          upper_right_x: right,
          upper_right_y: top,
          lower_left_x: left,
          lower_left_y: bottom,
          lower_right_x: right,
          lower_right_y: bottom,
        },
        crop_ratio: 'free',
        crop_scale: 1,
        duration: this.#isStill(file) ? STILL_US : file.facts.durationUs,
        height: file.facts.height,
        id,
        local_material_id: localId,
        ...(matting ? { matting: mattingField() } : {}),
        material_id: id,
        material_name: name ?? file.name,
        media_path: '',
        path: media.path,
        type: this.#videoType(file),
        width: file.facts.width,
      });
    });
  }

  /** Id of the material for a sound file and a display name. */
  audio(file: MediaFile, { name }: Pick<ClipOf<'audio'>, 'name'>): string {
    return this.#once(['audio', file.sha256, name ?? file.name], (id) => {
      const { id: localId, media } = this.#entry(file);
      this.audios.push({
        app_id: 0,
        category_id: '',
        category_name: 'local',
        check_flag: 3,
        copyright_limit_type: 'none',
        duration: file.facts.durationUs,
        effect_id: '',
        formula_id: '',
        id,
        local_material_id: localId,
        music_id: id,
        name: name ?? file.name,
        path: media.path,
        source_platform: 0,
        type: 'extract_music',
        wave_points: [],
      });
    });
  }

  /** Path of a font file in the draft, for `font_path` of a text material and `font.path` of its styles. */
  font(file: SourceFile): string {
    const path = `${FONT_FOLDER}${file.sha256}.${file.extension}`;
    this.#fonts.set(path, { file, path });
    return path;
  }

  /** Distinct files in order of first use, the fonts last. */
  files(): DraftMedia[] {
    return [...[...this.#entries.values()].map(({ media }) => media), ...this.#fonts.values()];
  }

  /** Sum of the sizes of the media. */
  mediaBytes(): number {
    return [...this.#entries.values()].reduce((sum, { media }) => sum + media.file.bytes, 0);
  }

  /** Entries of the media list in `draft_meta_info.json`. */
  metaEntries(nowMs: number): JsonObject[] {
    return [...this.#entries.values()].map(({ id, media }) => metaEntry(id, media, nowMs));
  }

  #once(key: (string | number)[], add: (id: string) => void): string {
    const text = JSON.stringify(key);
    let id = this.#materials.get(text);
    if (id === undefined) {
      id = this.#newId();
      this.#materials.set(text, id);
      add(id);
    }
    return id;
  }

  #entry(file: MediaFile): Entry {
    let entry = this.#entries.get(file.sha256);
    if (entry === undefined) {
      entry = { id: this.#newId(), media: { file, path: pathInDraft(file) } };
      this.#entries.set(file.sha256, entry);
    }
    return entry;
  }

  #isStill({ facts }: MediaFile): boolean {
    return facts.kind === 'photo' || (facts.kind === 'gif' && this.#profile.gif === 'gif');
  }

  #videoType({ facts }: MediaFile): string {
    if (facts.kind === 'photo') return 'photo';
    return facts.kind === 'gif' ? this.#profile.gif : 'video';
  }
}

const folders = { video: 'video', photo: 'image', gif: 'image', audio: 'audio', font: 'font' } as const;

/** How the app marks a material whose background it cuts out; the result is made when the draft is opened. */
function mattingField(): JsonObject {
  return {
    flag: 3,
    has_use_quick_brush: false,
    has_use_quick_eraser: false,
    interactiveTime: [],
    path: '',
    strokes: [],
  };
}

// Named by content: two files never collide, and one file is copied once.
function pathInDraft({ facts, sha256, extension }: MediaFile): string {
  return `assets/${folders[facts.kind]}/${sha256}.${extension}`;
}

/** What the media list says about a file. */
export function metaEntry(
  id: string,
  { file, path }: { file: Pick<MediaFile, 'name' | 'facts'>; path: string },
  nowMs: number,
): JsonObject {
  const { kind, width, height, durationUs } = file.facts;
  const isPicture = kind === 'photo' || kind === 'gif';
  return {
    ai_group_type: '',
    create_time: Math.floor(nowMs / 1000),
    duration: kind === 'photo' ? STILL_ENTRY_US : durationUs,
    enter_from: 0,
    extra_info: file.name,
    file_Path: path,
    height,
    id,
    import_time: Math.floor(nowMs / 1000),
    import_time_ms: nowMs * 1000,
    item_source: 1,
    material_color_tag: '',
    md5: '',
    metetype: kind === 'audio' ? 'music' : kind,
    roughcut_time_range: isPicture ? { duration: -1, start: -1 } : { duration: durationUs, start: 0 },
    sub_time_range: { duration: -1, start: -1 },
    type: 0,
    width,
  };
}
