// Made from the manifest by `cozecut manifest typegen`; a change here is lost.
import type { ToolHandler as Handler } from '@cozecut/plugin-host';

/** What the handler of `generate_draft` gets, defaults filled in. */
export interface GenerateDraftInput {
  /** The export as it came out of the workflow, as JSON text or as an object */
  content: string | Record<string, unknown> | unknown[];
  /** Folder the draft folders are written into; must be one that the deployment allows */
  output_folder?: string;
  /** Name of the draft, or of the folder around the drafts when the export holds several; default is the name in the export */
  name?: string;
  /** Format of the content */
  from:
    | 'auto'
    | 'draft-timeline'
    | 'coze2jianying'
    | 'capcut-mate'
    | 'vectcut'
    | 'capcut-cli'
    | 'jianying-plan'
    | 'otio'
    | 'srt'
    | 'vtt'
    | 'ass'
    | 'lrc';
  /** Name of the file that the content came from; its extension helps to find out the format */
  file_name?: string;
  /** Rows that fill in a templated compile spec, as JSON lines or as a list; one draft is made for each */
  rows?: string | Record<string, unknown>[];
  /** Unit of the times in the content; auto decides by the lengths of the media and stops when it cannot */
  time_unit: 'auto' | 's' | 'ms' | 'us';
  /** Whether a text at (0.5, 0.5 to 1) is placed from the top left, as older exports mean it */
  legacy_position: boolean;
  /** Size of the canvas for content without one; 1920x1080 unless said otherwise */
  canvas?: {
    /** Width in pixels */
    width: number;
    /** Height in pixels */
    height: number;
  };
  /** Size that positions of an ASS file are counted in; what the file says unless said otherwise */
  play_res?: {
    /** Width in pixels */
    width: number;
    /** Height in pixels */
    height: number;
  };
  /** Frames per second, for times that count frames and for content without a canvas */
  fps?: number;
  /** Whether malformed subtitles are skipped with a warning */
  lenient: boolean;
  /** What two fields of a subtitle time without a fraction mean */
  short_times?: 'mm:ss' | 'hh:mm';
  /** Whether words with times of their own become ranges of one text, or a text each */
  karaoke: 'ranges' | 'words';
  /** Whether the offset between a WebVTT file and its stream is added to all times */
  stream_offset?: 'apply' | 'ignore';
  /** Whether a Timer other than 100 stretches the times of an ASS file; applied unless said otherwise */
  timer?: 'apply' | 'ignore';
  /** What a keyframe offset above 0 and up to 1 means in requests to capcut-mate */
  keyframe_offset?: 'ratio' | 'us';
  /** Length of sound with a speed in logs of VectCutAPI, that of its source or that of what is heard */
  audio_length?: 'source' | 'played';
  /** App family the draft is written for; jianying-5.9-win unless the content names another. jianying5, jianying6 and capcut stand for jianying-5.9-win, jianying-6-10-win and capcut-win */
  profile?:
    | 'jianying-5.9-win'
    | 'jianying-6-10-win'
    | 'jianying-6-10-win@8.4'
    | 'jianying-11-win'
    | 'jianying-11-mac'
    | 'capcut-win'
    | 'capcut-mac'
    | 'jianying5'
    | 'jianying6'
    | 'capcut';
}

/** What `generate_draft` answers with. */
export interface GenerateDraftOutput {
  /** The drafts that were written, in the order of the export */
  drafts: {
    /** Id of the draft */
    draft_id: string;
    /** Address of the draft */
    draft_url?: string;
    /** Name of the draft */
    name: string;
    /** Folder that was written */
    folder_path: string;
    /** Length in microseconds */
    duration_us: number;
    /** Number of tracks */
    tracks?: number;
    /** Number of clips */
    clips?: number;
    /** Address of the draft as a zip */
    zip_url?: string;
    /** The same address */
    archive_url?: string;
    /** SHA-256 of that zip */
    sha256?: string;
  }[];
  /** Warnings, such as what could not be carried over */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `place_draft` gets, defaults filled in. */
export interface PlaceDraftInput {
  /** The export as it came out of the workflow, as JSON text or as an object */
  content: string | Record<string, unknown> | unknown[];
  /** Folder the draft folders are written into; must be one that the deployment allows */
  output_folder: string;
  /** Name of the draft, or of the folder around the drafts when the export holds several; default is the name in the export */
  name?: string;
  /** Format of the content */
  from:
    | 'auto'
    | 'draft-timeline'
    | 'coze2jianying'
    | 'capcut-mate'
    | 'vectcut'
    | 'capcut-cli'
    | 'jianying-plan'
    | 'otio'
    | 'srt'
    | 'vtt'
    | 'ass'
    | 'lrc';
  /** Unit of the times in the content; auto decides by the lengths of the media and stops when it cannot */
  time_unit: 'auto' | 's' | 'ms' | 'us';
  /** Whether a text at (0.5, 0.5 to 1) is placed from the top left, as older exports mean it */
  legacy_position: boolean;
  /** Name of the file that the content came from; its extension helps to find out the format */
  file_name?: string;
  /** Rows that fill in a templated compile spec, as JSON lines or as a list; one draft is made for each */
  rows?: string | Record<string, unknown>[];
  /** Size of the canvas for content without one; 1920x1080 unless said otherwise */
  canvas?: {
    /** Width in pixels */
    width: number;
    /** Height in pixels */
    height: number;
  };
  /** Size that positions of an ASS file are counted in; what the file says unless said otherwise */
  play_res?: {
    /** Width in pixels */
    width: number;
    /** Height in pixels */
    height: number;
  };
  /** Frames per second, for times that count frames and for content without a canvas */
  fps?: number;
  /** Whether malformed subtitles are skipped with a warning */
  lenient: boolean;
  /** What two fields of a subtitle time without a fraction mean */
  short_times?: 'mm:ss' | 'hh:mm';
  /** Whether words with times of their own become ranges of one text, or a text each */
  karaoke: 'ranges' | 'words';
  /** Whether the offset between a WebVTT file and its stream is added to all times */
  stream_offset?: 'apply' | 'ignore';
  /** Whether a Timer other than 100 stretches the times of an ASS file; applied unless said otherwise */
  timer?: 'apply' | 'ignore';
  /** What a keyframe offset above 0 and up to 1 means in requests to capcut-mate */
  keyframe_offset?: 'ratio' | 'us';
  /** Length of sound with a speed in logs of VectCutAPI, that of its source or that of what is heard */
  audio_length?: 'source' | 'played';
  /** App family the draft is written for; jianying-5.9-win unless the content names another. jianying5, jianying6 and capcut stand for jianying-5.9-win, jianying-6-10-win and capcut-win */
  profile?:
    | 'jianying-5.9-win'
    | 'jianying-6-10-win'
    | 'jianying-6-10-win@8.4'
    | 'jianying-11-win'
    | 'jianying-11-mac'
    | 'capcut-win'
    | 'capcut-mac'
    | 'jianying5'
    | 'jianying6'
    | 'capcut';
  /** Version markers to write; default is native when a feature needs them */
  marker_generation?: 'baseline' | 'native';
  /** Draft roots, draft folders or timeline files to take version markers from; the first with a draft of the app decides */
  seed?: string[];
  /** Whether output_folder is the draft root of the app and the drafts are put into its list */
  register: boolean;
  /** Whether to do so while the app may be running */
  force: boolean;
  /** Whether to write each draft as a zip beside its folder, too */
  zip: boolean;
}

/** What `place_draft` answers with. */
export interface PlaceDraftOutput {
  /** The drafts that were written, in the order of the content */
  drafts: {
    /** Id of the draft */
    draft_id: string;
    /** Address of the draft */
    draft_url?: string;
    /** Name of the draft */
    name: string;
    /** Folder that was written */
    folder_path: string;
    /** Length in microseconds */
    duration_us: number;
    /** Number of tracks */
    tracks?: number;
    /** Number of clips */
    clips?: number;
    /** Zip that was written */
    zip_path?: string;
  }[];
  /** Warnings, such as what could not be carried over */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `create_draft` gets, defaults filled in. */
export interface CreateDraftInput {
  /** Title shown in JianYing and name of the folder; without it one is made up */
  name?: string;
  /** Canvas width in pixels */
  width: number;
  /** Canvas height in pixels */
  height: number;
  /** Frames per second */
  fps: 24 | 25 | 30 | 50 | 60;
  /** App family the draft is written for; jianying-5.9-win unless the content names another. jianying5, jianying6 and capcut stand for jianying-5.9-win, jianying-6-10-win and capcut-win */
  profile?:
    | 'jianying-5.9-win'
    | 'jianying-6-10-win'
    | 'jianying-6-10-win@8.4'
    | 'jianying-11-win'
    | 'jianying-11-mac'
    | 'capcut-win'
    | 'capcut-mac'
    | 'jianying5'
    | 'jianying6'
    | 'capcut';
  /** Draft that this one begins as a copy of; it brings its own size. Fill its placeholders with fill_draft */
  template_id?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `create_draft` answers with. */
export interface CreateDraftOutput {
  /** Id to pass to every other tool */
  draft_id: string;
  /** Address of the draft; the other tools take it in place of the id */
  draft_url: string;
  /** Address of the page on which the draft can be looked at and got */
  tip_url: string;
}

/** What the handler of `add_videos` gets, defaults filled in. */
export interface AddVideosInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Clips of the track */
  video_infos: {
    /** Address of the video file */
    video_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Length of the file in microseconds; not needed */
    duration?: number;
    /** Width of the file in pixels; not needed */
    width?: number;
    /** Height of the file in pixels; not needed */
    height?: number;
    /** Start inside the file in microseconds */
    source_start?: number;
    /** End inside the file in microseconds */
    source_end?: number;
    /** Playback speed, 1 = as recorded */
    speed?: number;
    /** Whether the pitch follows the speed */
    change_pitch?: boolean;
    /** Gain, 1 = as recorded */
    volume?: number;
    /** Fade-in of the sound in microseconds */
    fade_in?: number;
    /** Fade-out of the sound in microseconds */
    fade_out?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Mirror left and right */
    flip_horizontal?: boolean;
    /** Mirror top and bottom */
    flip_vertical?: boolean;
    /** Visible part as fractions of the picture, origin top left: by its edges, or by its corners */
    crop?: {
      /** Left edge */
      left?: number;
      /** Top edge */
      top?: number;
      /** Right edge */
      right?: number;
      /** Bottom edge */
      bottom?: number;
      /** Place of a corner; together they are a rectangle */
      upper_left_x?: number;
      /** Place of a corner; together they are a rectangle */
      upper_left_y?: number;
      /** Place of a corner; together they are a rectangle */
      upper_right_x?: number;
      /** Place of a corner; together they are a rectangle */
      upper_right_y?: number;
      /** Place of a corner; together they are a rectangle */
      lower_left_x?: number;
      /** Place of a corner; together they are a rectangle */
      lower_left_y?: number;
      /** Place of a corner; together they are a rectangle */
      lower_right_x?: number;
      /** Place of a corner; together they are a rectangle */
      lower_right_y?: number;
    };
    /** contain and fit show all of the picture, cover fills the canvas with it and opens the file for that; scales count on top of it */
    mode?: 'contain' | 'fit' | 'cover';
    /** Fill the canvas with the blurred picture */
    background_blur?: number;
    /** Fill the canvas with a colour, #RRGGBB */
    background_color?: string;
    /** Opacity */
    alpha?: number;
    /** Horizontal scale; 1 = fitted into the canvas */
    scale_x?: number;
    /** Vertical scale; 1 = fitted into the canvas */
    scale_y?: number;
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Shape that is shown: 线性, 镜面, 圆形, 矩形, 爱心, 星形, or line, mirror, circle, rectangle, heart, star */
    mask?: string;
    /** Name or id of a filter of this clip */
    filter?: string;
    /** Strength of the filter */
    filter_intensity?: number;
    /** Name or id of the animation at the start */
    in_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    in_animation_duration?: number;
    /** Name or id of the animation at the end */
    out_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    out_animation_duration?: number;
    /** Name or id of the animation over the whole clip */
    loop_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    loop_animation_duration?: number;
    /** Name or id of the transition to the next clip; left out where none follows directly */
    transition?: string;
    /** Its length in microseconds; 0 is the usual one */
    transition_duration?: number;
  }[];
  /** How long each clip is to be shown, by its parts of a timeline: the speed of a clip makes it last that long. When all clips have one, each begins where the one before ends */
  scene_timelines?: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** Opacity of clips that have none of their own */
  alpha: number;
  /** Horizontal scale; 1 = fitted into the canvas */
  scale_x: number;
  /** Vertical scale; 1 = fitted into the canvas */
  scale_y: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x: number;
  /** Pixels from the centre of the canvas, up is positive */
  transform_y: number;
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_videos` answers with. */
export interface AddVideosOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Id of the track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_images` gets, defaults filled in. */
export interface AddImagesInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Pictures of the track */
  image_infos: {
    /** Address of the picture */
    image_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Width of the file in pixels; not needed */
    width?: number;
    /** Height of the file in pixels; not needed */
    height?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Mirror left and right */
    flip_horizontal?: boolean;
    /** Mirror top and bottom */
    flip_vertical?: boolean;
    /** Visible part as fractions of the picture, origin top left: by its edges, or by its corners */
    crop?: {
      /** Left edge */
      left?: number;
      /** Top edge */
      top?: number;
      /** Right edge */
      right?: number;
      /** Bottom edge */
      bottom?: number;
      /** Place of a corner; together they are a rectangle */
      upper_left_x?: number;
      /** Place of a corner; together they are a rectangle */
      upper_left_y?: number;
      /** Place of a corner; together they are a rectangle */
      upper_right_x?: number;
      /** Place of a corner; together they are a rectangle */
      upper_right_y?: number;
      /** Place of a corner; together they are a rectangle */
      lower_left_x?: number;
      /** Place of a corner; together they are a rectangle */
      lower_left_y?: number;
      /** Place of a corner; together they are a rectangle */
      lower_right_x?: number;
      /** Place of a corner; together they are a rectangle */
      lower_right_y?: number;
    };
    /** contain and fit show all of the picture, cover fills the canvas with it and opens the file for that; scales count on top of it */
    mode?: 'contain' | 'fit' | 'cover';
    /** Fill the canvas with the blurred picture */
    background_blur?: number;
    /** Fill the canvas with a colour, #RRGGBB */
    background_color?: string;
    /** Opacity */
    alpha?: number;
    /** Horizontal scale; 1 = fitted into the canvas */
    scale_x?: number;
    /** Vertical scale; 1 = fitted into the canvas */
    scale_y?: number;
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Shape that is shown: 线性, 镜面, 圆形, 矩形, 爱心, 星形, or line, mirror, circle, rectangle, heart, star */
    mask?: string;
    /** Name or id of a filter of this clip */
    filter?: string;
    /** Strength of the filter */
    filter_intensity?: number;
    /** Name or id of the animation at the start */
    in_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    in_animation_duration?: number;
    /** Name or id of the animation at the end */
    out_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    out_animation_duration?: number;
    /** Name or id of the animation over the whole clip */
    loop_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    loop_animation_duration?: number;
    /** Name or id of the transition to the next clip; left out where none follows directly */
    transition?: string;
    /** Its length in microseconds; 0 is the usual one */
    transition_duration?: number;
    /** Slow movement over the whole time of the picture */
    motion?: 'none' | 'zoom_in' | 'zoom_out' | 'pan_left' | 'pan_right' | 'pan_up' | 'pan_down';
  }[];
  /** Opacity of clips that have none of their own */
  alpha: number;
  /** Horizontal scale; 1 = fitted into the canvas */
  scale_x: number;
  /** Vertical scale; 1 = fitted into the canvas */
  scale_y: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x: number;
  /** Pixels from the centre of the canvas, up is positive */
  transform_y: number;
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_images` answers with. */
export interface AddImagesOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Id of the track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_audios` gets, defaults filled in. */
export interface AddAudiosInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Clips of the track */
  audio_infos: {
    /** Address of the sound file */
    audio_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Length of the file in microseconds; not needed */
    duration?: number;
    /** Start inside the file in microseconds */
    source_start?: number;
    /** End inside the file in microseconds */
    source_end?: number;
    /** Playback speed, 1 = as recorded */
    speed?: number;
    /** Whether the pitch follows the speed */
    change_pitch?: boolean;
    /** Whether it begins anew until end is reached, as one clip for each round; opens the file */
    loop?: boolean;
    /** Gain, 1 = as recorded */
    volume?: number;
    /** Fade-in of the sound in microseconds */
    fade_in?: number;
    /** Fade-out of the sound in microseconds */
    fade_out?: number;
    /** Name or id of an effect of the sound */
    audio_effect?: string;
    /** Its strength */
    audio_effect_intensity?: number;
    /** Values of its parameters in their order, 0 to 100; intensity is the first of them */
    effect_params?: number[];
  }[];
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_audios` answers with. */
export interface AddAudiosOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Id of the track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_captions` gets, defaults filled in. */
export interface AddCaptionsInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Captions of the track */
  captions: {
    /** What is shown */
    text: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Size of this caption; 0 is that of the call */
    font_size?: number;
    /** Colour of this caption, #RRGGBB */
    text_color?: string;
    /** Words that stand out, separated by | */
    keyword?: string;
    /** Colour of these words, #RRGGBB; #ff7100 unless said otherwise */
    keyword_color?: string;
    /** Size of these words; 0 is that of the caption */
    keyword_font_size?: number;
    /** Name or id of the font of these words */
    keyword_font?: string;
    /** Outline of these words, #RRGGBB */
    keyword_border_color?: string;
    /** Whether these words have a shadow of their own */
    keyword_has_shadow?: boolean;
    /** The shadow; has_shadow alone gives the usual one */
    keyword_shadow_info?: {
      /** Opacity */
      shadow_alpha?: number;
      /** Colour, #RRGGBB */
      shadow_color?: string;
      /** Blur */
      shadow_diffuse?: number;
      /** Distance */
      shadow_distance?: number;
      /** Degrees */
      shadow_angle?: number;
    };
    /** Parts with a style of their own */
    text_styles?: {
      /** First character, counted in UTF-16 units from 0 */
      start: number;
      /** First character behind the part */
      end: number;
      /** Colour of the part, #RRGGBB */
      color?: string;
      /** Opacity of the part */
      alpha?: number;
      /** Outline of the part, #RRGGBB */
      border_color?: string;
      /** Width of the outline as JianYing shows it, 40 unless said otherwise */
      border_width?: number;
      /** Opacity of the outline */
      border_alpha?: number;
      /** Whether the part has a shadow of its own */
      has_shadow?: boolean;
      /** The shadow; has_shadow alone gives the usual one */
      shadow_info?: {
        /** Opacity */
        shadow_alpha?: number;
        /** Colour, #RRGGBB */
        shadow_color?: string;
        /** Blur */
        shadow_diffuse?: number;
        /** Distance */
        shadow_distance?: number;
        /** Degrees */
        shadow_angle?: number;
      };
      /** Size of the part */
      font_size?: number;
      /** Name or id of the font of the part */
      font?: string;
      /** Bold */
      bold?: boolean;
      /** Italic */
      italic?: boolean;
      /** Underlined */
      underline?: boolean;
    }[];
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Name or id of a decorative style of the letters */
    text_effect?: string;
    /** Name or id of the animation at the start */
    in_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    in_animation_duration?: number;
    /** Name or id of the animation at the end */
    out_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    out_animation_duration?: number;
    /** Name or id of the animation over the whole clip */
    loop_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    loop_animation_duration?: number;
    /** Left out, which is told: captions have no transitions */
    transition?: string;
    /** Left out with transition */
    transition_duration?: number;
    /** Speech bubble around the text */
    bubble?: {
      /** Effect id of the bubble */
      effect_id: string;
      /** Resource id of the bubble */
      resource_id: string;
    };
    /** Name or id of a text template with one text, which brings its looks along; add_text_template fills several */
    template_id?: string;
    /** Name or id of a speech bubble of the catalog; instead of bubble */
    bubble_id?: string;
  }[];
  /** Size as JianYing shows it */
  font_size: number;
  /** Colour, #RRGGBB */
  text_color: string;
  /** Colour of the outline, #RRGGBB; without it there is none */
  border_color?: string;
  /** Width of the outline as JianYing shows it, 40 unless said otherwise */
  border_width?: number;
  /** Opacity of the outline */
  border_alpha?: number;
  /** Colour of the box behind the text, #RRGGBB; without it there is none */
  background_color?: string;
  /** Box behind the text; background_color alone gives the usual one */
  background?: {
    /** Colour, #RRGGBB */
    color: string;
    /** Form as the editor counts them */
    style?: 1 | 2;
    /** Opacity */
    alpha?: number;
    /** Roundness of the corners */
    round_radius?: number;
    /** Width */
    width?: number;
    /** Height */
    height?: number;
    /** Place from left to right, 0.5 is the middle */
    horizontal_offset?: number;
    /** Place from top to bottom, 0.5 is the middle */
    vertical_offset?: number;
  };
  /** Alignment of the lines, also as a number: 0 left, 1 center, 2 right; 3, 4, 5 center, left, right of lines that run from top to bottom */
  alignment: 'left' | 'center' | 'right' | '0' | '1' | '2' | '3' | '4' | '5';
  /** Bold */
  bold: boolean;
  /** Italic */
  italic: boolean;
  /** Underlined */
  underline: boolean;
  /** Whether lines run from top to bottom */
  vertical?: boolean;
  /** Space between letters as JianYing shows it */
  letter_spacing: number;
  /** Space between lines as JianYing shows it */
  line_spacing: number;
  /** Width at which lines are broken, as a fraction of that of the canvas */
  line_width?: number;
  /** Opacity */
  alpha: number;
  /** Scale of the text box */
  scale: number;
  /** Scale of the width alone; instead of scale */
  scale_x?: number;
  /** Scale of the height alone; instead of scale */
  scale_y?: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x: number;
  /** Pixels from the centre of the canvas, up is positive; without it the captions stand at the bottom */
  transform_y?: number;
  /** Name or id of a font */
  font?: string;
  /** Of other services, where it changes nothing; it changes nothing here */
  style_text?: boolean;
  /** Whether the text has a shadow */
  has_shadow: boolean;
  /** The shadow; has_shadow alone gives the usual one */
  shadow_info?: {
    /** Opacity */
    shadow_alpha?: number;
    /** Colour, #RRGGBB */
    shadow_color?: string;
    /** Blur */
    shadow_diffuse?: number;
    /** Distance */
    shadow_distance?: number;
    /** Degrees */
    shadow_angle?: number;
  };
  /** Name or id of a decorative style of the letters */
  text_effect?: string;
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_captions` answers with. */
export interface AddCaptionsOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Id of the track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `save_draft` gets, defaults filled in. */
export interface SaveDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Folder the draft folder is written into; must be one that the deployment allows */
  output_folder?: string;
  /** Folder in which the editor keeps its drafts. On the machine of the server the draft is written there, if the deployment allows it; for another machine nothing is written there, and the files in the zip refer to media in this folder */
  draft_folder?: string;
  /** System of the machine that opens the draft; draft_folder tells it, without that it is the usual one of the profile */
  client_os?: 'windows' | 'macos' | 'linux';
  /** Whether there is a zip for download; without it there is one for callers over HTTP */
  package?: 'none' | 'zip';
}

/** What `save_draft` answers with. */
export interface SaveDraftOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft */
  draft_url: string;
  /** State of the draft that was written */
  revision: number;
  /** Name of the draft */
  name: string;
  /** Folder of the draft */
  folder_path: string;
  /** Length in microseconds */
  duration_us: number;
  /** Number of tracks */
  tracks?: number;
  /** Number of clips */
  clips?: number;
  /** Address of this state of the draft as a zip; the zips of the last four saves are kept */
  zip_url?: string;
  /** The same address */
  archive_url?: string;
  /** SHA-256 of that zip */
  sha256?: string;
  /** Warnings, such as what could not be carried over */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
  lint: {
    /** What keeps the draft from being saved */
    errors: {
      /** Rule */
      code: string;
      /** error, warning or info */
      severity: string;
      /** What was found */
      message: string;
      /** Where in the timeline */
      pointer?: string;
      /** What to do */
      hint?: string;
    }[];
    /** What may not look right */
    warnings: {
      /** Rule */
      code: string;
      /** error, warning or info */
      severity: string;
      /** What was found */
      message: string;
      /** Where in the timeline */
      pointer?: string;
      /** What to do */
      hint?: string;
    }[];
    /** What to do about them, each once */
    fixes: string[];
  };
}

/** What the handler of `copy_draft` gets, defaults filled in. */
export interface CopyDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Name of the copy; without it that of the original with a number */
  name?: string;
}

/** What `copy_draft` answers with. */
export interface CopyDraftOutput {
  /** Id of the copy */
  draft_id: string;
  /** Address of the copy */
  draft_url: string;
  /** Name of the copy */
  name: string;
}

/** What the handler of `delete_draft` gets, defaults filled in. */
export interface DeleteDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
}

/** What `delete_draft` answers with. */
export interface DeleteDraftOutput {
  /** Id of the draft that is no longer there */
  draft_id: string;
  /** Its name */
  name: string;
}

/** What the handler of `diagnose_draft` gets, defaults filled in. */
export interface DiagnoseDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
}

/** What `diagnose_draft` answers with. */
export interface DiagnoseDraftOutput {
  /** What keeps the draft from being saved */
  errors: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
  /** What may not look right */
  warnings: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
  /** What to do about them, each once */
  fixes: string[];
}

/** What the handler of `get_draft` gets, defaults filled in. */
export interface GetDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Whether to return the whole draft as JSON text */
  include_timeline: boolean;
}

/** What `get_draft` answers with. */
export interface GetDraftOutput {
  /** 0; programs that download drafts look for it */
  code: number;
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft */
  draft_url: string;
  /** Name of the draft */
  name: string;
  /** open, or completed once it is saved */
  status: string;
  /** Grows with every change */
  revision: number;
  /** Width of the canvas in pixels */
  width: number;
  /** Height of the canvas in pixels */
  height: number;
  /** Frames per second */
  fps: number;
  /** Length in microseconds */
  duration_us: number;
  /** App family it is for */
  profile?: string;
  /** Folder it was saved to */
  folder_path?: string;
  /** Tracks from the back to the front */
  tracks: {
    /** Id of the track */
    track_id: string;
    /** video, audio, text, sticker, effect or filter */
    type: string;
    /** Name of the track */
    name: string;
    /** Number of clips */
    clips: number;
    /** Start of the first clip in microseconds */
    start: number;
    /** End of the last clip in microseconds */
    end: number;
  }[];
  /** Addresses of the files of the draft as it was last saved, each open for a day; empty before the first save. What follows the id of the draft is the place of the file in the draft folder */
  files: string[];
  /** State of the draft that the files have */
  files_revision?: number;
  /** Address that lists the files for a day without a token, for programs that download drafts */
  files_url?: string;
  /** The whole draft as JSON text, a draft-timeline/1 */
  timeline?: string;
}

/** What the handler of `lint_draft` gets, defaults filled in. */
export interface LintDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
}

/** What `lint_draft` answers with. */
export interface LintDraftOutput {
  /** What keeps the draft from being saved */
  errors: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
  /** What may not look right */
  warnings: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
  /** What to do about them, each once */
  fixes: string[];
}

/** What the handler of `list_drafts` gets, defaults filled in. */
export interface ListDraftsInput {
  /** Part of the name, or an id */
  q: string;
  /** Most drafts on a page */
  limit: number;
  /** next_cursor of the page before */
  cursor: string;
}

/** What `list_drafts` answers with. */
export interface ListDraftsOutput {
  /** Drafts of this page */
  drafts: {
    /** Id of the draft */
    draft_id: string;
    /** Address of the draft */
    draft_url: string;
    /** Name of the draft */
    name: string;
    /** open, or completed once it is saved */
    status: string;
    /** Grows with every change */
    revision: number;
    /** When it was made, as ISO 8601 */
    created_at: string;
    /** When it was changed last, as ISO 8601 */
    modified_at: string;
  }[];
  /** How many drafts there are */
  total: number;
  /** Where the next page begins; missing on the last one */
  next_cursor?: string;
}

/** What the handler of `list_versions` gets, defaults filled in. */
export interface ListVersionsInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Most versions on a page */
  limit: number;
  /** next_cursor of the page before */
  cursor: string;
}

/** What `list_versions` answers with. */
export interface ListVersionsOutput {
  /** Id of the draft */
  draft_id: string;
  /** The version that the draft has now */
  version: number;
  /** Versions of this page */
  versions: {
    /** Number of the version */
    version: number;
    /** When it was made, as ISO 8601 */
    created_at: string;
    /** Size of the draft as JSON */
    bytes: number;
  }[];
  /** Where the next page begins; missing on the last one */
  next_cursor?: string;
}

/** What the handler of `query_script` gets, defaults filled in. */
export interface QueryScriptInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Other services read the draft anew for this; here it is always read anew */
  force_update: boolean;
}

/** What `query_script` answers with. */
export interface QueryScriptOutput {
  /** Id of the draft */
  draft_id: string;
  /** Grows with each change */
  revision: number;
  /** The timeline, draft-timeline/1 */
  script: Record<string, unknown>;
}

/** What the handler of `restore_version` gets, defaults filled in. */
export interface RestoreVersionInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Number of the version */
  version: number;
}

/** What `restore_version` answers with. */
export interface RestoreVersionOutput {
  /** Id of the draft */
  draft_id: string;
  /** The version that the draft has now */
  version: number;
  /** The version that it is a copy of */
  restored_version: number;
}

/** What the handler of `add_animations` gets, defaults filled in. */
export interface AddAnimationsInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Ids of clips */
  segment_ids: string[];
  /** At the start, at the end, or over the whole clip */
  type: 'in' | 'out' | 'loop';
  /** Name or id of the animation */
  animation: string;
  /** Length in microseconds; without it the usual one */
  duration?: number;
}

/** What `add_animations` answers with. */
export interface AddAnimationsOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_audio_effects` gets, defaults filled in. */
export interface AddAudioEffectsInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Ids of clips */
  segment_ids: string[];
  /** Name or id of the effect */
  audio_effect: string;
  /** Kind of the effect; needed where a name stands for several */
  kind?: 'scene' | 'tone';
  /** Strength */
  intensity?: number;
  /** Values of its parameters in their order, 0 to 100; intensity is the first of them */
  params?: number[];
}

/** What `add_audio_effects` answers with. */
export interface AddAudioEffectsOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_background` gets, defaults filled in. */
export interface AddBackgroundInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Ids of clips */
  segment_ids: string[];
  /** Fill the canvas with the blurred picture */
  background_blur?: number;
  /** Fill the canvas with a colour, #RRGGBB */
  background_color?: string;
}

/** What `add_background` answers with. */
export interface AddBackgroundOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_cover` gets, defaults filled in. */
export interface AddCoverInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Address of a JPEG picture */
  cover_url: string;
}

/** What `add_cover` answers with. */
export interface AddCoverOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
}

/** What the handler of `add_effects` gets, defaults filled in. */
export interface AddEffectsInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Effects */
  effect_infos: {
    /** Name or id of the effect */
    effect_title: string;
    /** Start on the timeline in microseconds */
    start?: number;
    /** End on the timeline in microseconds, after start */
    end?: number;
    /** Strength */
    intensity?: number;
    /** Values of its parameters in their order, 0 to 100; intensity is the first of them */
    params?: number[];
    /** Over the whole picture or over the people in it */
    kind?: 'scene' | 'character';
    /** Clip of a video track that gets the effect; without it start and end are needed */
    segment_id?: string;
  }[];
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_effects` answers with. */
export interface AddEffectsOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Id of the track; missing when all are for clips */
  track_id?: string;
  /** Ids of the new clips on the track, in the order they were given */
  segment_ids: string[];
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_fades` gets, defaults filled in. */
export interface AddFadesInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Ids of clips */
  segment_ids: string[];
  /** Length of the fade-in in microseconds */
  fade_in: number;
  /** Length of the fade-out in microseconds */
  fade_out: number;
}

/** What `add_fades` answers with. */
export interface AddFadesOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_filters` gets, defaults filled in. */
export interface AddFiltersInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Filters */
  filter_infos: {
    /** Name or id of the filter */
    filter_title: string;
    /** Start on the timeline in microseconds */
    start?: number;
    /** End on the timeline in microseconds, after start */
    end?: number;
    /** Strength */
    intensity?: number;
    /** Clip of a video track that gets the filter; without it start and end are needed */
    segment_id?: string;
  }[];
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_filters` answers with. */
export interface AddFiltersOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Id of the track; missing when all are for clips */
  track_id?: string;
  /** Ids of the new clips on the track, in the order they were given */
  segment_ids: string[];
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_keyframes` gets, defaults filled in. */
export interface AddKeyframesInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Values at times; those of a clip and a property make a curve */
  keyframes: {
    /** Id of a clip */
    segment_id: string;
    /** What changes */
    property:
      | 'position_x'
      | 'position_y'
      | 'scale'
      | 'scale_x'
      | 'scale_y'
      | 'rotation'
      | 'alpha'
      | 'saturation'
      | 'contrast'
      | 'brightness'
      | 'volume'
      | 'KFTypePositionX'
      | 'KFTypePositionY'
      | 'KFTypeScaleX'
      | 'KFTypeScaleY'
      | 'UNIFORM_SCALE'
      | 'KFTypeRotation'
      | 'KFTypeAlpha'
      | 'KFTypeSaturation'
      | 'KFTypeContrast'
      | 'KFTypeBrightness'
      | 'KFTypeVolume';
    /** Microseconds from the start of the clip */
    offset: number;
    /** Value then; positions in the unit, angles in degrees clockwise, everything else as in the other tools */
    value: number;
    /** Shape of the way to the next value */
    easing?: 'linear' | 'ease-in' | 'ease-out' | 'ease-in-out' | 'hold';
  }[];
  /** Unit of positions: pixels from the centre of the canvas, or fractions of half of it; auto takes a list of positions from -1 to 1 for fractions */
  unit: 'auto' | 'px' | 'norm';
  /** Whether values are added to the curve of a property or take its place */
  mode: 'merge' | 'replace';
}

/** What `add_keyframes` answers with. */
export interface AddKeyframesOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** How many were added */
  keyframes_added: number;
  /** Clips that have them */
  affected_segments: string[];
  /** Those that could not be added */
  failed: {
    /** Place in the list, from 0 */
    index: number;
    /** Why */
    reason: string;
  }[];
}

/** What the handler of `add_masks` gets, defaults filled in. */
export interface AddMasksInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Ids of clips */
  segment_ids: string[];
  /** Shape that is shown: 线性, 镜面, 圆形, 矩形, 爱心, 星形, or line, mirror, circle, rectangle, heart, star */
  name: string;
  /** Pixels of the material from its centre, right is positive */
  X: number;
  /** Pixels of the material from its centre, up is positive */
  Y: number;
  /** Size as a fraction of the height of the material, 0.5 unless said otherwise */
  size?: number;
  /** Width in pixels of the material, or up to 1 as a fraction of it; rectangles only */
  width?: number;
  /** Height in pixels of the material, or up to 1 as a fraction of it; instead of size */
  height?: number;
  /** Softness of the edge */
  feather: number;
  /** Degrees clockwise */
  rotation: number;
  /** Whether the inside is hidden */
  invert: boolean;
  /** Roundness of the corners; rectangles only */
  roundCorner?: number;
  /** What becomes of a mask that a clip has already */
  mode: 'replace' | 'keep';
}

/** What `add_masks` answers with. */
export interface AddMasksOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** How many clips have the mask now */
  masks_added: number;
  /** Ids of these clips, in the order they were given */
  affected_segments: string[];
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_sticker` gets, defaults filled in. */
export interface AddStickerInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id or name of the sticker */
  sticker_id: string;
  /** Start on the timeline in microseconds */
  start: number;
  /** End on the timeline in microseconds, after start */
  end: number;
  /** Scale */
  scale?: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x?: number;
  /** Pixels from the centre of the canvas, up is positive */
  transform_y?: number;
  /** Degrees clockwise */
  rotation?: number;
  /** Opacity */
  alpha?: number;
  /** Mirror left and right */
  flip_horizontal?: boolean;
  /** Mirror top and bottom */
  flip_vertical?: boolean;
  /** Scale of the width alone; instead of scale */
  scale_x?: number;
  /** Scale of the height alone; instead of scale */
  scale_y?: number;
  /** Name or id of the animation at the start, one of texts */
  in_animation?: string;
  /** Its length in microseconds; 0 is the usual one */
  in_animation_duration?: number;
  /** Name or id of the animation at the end, one of texts */
  out_animation?: string;
  /** Its length in microseconds; 0 is the usual one */
  out_animation_duration?: number;
  /** Name or id of the animation over the whole clip, one of texts */
  loop_animation?: string;
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_sticker` answers with. */
export interface AddStickerOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** The sticker */
  sticker_id: string;
  /** Id of the track */
  track_id: string;
  /** Id of the new clip */
  segment_id: string;
  /** Its length in microseconds */
  duration: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_stickers` gets, defaults filled in. */
export interface AddStickersInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Stickers of the track */
  sticker_infos: {
    /** Id or name of the sticker */
    sticker_id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Scale */
    scale?: number;
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Opacity */
    alpha?: number;
    /** Mirror left and right */
    flip_horizontal?: boolean;
    /** Mirror top and bottom */
    flip_vertical?: boolean;
    /** Scale of the width alone; instead of scale */
    scale_x?: number;
    /** Scale of the height alone; instead of scale */
    scale_y?: number;
    /** Name or id of the animation at the start, one of texts */
    in_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    in_animation_duration?: number;
    /** Name or id of the animation at the end, one of texts */
    out_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    out_animation_duration?: number;
    /** Name or id of the animation over the whole clip, one of texts */
    loop_animation?: string;
  }[];
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_stickers` answers with. */
export interface AddStickersOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Id of the track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_subtitles` gets, defaults filled in. */
export interface AddSubtitlesInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Text of a subtitle file, or its address */
  content?: string;
  /** Address of a subtitle file; instead of content */
  url?: string;
  /** Format of the subtitles */
  format: 'auto' | 'srt' | 'vtt' | 'ass' | 'lrc';
  /** How much later all of them are shown, in microseconds; what would be before 0 is left out */
  time_offset: number;
  /** Size as JianYing shows it */
  font_size?: number;
  /** Colour, #RRGGBB */
  text_color?: string;
  /** Colour of the outline, #RRGGBB; without it there is none */
  border_color?: string;
  /** Width of the outline as JianYing shows it, 40 unless said otherwise */
  border_width?: number;
  /** Opacity of the outline */
  border_alpha?: number;
  /** Colour of the box behind the text, #RRGGBB; without it there is none */
  background_color?: string;
  /** Box behind the text; background_color alone gives the usual one */
  background?: {
    /** Colour, #RRGGBB */
    color: string;
    /** Form as the editor counts them */
    style?: 1 | 2;
    /** Opacity */
    alpha?: number;
    /** Roundness of the corners */
    round_radius?: number;
    /** Width */
    width?: number;
    /** Height */
    height?: number;
    /** Place from left to right, 0.5 is the middle */
    horizontal_offset?: number;
    /** Place from top to bottom, 0.5 is the middle */
    vertical_offset?: number;
  };
  /** Alignment of the lines, by the names and numbers of add_captions */
  alignment?: 'left' | 'center' | 'right' | '0' | '1' | '2' | '3' | '4' | '5';
  /** Bold */
  bold?: boolean;
  /** Italic */
  italic?: boolean;
  /** Underlined */
  underline?: boolean;
  /** Whether lines run from top to bottom */
  vertical?: boolean;
  /** Space between letters as JianYing shows it */
  letter_spacing?: number;
  /** Space between lines as JianYing shows it */
  line_spacing?: number;
  /** Width at which lines are broken, as a fraction of that of the canvas */
  line_width?: number;
  /** Opacity */
  alpha?: number;
  /** Scale of the text box */
  scale?: number;
  /** Scale of the width alone; instead of scale */
  scale_x?: number;
  /** Scale of the height alone; instead of scale */
  scale_y?: number;
  /** Degrees clockwise */
  rotation?: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x?: number;
  /** Pixels from the centre of the canvas, up is positive; without it the captions stand at the bottom */
  transform_y?: number;
  /** Name or id of a font */
  font?: string;
  /** Whether the text has a shadow */
  has_shadow: boolean;
  /** The shadow; has_shadow alone gives the usual one */
  shadow_info?: {
    /** Opacity */
    shadow_alpha?: number;
    /** Colour, #RRGGBB */
    shadow_color?: string;
    /** Blur */
    shadow_diffuse?: number;
    /** Distance */
    shadow_distance?: number;
    /** Degrees */
    shadow_angle?: number;
  };
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_subtitles` answers with. */
export interface AddSubtitlesOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Ids of the new tracks */
  track_ids: string[];
  /** Ids of the captions, those of the first track first */
  segment_ids: string[];
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** How many captions there are */
  captions: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_text_styles` gets, defaults filled in. */
export interface AddTextStylesInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Styles of captions, or of parts of them */
  text_styles: {
    /** Id of a clip */
    segment_id: string;
    /** Words that get the style, separated by |; without keyword and start it is for the whole text */
    keyword?: string;
    /** First character of the part, counted in UTF-16 units from 0 */
    start?: number;
    /** First character behind the part */
    end?: number;
    /** Colour of the part, #RRGGBB */
    color?: string;
    /** Opacity of the part */
    alpha?: number;
    /** Outline of the part, #RRGGBB */
    border_color?: string;
    /** Width of the outline as JianYing shows it, 40 unless said otherwise */
    border_width?: number;
    /** Opacity of the outline */
    border_alpha?: number;
    /** Whether the part has a shadow of its own */
    has_shadow?: boolean;
    /** The shadow; has_shadow alone gives the usual one */
    shadow_info?: {
      /** Opacity */
      shadow_alpha?: number;
      /** Colour, #RRGGBB */
      shadow_color?: string;
      /** Blur */
      shadow_diffuse?: number;
      /** Distance */
      shadow_distance?: number;
      /** Degrees */
      shadow_angle?: number;
    };
    /** Size of the part */
    font_size?: number;
    /** Name or id of the font of the part */
    font?: string;
    /** Bold */
    bold?: boolean;
    /** Italic */
    italic?: boolean;
    /** Underlined */
    underline?: boolean;
    /** Alignment of the lines, by the names and numbers of add_captions; whole text only */
    alignment?: 'left' | 'center' | 'right' | '0' | '1' | '2' | '3' | '4' | '5';
    /** Box behind the text, #RRGGBB; whole text only */
    background_color?: string;
    /** Name or id of a decorative style of the letters; whole text only */
    text_effect?: string;
  }[];
}

/** What `add_text_styles` answers with. */
export interface AddTextStylesOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_text_template` gets, defaults filled in. */
export interface AddTextTemplateInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Name or id of a text template of the catalog, harvested from a draft of the editor */
  template_id: string;
  /** Words of its texts, in its order; all but the first may be empty */
  texts: string[];
  /** Start on the timeline in microseconds */
  start: number;
  /** End on the timeline in microseconds, after start */
  end: number;
  /** Scale */
  scale?: number;
  /** Scale of the width alone; instead of scale */
  scale_x?: number;
  /** Scale of the height alone; instead of scale */
  scale_y?: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x?: number;
  /** Pixels from the centre of the canvas, up is positive */
  transform_y?: number;
  /** Degrees clockwise */
  rotation?: number;
  /** Opacity */
  alpha?: number;
  /** Id of a track of the same kind that gets the clips; without it they go on a new track */
  track_id?: string;
  /** Name of the new track */
  track_name?: string;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
}

/** What `add_text_template` answers with. */
export interface AddTextTemplateOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** The template */
  template_id: string;
  /** Id of the track */
  track_id: string;
  /** Id of the new clip */
  segment_id: string;
  /** Its length in microseconds */
  duration: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_tracks` gets, defaults filled in. */
export interface AddTracksInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Tracks from the back to the front */
  tracks: {
    /** Kind of the clips on it */
    type: 'video' | 'audio' | 'text' | 'sticker' | 'effect' | 'filter';
    /** Name of the new track */
    track_name?: string;
    /** Whether it is silent */
    muted?: boolean;
    /** Place among the tracks of its kind, higher is nearer */
    layer?: number;
  }[];
}

/** What `add_tracks` answers with. */
export interface AddTracksOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Ids of the new tracks, in the order they were given */
  track_ids: string[];
}

/** What the handler of `add_transitions` gets, defaults filled in. */
export interface AddTransitionsInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Ids of clips */
  segment_ids: string[];
  /** Name or id of the transition */
  transition: string;
  /** Length in microseconds; without it the usual one */
  duration?: number;
}

/** What `add_transitions` answers with. */
export interface AddTransitionsOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `easy_create_material` gets, defaults filled in. */
export interface EasyCreateMaterialInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Address of a sound file */
  audio_url: string;
  /** Address of a video file */
  video_url?: string;
  /** Address of a picture */
  img_url?: string;
  /** What is shown */
  text?: string;
  /** Colour of the text, #RRGGBB */
  text_color: string;
  /** Size of the text as JianYing shows it */
  font_size: number;
  /** Text of this call alone, such as the ids of the run and of the node; the same call again adds nothing */
  idempotency_key?: string;
  /** Pixels of the text from the centre of the canvas, up is positive */
  text_transform_y: number;
}

/** What `easy_create_material` answers with. */
export interface EasyCreateMaterialOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** Where the clips are */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
}

/** What the handler of `delete_track` gets, defaults filled in. */
export interface DeleteTrackInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id or name of the track, from get_draft */
  track_id: string;
}

/** What `delete_track` answers with. */
export interface DeleteTrackOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `edit_draft` gets, defaults filled in. */
export interface EditDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Edits in the order in which they are made */
  edits: Record<string, unknown>[];
}

/** What `edit_draft` answers with. */
export interface EditDraftOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `get_segment` gets, defaults filled in. */
export interface GetSegmentInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
}

/** What `get_segment` answers with. */
export interface GetSegmentOutput {
  /** Id of the draft */
  draft_id: string;
  /** A clip */
  segment: {
    /** Id of the clip */
    segment_id: string;
    /** Id of its track */
    track_id: string;
    /** video, audio, text, sticker, effect or filter */
    type: string;
    /** What is shown, or the file */
    name: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds; start when only the file would tell */
    end: number;
    /** Start inside the file in microseconds */
    source_start?: number;
    /** End inside the file in microseconds */
    source_end?: number;
    /** Playback speed */
    speed?: number;
    /** Gain */
    volume?: number;
  };
  /** The clip as JSON text, as it stands in a draft-timeline/1 */
  clip: string;
}

/** What the handler of `get_track` gets, defaults filled in. */
export interface GetTrackInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id or name of the track, from get_draft */
  track_id: string;
}

/** What `get_track` answers with. */
export interface GetTrackOutput {
  /** Id of the draft */
  draft_id: string;
  /** A track */
  track: {
    /** Id of the track */
    track_id: string;
    /** video, audio, text, sticker, effect or filter */
    type: string;
    /** Name of the track */
    name: string;
    /** Number of clips */
    clips: number;
    /** Start of the first clip in microseconds */
    start: number;
    /** End of the last clip in microseconds */
    end: number;
  };
  /** Clips in the order of time */
  segments: {
    /** Id of the clip */
    segment_id: string;
    /** Id of its track */
    track_id: string;
    /** video, audio, text, sticker, effect or filter */
    type: string;
    /** What is shown, or the file */
    name: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds; start when only the file would tell */
    end: number;
    /** Start inside the file in microseconds */
    source_start?: number;
    /** End inside the file in microseconds */
    source_end?: number;
    /** Playback speed */
    speed?: number;
    /** Gain */
    volume?: number;
  }[];
}

/** What the handler of `get_tracks` gets, defaults filled in. */
export interface GetTracksInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Only tracks of this type */
  type: 'all' | 'video' | 'audio' | 'text' | 'sticker' | 'effect' | 'filter';
}

/** What `get_tracks` answers with. */
export interface GetTracksOutput {
  /** Id of the draft */
  draft_id: string;
  /** Its tracks */
  tracks: {
    /** Id of the track */
    track_id: string;
    /** video, audio, text, sticker, effect or filter */
    type: string;
    /** Name of the track */
    name: string;
    /** Number of clips */
    clips: number;
    /** Start of the first clip in microseconds */
    start: number;
    /** End of the last clip in microseconds */
    end: number;
  }[];
}

/** What the handler of `modify_segment` gets, defaults filled in. */
export interface ModifySegmentInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Ids of clips */
  segment_ids: string[];
  /** The same keys together, for callers that have them so; what stands beside it comes first */
  clip_settings?: {
    /** Opacity */
    alpha?: number;
    /** Horizontal scale; 1 = fitted into the canvas */
    scale_x?: number;
    /** Vertical scale; 1 = fitted into the canvas */
    scale_y?: number;
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Mirror left and right */
    flip_horizontal?: boolean;
    /** Mirror top and bottom */
    flip_vertical?: boolean;
  };
  /** Opacity */
  alpha?: number;
  /** Horizontal scale; 1 = fitted into the canvas */
  scale_x?: number;
  /** Vertical scale; 1 = fitted into the canvas */
  scale_y?: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x?: number;
  /** Pixels from the centre of the canvas, up is positive */
  transform_y?: number;
  /** Degrees clockwise */
  rotation?: number;
  /** Mirror left and right */
  flip_horizontal?: boolean;
  /** Mirror top and bottom */
  flip_vertical?: boolean;
  /** Visible part as fractions of the picture, origin top left: by its edges, or by its corners */
  crop?: {
    /** Left edge */
    left?: number;
    /** Top edge */
    top?: number;
    /** Right edge */
    right?: number;
    /** Bottom edge */
    bottom?: number;
    /** Place of a corner; together they are a rectangle */
    upper_left_x?: number;
    /** Place of a corner; together they are a rectangle */
    upper_left_y?: number;
    /** Place of a corner; together they are a rectangle */
    upper_right_x?: number;
    /** Place of a corner; together they are a rectangle */
    upper_right_y?: number;
    /** Place of a corner; together they are a rectangle */
    lower_left_x?: number;
    /** Place of a corner; together they are a rectangle */
    lower_left_y?: number;
    /** Place of a corner; together they are a rectangle */
    lower_right_x?: number;
    /** Place of a corner; together they are a rectangle */
    lower_right_y?: number;
  };
  /** Gain, 1 = as recorded */
  volume?: number;
  /** Playback speed; the length changes with it, as with set_speed */
  speed?: number;
  /** Whether the pitch follows the speed */
  change_pitch?: boolean;
  /** Name or id of a filter of this clip */
  filter?: string;
  /** Strength of the filter */
  filter_intensity?: number;
  /** Name or id of how the picture is mixed with what is behind it */
  mix_mode?: string;
}

/** What `modify_segment` answers with. */
export interface ModifySegmentOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `replace_segment` gets, defaults filled in. */
export interface ReplaceSegmentInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
  /** Path or address of the new file */
  media: string;
  /** Part of the new file; default: all of it; needs segment_id */
  source?: {
    /** Whole microseconds */
    start?: number;
    /** Whole microseconds */
    duration?: number;
  };
  /** When the new part is shorter: begin later, end earlier, end earlier and pull later clips along, or both ends; cut_tail unless said otherwise */
  shrink?: 'cut_head' | 'cut_tail' | 'cut_tail_align' | 'shrink';
  /** Tried in this order; default: cut_material_tail */
  extend?: ('cut_material_tail' | 'extend_head' | 'extend_tail' | 'push_tail')[];
}

/** What `replace_segment` answers with. */
export interface ReplaceSegmentOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `concat_drafts` gets, defaults filled in. */
export interface ConcatDraftsInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of the other draft */
  from_draft_id: string;
  /** Time between the two; default: 0; in microseconds */
  gap?: number;
  /** Whether clips go on the tracks of the same type here, in order, or on new ones; merge unless said otherwise */
  tracks?: 'merge' | 'new';
}

/** What `concat_drafts` answers with. */
export interface ConcatDraftsOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `copy_track` gets, defaults filled in. */
export interface CopyTrackInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of the other draft */
  from_draft_id: string;
  /** Track of the other draft: id, name, or place from 0 */
  track: string;
  /** How much later its clips play here; default: 0; in microseconds */
  offset?: number;
  /** Name of the copy; default: that of the track, with a number when it is taken */
  name?: string;
}

/** What `copy_track` answers with. */
export interface CopyTrackOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `cut_draft` gets, defaults filled in. */
export interface CutDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** First time that goes; in microseconds */
  start: number;
  /** First time behind it that stays; in microseconds */
  end: number;
  /** Whether what is behind it moves up; else a gap is left; true unless said otherwise */
  ripple: boolean;
  /** Default: all tracks */
  tracks?: string[];
}

/** What `cut_draft` answers with. */
export interface CutDraftOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `delete_segment` gets, defaults filled in. */
export interface DeleteSegmentInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
  /** Whether later clips of the track close the gap; false unless said otherwise */
  ripple?: boolean;
}

/** What `delete_segment` answers with. */
export interface DeleteSegmentOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `duplicate_segment` gets, defaults filled in. */
export interface DuplicateSegmentInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
  /** Where the copy begins; default: where the clip ends; in microseconds */
  start?: number;
  /** Track of the same type for the copy */
  to?: string;
  /** Whether clips from there on make room for the copy; false unless said otherwise */
  ripple?: boolean;
}

/** What `duplicate_segment` answers with. */
export interface DuplicateSegmentOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `fill_draft` gets, defaults filled in. */
export interface FillDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Words by the name of their placeholder, which stands in texts as {{name}} */
  texts?: Record<string, string>;
  /** Path or address by the name of the placeholder, which files have as their name */
  media?: Record<string, string>;
  /** New colour by the one that it replaces, both as #RRGGBB */
  colors?: Record<string, string>;
}

/** What `fill_draft` answers with. */
export interface FillDraftOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `migrate_draft` gets, defaults filled in. */
export interface MigrateDraftInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of the app family that is to open the draft */
  profile: string;
}

/** What `migrate_draft` answers with. */
export interface MigrateDraftOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `move_segment` gets, defaults filled in. */
export interface MoveSegmentInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
  /** New start on the timeline; default: the present one; in microseconds */
  start?: number;
  /** Track of the same type to move it to */
  to?: string;
}

/** What `move_segment` answers with. */
export interface MoveSegmentOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `relink_media` gets, defaults filled in. */
export interface RelinkMediaInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Where files were: a folder, or one file */
  from: string;
  /** Where they are now */
  to: string;
}

/** What `relink_media` answers with. */
export interface RelinkMediaOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `replace_media` gets, defaults filled in. */
export interface ReplaceMediaInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id?: string;
  /** File to replace wherever it is used, by its name; excludes segment_id */
  name?: string;
  /** Path or address of the new file */
  media: string;
  /** Part of the new file; default: all of it; needs segment_id */
  source?: {
    /** Whole microseconds */
    start?: number;
    /** Whole microseconds */
    duration?: number;
  };
  /** When the new part is shorter: begin later, end earlier, end earlier and pull later clips along, or both ends; cut_tail unless said otherwise */
  shrink?: 'cut_head' | 'cut_tail' | 'cut_tail_align' | 'shrink';
  /** Tried in this order; default: cut_material_tail */
  extend?: ('cut_material_tail' | 'extend_head' | 'extend_tail' | 'push_tail')[];
}

/** What `replace_media` answers with. */
export interface ReplaceMediaOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `replace_text` gets, defaults filled in. */
export interface ReplaceTextInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
  /** New words */
  text: string;
}

/** What `replace_text` answers with. */
export interface ReplaceTextOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `set_speed` gets, defaults filled in. */
export interface SetSpeedInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
  /** How fast the file plays; 1 is its own speed */
  speed: number;
  /** Whether the pitch follows the speed */
  change_pitch?: boolean;
  /** Whether later clips of the track follow the end; false unless said otherwise */
  ripple?: boolean;
}

/** What `set_speed` answers with. */
export interface SetSpeedOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `set_volume` gets, defaults filled in. */
export interface SetVolumeInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id?: string;
  /** Track whose clips are all set; excludes segment_id */
  track?: string;
  /** Gain; 1 is that of the file, 0 is silent */
  volume: number;
}

/** What `set_volume` answers with. */
export interface SetVolumeOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `split_segment` gets, defaults filled in. */
export interface SplitSegmentInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
  /** Time on the timeline at which the second part begins; in microseconds */
  at: number;
}

/** What `split_segment` answers with. */
export interface SplitSegmentOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `trim_segment` gets, defaults filled in. */
export interface TrimSegmentInput {
  /** draft_id from create_draft, or its draft_url */
  draft_id: string;
  /** Id of a clip */
  segment_id: string;
  /** New start on the timeline; the picture stays where it is; in microseconds */
  start?: number;
  /** New end on the timeline; in microseconds */
  end?: number;
  /** New length; excludes end; in microseconds */
  duration?: number;
  /** Whether later clips of the track follow the end; false unless said otherwise */
  ripple?: boolean;
}

/** What `trim_segment` answers with. */
export interface TrimSegmentOutput {
  /** Id of the draft */
  draft_id: string;
  /** Address of the draft, which the other tools take in place of its id */
  draft_url: string;
  /** What was done */
  message: string;
  /** Ids of the clips that changed */
  segment_ids: string[];
  /** Ids of the clips that are new */
  new_segment_ids: string[];
  /** Ids of the clips that are gone */
  deleted_segment_ids: string[];
  /** Where the clips are that changed and those that are new */
  segment_infos: {
    /** Id of the clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds */
    end: number;
  }[];
  /** Length of the draft in microseconds */
  duration_us: number;
  /** What is worth knowing */
  problems: {
    /** Rule */
    code: string;
    /** error, warning or info */
    severity: string;
    /** What was found */
    message: string;
    /** Where in the timeline */
    pointer?: string;
    /** What to do */
    hint?: string;
  }[];
}

/** What the handler of `add_text_style` gets, defaults filled in. */
export interface AddTextStyleInput {
  /** The text */
  text: string;
  /** Words that stand out, separated by | */
  keyword: string;
  /** Size of the text */
  font_size: number;
  /** Colour of the words that stand out, #RRGGBB */
  keyword_color: string;
  /** Their size */
  keyword_font_size: number;
}

/** What `add_text_style` answers with. */
export interface AddTextStyleOutput {
  /** The style as JSON text, as capcut-mate writes it */
  text_style: string;
  /** The parts that stand out, as a caption of add_captions takes them */
  text_styles: {
    /** First character, counted in UTF-16 units from 0 */
    start: number;
    /** First character behind the part */
    end: number;
    /** Colour of the part, #RRGGBB */
    color?: string;
    /** Opacity of the part */
    alpha?: number;
    /** Outline of the part, #RRGGBB */
    border_color?: string;
    /** Width of the outline as JianYing shows it, 40 unless said otherwise */
    border_width?: number;
    /** Opacity of the outline */
    border_alpha?: number;
    /** Whether the part has a shadow of its own */
    has_shadow?: boolean;
    /** The shadow; has_shadow alone gives the usual one */
    shadow_info?: {
      /** Opacity */
      shadow_alpha?: number;
      /** Colour, #RRGGBB */
      shadow_color?: string;
      /** Blur */
      shadow_diffuse?: number;
      /** Distance */
      shadow_distance?: number;
      /** Degrees */
      shadow_angle?: number;
    };
    /** Size of the part */
    font_size?: number;
    /** Name or id of the font of the part */
    font?: string;
    /** Bold */
    bold?: boolean;
    /** Italic */
    italic?: boolean;
    /** Underlined */
    underline?: boolean;
  }[];
}

/** What the handler of `audio_infos` gets, defaults filled in. */
export interface AudioInfosInput {
  /** Addresses of sound files */
  mp3_urls: string[];
  /** When each of them is shown; the shorter of the lists decides how many there are */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** Gain, 1 = as recorded */
  volume?: number;
  /** Name or id of an effect of the sound */
  audio_effect?: string;
}

/** What `audio_infos` answers with. */
export interface AudioInfosOutput {
  /** The list */
  infos: {
    /** Address of the sound file */
    audio_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Length of the file in microseconds; not needed */
    duration?: number;
    /** Start inside the file in microseconds */
    source_start?: number;
    /** End inside the file in microseconds */
    source_end?: number;
    /** Playback speed, 1 = as recorded */
    speed?: number;
    /** Whether the pitch follows the speed */
    change_pitch?: boolean;
    /** Whether it begins anew until end is reached, as one clip for each round; opens the file */
    loop?: boolean;
    /** Gain, 1 = as recorded */
    volume?: number;
    /** Fade-in of the sound in microseconds */
    fade_in?: number;
    /** Fade-out of the sound in microseconds */
    fade_out?: number;
    /** Name or id of an effect of the sound */
    audio_effect?: string;
    /** Its strength */
    audio_effect_intensity?: number;
    /** Values of its parameters in their order, 0 to 100; intensity is the first of them */
    effect_params?: number[];
  }[];
}

/** What the handler of `audio_timelines` gets, defaults filled in. */
export interface AudioTimelinesInput {
  /** Addresses of sound files, in order */
  links: string[];
  /** Start of the first part in microseconds */
  start: number;
}

/** What `audio_timelines` answers with. */
export interface AudioTimelinesOutput {
  /** The parts */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** All of them as one part */
  all_timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
}

/** What the handler of `caption_infos` gets, defaults filled in. */
export interface CaptionInfosInput {
  /** What is shown */
  texts: string[];
  /** When each of them is shown; the shorter of the lists decides how many there are */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** Words that stand out in each text, separated by | */
  keywords?: string[];
  /** Size of the captions; 0 is that of the call */
  font_size?: number;
  /** Colour, #RRGGBB */
  keyword_color?: string;
  /** Size of the words that stand out; 0 is that of the caption */
  keyword_font_size?: number;
  /** Name or id of the font of these words */
  keyword_font?: string;
  /** Colour, #RRGGBB */
  keyword_border_color?: string;
  /** Whether these words have a shadow of their own */
  keyword_has_shadow?: boolean;
  /** The shadow; has_shadow alone gives the usual one */
  keyword_shadow_info?: {
    /** Opacity */
    shadow_alpha?: number;
    /** Colour, #RRGGBB */
    shadow_color?: string;
    /** Blur */
    shadow_diffuse?: number;
    /** Distance */
    shadow_distance?: number;
    /** Degrees */
    shadow_angle?: number;
  };
  /** Name or id of a decorative style of the letters */
  text_effect?: string;
  /** Name or id of the animation at the start */
  in_animation?: string;
  /** Its length in microseconds; 0 is the usual one */
  in_animation_duration?: number;
  /** Name or id of the animation at the end */
  out_animation?: string;
  /** Its length in microseconds; 0 is the usual one */
  out_animation_duration?: number;
  /** Name or id of the animation over the whole clip */
  loop_animation?: string;
  /** Its length in microseconds; 0 is the usual one */
  loop_animation_duration?: number;
  /** Left out, which is told: captions have no transitions */
  transition?: string;
  /** Left out with transition */
  transition_duration?: number;
}

/** What `caption_infos` answers with. */
export interface CaptionInfosOutput {
  /** The list */
  infos: {
    /** What is shown */
    text: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Size of this caption; 0 is that of the call */
    font_size?: number;
    /** Colour of this caption, #RRGGBB */
    text_color?: string;
    /** Words that stand out, separated by | */
    keyword?: string;
    /** Colour of these words, #RRGGBB; #ff7100 unless said otherwise */
    keyword_color?: string;
    /** Size of these words; 0 is that of the caption */
    keyword_font_size?: number;
    /** Name or id of the font of these words */
    keyword_font?: string;
    /** Outline of these words, #RRGGBB */
    keyword_border_color?: string;
    /** Whether these words have a shadow of their own */
    keyword_has_shadow?: boolean;
    /** The shadow; has_shadow alone gives the usual one */
    keyword_shadow_info?: {
      /** Opacity */
      shadow_alpha?: number;
      /** Colour, #RRGGBB */
      shadow_color?: string;
      /** Blur */
      shadow_diffuse?: number;
      /** Distance */
      shadow_distance?: number;
      /** Degrees */
      shadow_angle?: number;
    };
    /** Parts with a style of their own */
    text_styles?: {
      /** First character, counted in UTF-16 units from 0 */
      start: number;
      /** First character behind the part */
      end: number;
      /** Colour of the part, #RRGGBB */
      color?: string;
      /** Opacity of the part */
      alpha?: number;
      /** Outline of the part, #RRGGBB */
      border_color?: string;
      /** Width of the outline as JianYing shows it, 40 unless said otherwise */
      border_width?: number;
      /** Opacity of the outline */
      border_alpha?: number;
      /** Whether the part has a shadow of its own */
      has_shadow?: boolean;
      /** The shadow; has_shadow alone gives the usual one */
      shadow_info?: {
        /** Opacity */
        shadow_alpha?: number;
        /** Colour, #RRGGBB */
        shadow_color?: string;
        /** Blur */
        shadow_diffuse?: number;
        /** Distance */
        shadow_distance?: number;
        /** Degrees */
        shadow_angle?: number;
      };
      /** Size of the part */
      font_size?: number;
      /** Name or id of the font of the part */
      font?: string;
      /** Bold */
      bold?: boolean;
      /** Italic */
      italic?: boolean;
      /** Underlined */
      underline?: boolean;
    }[];
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Name or id of a decorative style of the letters */
    text_effect?: string;
    /** Name or id of the animation at the start */
    in_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    in_animation_duration?: number;
    /** Name or id of the animation at the end */
    out_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    out_animation_duration?: number;
    /** Name or id of the animation over the whole clip */
    loop_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    loop_animation_duration?: number;
    /** Left out, which is told: captions have no transitions */
    transition?: string;
    /** Left out with transition */
    transition_duration?: number;
    /** Speech bubble around the text */
    bubble?: {
      /** Effect id of the bubble */
      effect_id: string;
      /** Resource id of the bubble */
      resource_id: string;
    };
    /** Name or id of a text template with one text, which brings its looks along; add_text_template fills several */
    template_id?: string;
    /** Name or id of a speech bubble of the catalog; instead of bubble */
    bubble_id?: string;
  }[];
}

/** What the handler of `concat_infos` gets, defaults filled in. */
export interface ConcatInfosInput {
  /** A list that a tool ending in _infos made */
  infos: Record<string, unknown>[];
  /** The list that follows */
  more_infos: Record<string, unknown>[];
  /** Whether the second list is moved behind the first in time */
  shift: boolean;
}

/** What `concat_infos` answers with. */
export interface ConcatInfosOutput {
  /** The list as JSON text, which the tools that add clips take */
  infos: string;
}

/** What the handler of `effect_infos` gets, defaults filled in. */
export interface EffectInfosInput {
  /** Names or ids of effects */
  effects: string[];
  /** When each of them is shown; the shorter of the lists decides how many there are */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** Strength of all of them */
  intensity?: number;
}

/** What `effect_infos` answers with. */
export interface EffectInfosOutput {
  /** The list */
  infos: {
    /** Name or id of the effect */
    effect_title: string;
    /** Start on the timeline in microseconds */
    start?: number;
    /** End on the timeline in microseconds, after start */
    end?: number;
    /** Strength */
    intensity?: number;
    /** Values of its parameters in their order, 0 to 100; intensity is the first of them */
    params?: number[];
    /** Over the whole picture or over the people in it */
    kind?: 'scene' | 'character';
    /** Clip of a video track that gets the effect; without it start and end are needed */
    segment_id?: string;
  }[];
}

/** What the handler of `filter_infos` gets, defaults filled in. */
export interface FilterInfosInput {
  /** Names or ids of filters */
  filters: string[];
  /** When each of them is shown; the shorter of the lists decides how many there are */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** Strength of each, 0 to 100; the last repeats */
  intensities?: number[];
}

/** What `filter_infos` answers with. */
export interface FilterInfosOutput {
  /** The list */
  infos: {
    /** Name or id of the filter */
    filter_title: string;
    /** Start on the timeline in microseconds */
    start?: number;
    /** End on the timeline in microseconds, after start */
    end?: number;
    /** Strength */
    intensity?: number;
    /** Clip of a video track that gets the filter; without it start and end are needed */
    segment_id?: string;
  }[];
}

/** What the handler of `get_audio_duration` gets, defaults filled in. */
export interface GetAudioDurationInput {
  /** Address of the file */
  mp3_url: string;
}

/** What `get_audio_duration` answers with. */
export interface GetAudioDurationOutput {
  /** Length in microseconds */
  duration: number;
}

/** What the handler of `get_media_info` gets, defaults filled in. */
export interface GetMediaInfoInput {
  /** Address of the file */
  url: string;
}

/** What `get_media_info` answers with. */
export interface GetMediaInfoOutput {
  /** video, photo, gif or audio */
  kind: string;
  /** Length in microseconds; 0 for a photo */
  duration_us: number;
  /** Width in pixels as it is shown; 0 for audio */
  width: number;
  /** Height in pixels as it is shown; 0 for audio */
  height: number;
  /** Frames in a second; 0 where there is one picture or none */
  fps: number;
  /** How far the stored picture is turned clockwise to be shown, in degrees */
  rotation: number;
  /** How its streams are coded, such as avc and aac */
  codecs: string[];
  /** Whether there is sound in it */
  has_audio: boolean;
  /** Size of the file */
  bytes: number;
}

/** What the handler of `get_url` gets, defaults filled in. */
export interface GetUrlInput {
  /** Any text */
  output: string;
}

/** What `get_url` answers with. */
export interface GetUrlOutput {
  /** The same text */
  output: string;
}

/** What the handler of `imgs_infos` gets, defaults filled in. */
export interface ImgsInfosInput {
  /** Addresses of pictures */
  imgs: string[];
  /** When each of them is shown; the shorter of the lists decides how many there are */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** Width of the file in pixels; not needed */
  width?: number;
  /** Height of the file in pixels; not needed */
  height?: number;
  /** Name or id of the animation at the start; one for each picture, separated by |, the last repeats */
  in_animation?: string;
  /** Its length in microseconds; 0 is the usual one */
  in_animation_duration?: number;
  /** Name or id of the animation at the end; one for each picture, separated by |, the last repeats */
  out_animation?: string;
  /** Its length in microseconds; 0 is the usual one */
  out_animation_duration?: number;
  /** Name or id of the animation over the whole clip; one for each picture, separated by |, the last repeats */
  loop_animation?: string;
  /** Its length in microseconds; 0 is the usual one */
  loop_animation_duration?: number;
  /** Name or id of the transition; one for each picture, separated by |, the last repeats */
  transition?: string;
  /** Its length in microseconds; 0 is the usual one */
  transition_duration?: number;
}

/** What `imgs_infos` answers with. */
export interface ImgsInfosOutput {
  /** The list */
  infos: {
    /** Address of the picture */
    image_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Width of the file in pixels; not needed */
    width?: number;
    /** Height of the file in pixels; not needed */
    height?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Mirror left and right */
    flip_horizontal?: boolean;
    /** Mirror top and bottom */
    flip_vertical?: boolean;
    /** Visible part as fractions of the picture, origin top left: by its edges, or by its corners */
    crop?: {
      /** Left edge */
      left?: number;
      /** Top edge */
      top?: number;
      /** Right edge */
      right?: number;
      /** Bottom edge */
      bottom?: number;
      /** Place of a corner; together they are a rectangle */
      upper_left_x?: number;
      /** Place of a corner; together they are a rectangle */
      upper_left_y?: number;
      /** Place of a corner; together they are a rectangle */
      upper_right_x?: number;
      /** Place of a corner; together they are a rectangle */
      upper_right_y?: number;
      /** Place of a corner; together they are a rectangle */
      lower_left_x?: number;
      /** Place of a corner; together they are a rectangle */
      lower_left_y?: number;
      /** Place of a corner; together they are a rectangle */
      lower_right_x?: number;
      /** Place of a corner; together they are a rectangle */
      lower_right_y?: number;
    };
    /** contain and fit show all of the picture, cover fills the canvas with it and opens the file for that; scales count on top of it */
    mode?: 'contain' | 'fit' | 'cover';
    /** Fill the canvas with the blurred picture */
    background_blur?: number;
    /** Fill the canvas with a colour, #RRGGBB */
    background_color?: string;
    /** Opacity */
    alpha?: number;
    /** Horizontal scale; 1 = fitted into the canvas */
    scale_x?: number;
    /** Vertical scale; 1 = fitted into the canvas */
    scale_y?: number;
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Shape that is shown: 线性, 镜面, 圆形, 矩形, 爱心, 星形, or line, mirror, circle, rectangle, heart, star */
    mask?: string;
    /** Name or id of a filter of this clip */
    filter?: string;
    /** Strength of the filter */
    filter_intensity?: number;
    /** Name or id of the animation at the start */
    in_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    in_animation_duration?: number;
    /** Name or id of the animation at the end */
    out_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    out_animation_duration?: number;
    /** Name or id of the animation over the whole clip */
    loop_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    loop_animation_duration?: number;
    /** Name or id of the transition to the next clip; left out where none follows directly */
    transition?: string;
    /** Its length in microseconds; 0 is the usual one */
    transition_duration?: number;
    /** Slow movement over the whole time of the picture */
    motion?: 'none' | 'zoom_in' | 'zoom_out' | 'pan_left' | 'pan_right' | 'pan_up' | 'pan_down';
  }[];
}

/** What the handler of `keyframes_infos` gets, defaults filled in. */
export interface KeyframesInfosInput {
  /** What changes */
  ctype:
    | 'position_x'
    | 'position_y'
    | 'scale'
    | 'scale_x'
    | 'scale_y'
    | 'rotation'
    | 'alpha'
    | 'saturation'
    | 'contrast'
    | 'brightness'
    | 'volume'
    | 'KFTypePositionX'
    | 'KFTypePositionY'
    | 'KFTypeScaleX'
    | 'KFTypeScaleY'
    | 'UNIFORM_SCALE'
    | 'KFTypeRotation'
    | 'KFTypeAlpha'
    | 'KFTypeSaturation'
    | 'KFTypeContrast'
    | 'KFTypeBrightness'
    | 'KFTypeVolume';
  /** Percent of the length of the clip, such as 0|50|100 */
  offsets: string;
  /** Value at each offset, such as 1|1.2|1 */
  values: string;
  /** Width of the canvas in pixels: positions to the right become fractions of it, for the unit norm of add_keyframes */
  width?: number;
  /** Height of the canvas in pixels: positions upwards become fractions of it, for the unit norm of add_keyframes */
  height?: number;
  /** Clips with their times, as the tools that add clips return them */
  segment_infos: {
    /** Id of a clip */
    id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
  }[];
}

/** What `keyframes_infos` answers with. */
export interface KeyframesInfosOutput {
  /** The list */
  keyframes_infos: {
    /** Id of a clip */
    segment_id: string;
    /** What changes */
    property:
      | 'position_x'
      | 'position_y'
      | 'scale'
      | 'scale_x'
      | 'scale_y'
      | 'rotation'
      | 'alpha'
      | 'saturation'
      | 'contrast'
      | 'brightness'
      | 'volume'
      | 'KFTypePositionX'
      | 'KFTypePositionY'
      | 'KFTypeScaleX'
      | 'KFTypeScaleY'
      | 'UNIFORM_SCALE'
      | 'KFTypeRotation'
      | 'KFTypeAlpha'
      | 'KFTypeSaturation'
      | 'KFTypeContrast'
      | 'KFTypeBrightness'
      | 'KFTypeVolume';
    /** Microseconds from the start of the clip */
    offset: number;
    /** Value then; positions in the unit, angles in degrees clockwise, everything else as in the other tools */
    value: number;
    /** Shape of the way to the next value */
    easing?: 'linear' | 'ease-in' | 'ease-out' | 'ease-in-out' | 'hold';
  }[];
}

/** What the handler of `modify_infos` gets, defaults filled in. */
export interface ModifyInfosInput {
  /** A list that a tool ending in _infos made */
  infos: Record<string, unknown>[];
  /** Keys and their new values, such as {"volume": 0.5}; null removes a key */
  values: Record<string, unknown>;
  /** Places of the entries that change, from 0; without it all do */
  indexes?: number[];
}

/** What `modify_infos` answers with. */
export interface ModifyInfosOutput {
  /** The list as JSON text, which the tools that add clips take */
  infos: string;
}

/** What the handler of `objs_to_str_list` gets, defaults filled in. */
export interface ObjsToStrListInput {
  /** Objects with a key output */
  outputs: {
    /** A text */
    output: string;
  }[];
}

/** What `objs_to_str_list` answers with. */
export interface ObjsToStrListOutput {
  /** The texts */
  infos: string[];
}

/** What the handler of `sticker_infos` gets, defaults filled in. */
export interface StickerInfosInput {
  /** Ids or names of stickers */
  sticker_ids: string[];
  /** When each of them is shown; the shorter of the lists decides how many there are */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** Scale of all of them */
  scale?: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x?: number;
  /** Pixels from the centre of the canvas, up is positive */
  transform_y?: number;
}

/** What `sticker_infos` answers with. */
export interface StickerInfosOutput {
  /** The list */
  infos: {
    /** Id or name of the sticker */
    sticker_id: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Scale */
    scale?: number;
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Opacity */
    alpha?: number;
    /** Mirror left and right */
    flip_horizontal?: boolean;
    /** Mirror top and bottom */
    flip_vertical?: boolean;
    /** Scale of the width alone; instead of scale */
    scale_x?: number;
    /** Scale of the height alone; instead of scale */
    scale_y?: number;
    /** Name or id of the animation at the start, one of texts */
    in_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    in_animation_duration?: number;
    /** Name or id of the animation at the end, one of texts */
    out_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    out_animation_duration?: number;
    /** Name or id of the animation over the whole clip, one of texts */
    loop_animation?: string;
  }[];
}

/** What the handler of `str_list_to_objs` gets, defaults filled in. */
export interface StrListToObjsInput {
  /** Texts */
  infos: string[];
}

/** What `str_list_to_objs` answers with. */
export interface StrListToObjsOutput {
  /** The same as objects */
  infos: {
    /** The text */
    output?: string;
  }[];
}

/** What the handler of `str_to_list` gets, defaults filled in. */
export interface StrToListInput {
  /** The text */
  obj: string;
  /** What stands between the entries, such as | */
  separator?: string;
}

/** What `str_to_list` answers with. */
export interface StrToListOutput {
  /** The list */
  infos: string[];
}

/** What the handler of `swap_infos` gets, defaults filled in. */
export interface SwapInfosInput {
  /** A list that a tool ending in _infos made */
  infos: Record<string, unknown>[];
  /** Place of one entry, from 0 */
  first: number;
  /** Place of the other, from 0 */
  second: number;
}

/** What `swap_infos` answers with. */
export interface SwapInfosOutput {
  /** The list as JSON text, which the tools that add clips take */
  infos: string;
}

/** What the handler of `timelines` gets, defaults filled in. */
export interface TimelinesInput {
  /** Length of all parts in microseconds */
  duration: number;
  /** Number of parts */
  num: number;
  /** Start of the first part in microseconds */
  start: number;
  /** 0 = parts of the same length, 1 or any other = of random lengths, the same at every call */
  type: number;
}

/** What `timelines` answers with. */
export interface TimelinesOutput {
  /** The parts */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** All of them as one part */
  all_timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
}

/** What the handler of `video_infos` gets, defaults filled in. */
export interface VideoInfosInput {
  /** Addresses of video files */
  video_urls: string[];
  /** When each of them is shown; the shorter of the lists decides how many there are */
  timelines: {
    /** Start in microseconds */
    start: number;
    /** End in microseconds */
    end: number;
  }[];
  /** Gain, 1 = as recorded */
  volume?: number;
  /** Width of the file in pixels; not needed */
  width?: number;
  /** Height of the file in pixels; not needed */
  height?: number;
  /** Shape that is shown: 线性, 镜面, 圆形, 矩形, 爱心, 星形, or line, mirror, circle, rectangle, heart, star */
  mask?: string;
  /** Name or id of the transition to the next clip; left out where none follows directly */
  transition?: string;
  /** Its length in microseconds; 0 is the usual one */
  transition_duration?: number;
}

/** What `video_infos` answers with. */
export interface VideoInfosOutput {
  /** The list */
  infos: {
    /** Address of the video file */
    video_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Length of the file in microseconds; not needed */
    duration?: number;
    /** Width of the file in pixels; not needed */
    width?: number;
    /** Height of the file in pixels; not needed */
    height?: number;
    /** Start inside the file in microseconds */
    source_start?: number;
    /** End inside the file in microseconds */
    source_end?: number;
    /** Playback speed, 1 = as recorded */
    speed?: number;
    /** Whether the pitch follows the speed */
    change_pitch?: boolean;
    /** Gain, 1 = as recorded */
    volume?: number;
    /** Fade-in of the sound in microseconds */
    fade_in?: number;
    /** Fade-out of the sound in microseconds */
    fade_out?: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Mirror left and right */
    flip_horizontal?: boolean;
    /** Mirror top and bottom */
    flip_vertical?: boolean;
    /** Visible part as fractions of the picture, origin top left: by its edges, or by its corners */
    crop?: {
      /** Left edge */
      left?: number;
      /** Top edge */
      top?: number;
      /** Right edge */
      right?: number;
      /** Bottom edge */
      bottom?: number;
      /** Place of a corner; together they are a rectangle */
      upper_left_x?: number;
      /** Place of a corner; together they are a rectangle */
      upper_left_y?: number;
      /** Place of a corner; together they are a rectangle */
      upper_right_x?: number;
      /** Place of a corner; together they are a rectangle */
      upper_right_y?: number;
      /** Place of a corner; together they are a rectangle */
      lower_left_x?: number;
      /** Place of a corner; together they are a rectangle */
      lower_left_y?: number;
      /** Place of a corner; together they are a rectangle */
      lower_right_x?: number;
      /** Place of a corner; together they are a rectangle */
      lower_right_y?: number;
    };
    /** contain and fit show all of the picture, cover fills the canvas with it and opens the file for that; scales count on top of it */
    mode?: 'contain' | 'fit' | 'cover';
    /** Fill the canvas with the blurred picture */
    background_blur?: number;
    /** Fill the canvas with a colour, #RRGGBB */
    background_color?: string;
    /** Opacity */
    alpha?: number;
    /** Horizontal scale; 1 = fitted into the canvas */
    scale_x?: number;
    /** Vertical scale; 1 = fitted into the canvas */
    scale_y?: number;
    /** Pixels from the centre of the canvas, right is positive */
    transform_x?: number;
    /** Pixels from the centre of the canvas, up is positive */
    transform_y?: number;
    /** Shape that is shown: 线性, 镜面, 圆形, 矩形, 爱心, 星形, or line, mirror, circle, rectangle, heart, star */
    mask?: string;
    /** Name or id of a filter of this clip */
    filter?: string;
    /** Strength of the filter */
    filter_intensity?: number;
    /** Name or id of the animation at the start */
    in_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    in_animation_duration?: number;
    /** Name or id of the animation at the end */
    out_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    out_animation_duration?: number;
    /** Name or id of the animation over the whole clip */
    loop_animation?: string;
    /** Its length in microseconds; 0 is the usual one */
    loop_animation_duration?: number;
    /** Name or id of the transition to the next clip; left out where none follows directly */
    transition?: string;
    /** Its length in microseconds; 0 is the usual one */
    transition_duration?: number;
  }[];
}

/** What the handler of `get_audio_effect_types` gets, defaults filled in. */
export interface GetAudioEffectTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_audio_effect_types` answers with. */
export interface GetAudioEffectTypesOutput {
  /** The effects */
  output: {
    /** Name, as other tools take it */
    name: string;
    /** Tone, Audio_scene or Speech_to_song */
    type: string;
    /** Its parameters in their order */
    params: {
      /** Its name */
      name: string;
      /** Its value when nobody sets it */
      default_value: number;
      /** What 0 stands for */
      min_value: number;
      /** What 100 stands for */
      max_value: number;
    }[];
  }[];
}

/** What the handler of `get_character_effect_types` gets, defaults filled in. */
export interface GetCharacterEffectTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_character_effect_types` answers with. */
export interface GetCharacterEffectTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_combo_animation_types` gets, defaults filled in. */
export interface GetComboAnimationTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_combo_animation_types` answers with. */
export interface GetComboAnimationTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_effects` gets, defaults filled in. */
export interface GetEffectsInput {
  /** 0 = all, 1 = those that need a membership, 2 = those that do not */
  mode: number;
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_effects` answers with. */
export interface GetEffectsOutput {
  /** The effects */
  effects: {
    /** Name, as other tools take it */
    name: string;
    /** Whether it needs a membership; missing where that is not known */
    is_vip?: boolean;
    /** Id, as other tools take it */
    resource_id: string;
    /** Second id */
    effect_id: string;
    /** Always empty */
    icon_url: string;
    /** Whether its look can be set */
    has_params: boolean;
  }[];
}

/** What the handler of `get_filters` gets, defaults filled in. */
export interface GetFiltersInput {
  /** 0 = all, 1 = those that need a membership, 2 = those that do not */
  mode: number;
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_filters` answers with. */
export interface GetFiltersOutput {
  /** The filters */
  filters: {
    /** Name, as other tools take it */
    name: string;
    /** Whether it needs a membership; missing where that is not known */
    is_vip?: boolean;
    /** Id, as other tools take it */
    resource_id: string;
    /** Second id */
    effect_id: string;
    /** Whether its look can be set */
    has_params: boolean;
  }[];
}

/** What the handler of `get_font_types` gets, defaults filled in. */
export interface GetFontTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_font_types` answers with. */
export interface GetFontTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_image_animations` gets, defaults filled in. */
export interface GetImageAnimationsInput {
  /** 0 = all, 1 = those that need a membership, 2 = those that do not */
  mode: number;
  /** At the start, at the end, or over the whole clip */
  type: 'all' | 'in' | 'out' | 'loop';
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_image_animations` answers with. */
export interface GetImageAnimationsOutput {
  /** The animations, those at the start first */
  effects: {
    /** Id, as other tools take it */
    resource_id: string;
    /** in, out or loop */
    type: string;
    /** Id of its group in the editor */
    category_id: string;
    /** Name of its group in the editor */
    category_name: string;
    /** Usual length in microseconds; 0 where it is not known */
    duration: number;
    /** Second id */
    id: string;
    /** Name, as other tools take it */
    name: string;
    /** Whether it needs a membership; missing where that is not known */
    is_vip?: boolean;
    /** Always empty */
    request_id: string;
    /** Always 0 */
    start: number;
    /** Always empty */
    icon_url: string;
    /** Always sticker */
    material_type: string;
    /** Always empty */
    panel: string;
    /** Always empty */
    path: string;
    /** Always all */
    platform: string;
  }[];
}

/** What the handler of `get_intro_animation_types` gets, defaults filled in. */
export interface GetIntroAnimationTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_intro_animation_types` answers with. */
export interface GetIntroAnimationTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_mask_types` gets, defaults filled in. */
export interface GetMaskTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_mask_types` answers with. */
export interface GetMaskTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_outro_animation_types` gets, defaults filled in. */
export interface GetOutroAnimationTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_outro_animation_types` answers with. */
export interface GetOutroAnimationTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_text_animations` gets, defaults filled in. */
export interface GetTextAnimationsInput {
  /** 0 = all, 1 = those that need a membership, 2 = those that do not */
  mode: number;
  /** At the start, at the end, or over the whole clip */
  type: 'all' | 'in' | 'out' | 'loop';
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_text_animations` answers with. */
export interface GetTextAnimationsOutput {
  /** The animations, those at the start first */
  effects: {
    /** Id, as other tools take it */
    resource_id: string;
    /** in, out or loop */
    type: string;
    /** Id of its group in the editor */
    category_id: string;
    /** Name of its group in the editor */
    category_name: string;
    /** Usual length in microseconds; 0 where it is not known */
    duration: number;
    /** Second id */
    id: string;
    /** Name, as other tools take it */
    name: string;
    /** Whether it needs a membership; missing where that is not known */
    is_vip?: boolean;
    /** Always empty */
    request_id: string;
    /** Always 0 */
    start: number;
    /** Always empty */
    icon_url: string;
    /** Always sticker */
    material_type: string;
    /** Always empty */
    panel: string;
    /** Always empty */
    path: string;
    /** Always all */
    platform: string;
  }[];
}

/** What the handler of `get_text_effects` gets, defaults filled in. */
export interface GetTextEffectsInput {
  /** 0 = all, 1 = those that need a membership, 2 = those that do not */
  mode: number;
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_text_effects` answers with. */
export interface GetTextEffectsOutput {
  /** The styles */
  text_effects: {
    /** Id, as other tools take it */
    id: string;
    /** Name, as other tools take it */
    title: string;
    /** Whether it needs a membership; missing where that is not known */
    is_vip?: boolean;
  }[];
}

/** What the handler of `get_text_intro_types` gets, defaults filled in. */
export interface GetTextIntroTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_text_intro_types` answers with. */
export interface GetTextIntroTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_text_loop_anim_types` gets, defaults filled in. */
export interface GetTextLoopAnimTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_text_loop_anim_types` answers with. */
export interface GetTextLoopAnimTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_text_outro_types` gets, defaults filled in. */
export interface GetTextOutroTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_text_outro_types` answers with. */
export interface GetTextOutroTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_transition_types` gets, defaults filled in. */
export interface GetTransitionTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_transition_types` answers with. */
export interface GetTransitionTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `get_video_scene_effect_types` gets, defaults filled in. */
export interface GetVideoSceneEffectTypesInput {
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
}

/** What `get_video_scene_effect_types` answers with. */
export interface GetVideoSceneEffectTypesOutput {
  /** The names */
  output: {
    /** Name, as other tools take it */
    name: string;
  }[];
}

/** What the handler of `list_catalog` gets, defaults filled in. */
export interface ListCatalogInput {
  /** What is listed */
  domain:
    | 'effect'
    | 'filter'
    | 'transition'
    | 'video_in'
    | 'video_out'
    | 'video_loop'
    | 'text_in'
    | 'text_out'
    | 'text_loop'
    | 'text_effect'
    | 'text_template'
    | 'font'
    | 'sticker'
    | 'mask'
    | 'audio_effect'
    | 'mix_mode'
    | 'bubble';
  /** Part of the name, or an id; without it the first entries */
  q: string;
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
  /** Whether it needs a membership */
  vip: 'all' | 'yes' | 'no';
  /** Most entries to return */
  limit: number;
}

/** What `list_catalog` answers with. */
export interface ListCatalogOutput {
  /** What was found */
  entries: {
    /** Name, as other tools take it */
    name: string;
    /** Id, as other tools take it */
    id: string;
    /** Second id; bubbles need both */
    effect_id?: string;
    /** What it is */
    domain: string;
    /** App that has it */
    app: string;
    /** Whether it needs a membership; missing where that is not known */
    vip?: boolean;
    /** Usual length in microseconds */
    duration_us?: number;
    /** How many texts a text template has; missing where only its name is known, which is not enough to use it */
    texts?: number;
  }[];
  /** How many there are */
  total: number;
}

/** What the handler of `search_catalog` gets, defaults filled in. */
export interface SearchCatalogInput {
  /** Part of the name, or an id; without it the first entries */
  q: string;
  /** What is looked for */
  domain:
    | 'all'
    | 'effect'
    | 'filter'
    | 'transition'
    | 'video_in'
    | 'video_out'
    | 'video_loop'
    | 'text_in'
    | 'text_out'
    | 'text_loop'
    | 'text_effect'
    | 'text_template'
    | 'font'
    | 'sticker'
    | 'mask'
    | 'audio_effect'
    | 'mix_mode'
    | 'bubble';
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
  /** Whether it needs a membership */
  vip: 'all' | 'yes' | 'no';
  /** Most entries to return */
  limit: number;
}

/** What `search_catalog` answers with. */
export interface SearchCatalogOutput {
  /** What was found */
  entries: {
    /** Name, as other tools take it */
    name: string;
    /** Id, as other tools take it */
    id: string;
    /** Second id; bubbles need both */
    effect_id?: string;
    /** What it is */
    domain: string;
    /** App that has it */
    app: string;
    /** Whether it needs a membership; missing where that is not known */
    vip?: boolean;
    /** Usual length in microseconds */
    duration_us?: number;
    /** How many texts a text template has; missing where only its name is known, which is not enough to use it */
    texts?: number;
  }[];
  /** How many there are */
  total: number;
}

/** What the handler of `search_sticker` gets, defaults filled in. */
export interface SearchStickerInput {
  /** Part of the title, or an id */
  keyword: string;
  /** App that the draft is for */
  app: 'jianying' | 'capcut';
  /** Most stickers to return */
  limit: number;
}

/** What `search_sticker` answers with. */
export interface SearchStickerOutput {
  /** What was found */
  data: {
    /** Id, as other tools take it */
    sticker_id: string;
    /** Its name */
    title: string;
    /** Whether it needs a membership; missing where that is not known */
    vip?: boolean;
  }[];
  /** How many there are */
  total: number;
}

/** What the handler of `answer_job` gets, defaults filled in. */
export interface AnswerJobInput {
  /** Id of the job */
  job_id: string;
  /** The answer to a question without question_fields */
  answer?: string;
  /** The values of question_fields by name */
  values?: Record<string, unknown>;
}

/** What `answer_job` answers with. */
export interface AnswerJobOutput {
  /** Id of the job */
  job_id: string;
}

/** What the handler of `get_job` gets, defaults filled in. */
export interface GetJobInput {
  /** Id of the job */
  job_id: string;
  /** Seconds to wait for its end or its question */
  wait: number;
}

/** What `get_job` answers with. */
export interface GetJobOutput {
  /** Id of the job */
  job_id: string;
  /** The tool that it runs */
  tool: string;
  /** queued, running, succeeded, failed or cancelled */
  state: string;
  /** How far it is, from 0 to 1 */
  progress: number;
  /** What it does now */
  step?: string;
  /** Drafts that it works on */
  draft_ids: string[];
  /** What the job has to be told before it goes on */
  question?: string;
  /** The values that it asks for; empty when one text is the answer */
  question_fields?: {
    /** Name of the value */
    name?: string;
    /** JSON type of the value, or the kind of file */
    type?: string;
    /** What it is for */
    description?: string;
    /** Whether it has to be there */
    required?: boolean;
  }[];
  /** What the tool answered, once the state is succeeded */
  result?: Record<string, unknown>;
  /** Code of the error, once the state is failed */
  problem_code?: string;
  /** What went wrong, once the state is failed */
  problem?: string;
}

/** Input and output of each tool, by name. */
export interface Tools {
  generate_draft: { input: GenerateDraftInput; output: GenerateDraftOutput };
  place_draft: { input: PlaceDraftInput; output: PlaceDraftOutput };
  create_draft: { input: CreateDraftInput; output: CreateDraftOutput };
  add_videos: { input: AddVideosInput; output: AddVideosOutput };
  add_images: { input: AddImagesInput; output: AddImagesOutput };
  add_audios: { input: AddAudiosInput; output: AddAudiosOutput };
  add_captions: { input: AddCaptionsInput; output: AddCaptionsOutput };
  save_draft: { input: SaveDraftInput; output: SaveDraftOutput };
  copy_draft: { input: CopyDraftInput; output: CopyDraftOutput };
  delete_draft: { input: DeleteDraftInput; output: DeleteDraftOutput };
  diagnose_draft: { input: DiagnoseDraftInput; output: DiagnoseDraftOutput };
  get_draft: { input: GetDraftInput; output: GetDraftOutput };
  lint_draft: { input: LintDraftInput; output: LintDraftOutput };
  list_drafts: { input: ListDraftsInput; output: ListDraftsOutput };
  list_versions: { input: ListVersionsInput; output: ListVersionsOutput };
  query_script: { input: QueryScriptInput; output: QueryScriptOutput };
  restore_version: { input: RestoreVersionInput; output: RestoreVersionOutput };
  add_animations: { input: AddAnimationsInput; output: AddAnimationsOutput };
  add_audio_effects: { input: AddAudioEffectsInput; output: AddAudioEffectsOutput };
  add_background: { input: AddBackgroundInput; output: AddBackgroundOutput };
  add_cover: { input: AddCoverInput; output: AddCoverOutput };
  add_effects: { input: AddEffectsInput; output: AddEffectsOutput };
  add_fades: { input: AddFadesInput; output: AddFadesOutput };
  add_filters: { input: AddFiltersInput; output: AddFiltersOutput };
  add_keyframes: { input: AddKeyframesInput; output: AddKeyframesOutput };
  add_masks: { input: AddMasksInput; output: AddMasksOutput };
  add_sticker: { input: AddStickerInput; output: AddStickerOutput };
  add_stickers: { input: AddStickersInput; output: AddStickersOutput };
  add_subtitles: { input: AddSubtitlesInput; output: AddSubtitlesOutput };
  add_text_styles: { input: AddTextStylesInput; output: AddTextStylesOutput };
  add_text_template: { input: AddTextTemplateInput; output: AddTextTemplateOutput };
  add_tracks: { input: AddTracksInput; output: AddTracksOutput };
  add_transitions: { input: AddTransitionsInput; output: AddTransitionsOutput };
  easy_create_material: { input: EasyCreateMaterialInput; output: EasyCreateMaterialOutput };
  delete_track: { input: DeleteTrackInput; output: DeleteTrackOutput };
  edit_draft: { input: EditDraftInput; output: EditDraftOutput };
  get_segment: { input: GetSegmentInput; output: GetSegmentOutput };
  get_track: { input: GetTrackInput; output: GetTrackOutput };
  get_tracks: { input: GetTracksInput; output: GetTracksOutput };
  modify_segment: { input: ModifySegmentInput; output: ModifySegmentOutput };
  replace_segment: { input: ReplaceSegmentInput; output: ReplaceSegmentOutput };
  concat_drafts: { input: ConcatDraftsInput; output: ConcatDraftsOutput };
  copy_track: { input: CopyTrackInput; output: CopyTrackOutput };
  cut_draft: { input: CutDraftInput; output: CutDraftOutput };
  delete_segment: { input: DeleteSegmentInput; output: DeleteSegmentOutput };
  duplicate_segment: { input: DuplicateSegmentInput; output: DuplicateSegmentOutput };
  fill_draft: { input: FillDraftInput; output: FillDraftOutput };
  migrate_draft: { input: MigrateDraftInput; output: MigrateDraftOutput };
  move_segment: { input: MoveSegmentInput; output: MoveSegmentOutput };
  relink_media: { input: RelinkMediaInput; output: RelinkMediaOutput };
  replace_media: { input: ReplaceMediaInput; output: ReplaceMediaOutput };
  replace_text: { input: ReplaceTextInput; output: ReplaceTextOutput };
  set_speed: { input: SetSpeedInput; output: SetSpeedOutput };
  set_volume: { input: SetVolumeInput; output: SetVolumeOutput };
  split_segment: { input: SplitSegmentInput; output: SplitSegmentOutput };
  trim_segment: { input: TrimSegmentInput; output: TrimSegmentOutput };
  add_text_style: { input: AddTextStyleInput; output: AddTextStyleOutput };
  audio_infos: { input: AudioInfosInput; output: AudioInfosOutput };
  audio_timelines: { input: AudioTimelinesInput; output: AudioTimelinesOutput };
  caption_infos: { input: CaptionInfosInput; output: CaptionInfosOutput };
  concat_infos: { input: ConcatInfosInput; output: ConcatInfosOutput };
  effect_infos: { input: EffectInfosInput; output: EffectInfosOutput };
  filter_infos: { input: FilterInfosInput; output: FilterInfosOutput };
  get_audio_duration: { input: GetAudioDurationInput; output: GetAudioDurationOutput };
  get_media_info: { input: GetMediaInfoInput; output: GetMediaInfoOutput };
  get_url: { input: GetUrlInput; output: GetUrlOutput };
  imgs_infos: { input: ImgsInfosInput; output: ImgsInfosOutput };
  keyframes_infos: { input: KeyframesInfosInput; output: KeyframesInfosOutput };
  modify_infos: { input: ModifyInfosInput; output: ModifyInfosOutput };
  objs_to_str_list: { input: ObjsToStrListInput; output: ObjsToStrListOutput };
  sticker_infos: { input: StickerInfosInput; output: StickerInfosOutput };
  str_list_to_objs: { input: StrListToObjsInput; output: StrListToObjsOutput };
  str_to_list: { input: StrToListInput; output: StrToListOutput };
  swap_infos: { input: SwapInfosInput; output: SwapInfosOutput };
  timelines: { input: TimelinesInput; output: TimelinesOutput };
  video_infos: { input: VideoInfosInput; output: VideoInfosOutput };
  get_audio_effect_types: { input: GetAudioEffectTypesInput; output: GetAudioEffectTypesOutput };
  get_character_effect_types: { input: GetCharacterEffectTypesInput; output: GetCharacterEffectTypesOutput };
  get_combo_animation_types: { input: GetComboAnimationTypesInput; output: GetComboAnimationTypesOutput };
  get_effects: { input: GetEffectsInput; output: GetEffectsOutput };
  get_filters: { input: GetFiltersInput; output: GetFiltersOutput };
  get_font_types: { input: GetFontTypesInput; output: GetFontTypesOutput };
  get_image_animations: { input: GetImageAnimationsInput; output: GetImageAnimationsOutput };
  get_intro_animation_types: { input: GetIntroAnimationTypesInput; output: GetIntroAnimationTypesOutput };
  get_mask_types: { input: GetMaskTypesInput; output: GetMaskTypesOutput };
  get_outro_animation_types: { input: GetOutroAnimationTypesInput; output: GetOutroAnimationTypesOutput };
  get_text_animations: { input: GetTextAnimationsInput; output: GetTextAnimationsOutput };
  get_text_effects: { input: GetTextEffectsInput; output: GetTextEffectsOutput };
  get_text_intro_types: { input: GetTextIntroTypesInput; output: GetTextIntroTypesOutput };
  get_text_loop_anim_types: { input: GetTextLoopAnimTypesInput; output: GetTextLoopAnimTypesOutput };
  get_text_outro_types: { input: GetTextOutroTypesInput; output: GetTextOutroTypesOutput };
  get_transition_types: { input: GetTransitionTypesInput; output: GetTransitionTypesOutput };
  get_video_scene_effect_types: {
    input: GetVideoSceneEffectTypesInput;
    output: GetVideoSceneEffectTypesOutput;
  };
  list_catalog: { input: ListCatalogInput; output: ListCatalogOutput };
  search_catalog: { input: SearchCatalogInput; output: SearchCatalogOutput };
  search_sticker: { input: SearchStickerInput; output: SearchStickerOutput };
  answer_job: { input: AnswerJobInput; output: AnswerJobOutput };
  get_job: { input: GetJobInput; output: GetJobOutput };
}

/** Names of the tools. */
export type ToolName = keyof Tools;

/** The function behind a tool. */
export type ToolHandler<Name extends ToolName> = Handler<Tools[Name]['input'], Tools[Name]['output']>;
