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
  /** App family the draft is written for; jianying-5.9-win unless the content names another */
  profile?:
    | 'jianying-5.9-win'
    | 'jianying-6-10-win'
    | 'jianying-6-10-win@8.4'
    | 'jianying-11-win'
    | 'jianying-11-mac'
    | 'capcut-win'
    | 'capcut-mac';
}

/** What `generate_draft` answers with. */
export interface GenerateDraftOutput {
  /** The drafts that were written, in the order of the export */
  drafts: {
    /** Id of the draft */
    draft_id: string;
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
    archive_url?: string;
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
  /** App family the draft is written for; jianying-5.9-win unless the content names another */
  profile?:
    | 'jianying-5.9-win'
    | 'jianying-6-10-win'
    | 'jianying-6-10-win@8.4'
    | 'jianying-11-win'
    | 'jianying-11-mac'
    | 'capcut-win'
    | 'capcut-mac';
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
  /** Title shown in JianYing and name of the folder */
  name: string;
  /** Canvas width in pixels */
  width: number;
  /** Canvas height in pixels */
  height: number;
  /** Frames per second */
  fps: 24 | 25 | 30 | 50 | 60;
  /** App family the draft is written for; jianying-5.9-win unless the content names another */
  profile?:
    | 'jianying-5.9-win'
    | 'jianying-6-10-win'
    | 'jianying-6-10-win@8.4'
    | 'jianying-11-win'
    | 'jianying-11-mac'
    | 'capcut-win'
    | 'capcut-mac';
}

/** What `create_draft` answers with. */
export interface CreateDraftOutput {
  /** Id to pass to every other tool */
  draft_id: string;
}

/** What the handler of `add_videos` gets, defaults filled in. */
export interface AddVideosInput {
  /** Id from create_draft */
  draft_id: string;
  /** Clips of the new track */
  video_infos: {
    /** Address of the video file */
    video_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Start inside the file in microseconds */
    source_start?: number;
    /** End inside the file in microseconds */
    source_end?: number;
    /** Playback speed, 1 = as recorded */
    speed?: number;
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
    /** Visible part as fractions of the picture, origin top left */
    crop?: {
      /** Left edge */
      left?: number;
      /** Top edge */
      top?: number;
      /** Right edge */
      right?: number;
      /** Bottom edge */
      bottom?: number;
    };
    /** Fill the canvas with the blurred picture */
    background_blur?: number;
    /** Fill the canvas with a colour, #RRGGBB */
    background_color?: string;
  }[];
  /** Opacity */
  alpha: number;
  /** Horizontal scale; 1 = fitted into the canvas */
  scale_x: number;
  /** Vertical scale; 1 = fitted into the canvas */
  scale_y: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x: number;
  /** Pixels from the centre of the canvas, up is positive */
  transform_y: number;
}

/** What `add_videos` answers with. */
export interface AddVideosOutput {
  /** Id of the draft */
  draft_id: string;
  /** Id of the new track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
}

/** What the handler of `add_images` gets, defaults filled in. */
export interface AddImagesInput {
  /** Id from create_draft */
  draft_id: string;
  /** Pictures of the new track */
  image_infos: {
    /** Address of the picture */
    image_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Degrees clockwise */
    rotation?: number;
    /** Mirror left and right */
    flip_horizontal?: boolean;
    /** Mirror top and bottom */
    flip_vertical?: boolean;
    /** Visible part as fractions of the picture, origin top left */
    crop?: {
      /** Left edge */
      left?: number;
      /** Top edge */
      top?: number;
      /** Right edge */
      right?: number;
      /** Bottom edge */
      bottom?: number;
    };
    /** Fill the canvas with the blurred picture */
    background_blur?: number;
    /** Fill the canvas with a colour, #RRGGBB */
    background_color?: string;
  }[];
  /** Opacity */
  alpha: number;
  /** Horizontal scale; 1 = fitted into the canvas */
  scale_x: number;
  /** Vertical scale; 1 = fitted into the canvas */
  scale_y: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x: number;
  /** Pixels from the centre of the canvas, up is positive */
  transform_y: number;
}

/** What `add_images` answers with. */
export interface AddImagesOutput {
  /** Id of the draft */
  draft_id: string;
  /** Id of the new track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
}

/** What the handler of `add_audios` gets, defaults filled in. */
export interface AddAudiosInput {
  /** Id from create_draft */
  draft_id: string;
  /** Clips of the new track */
  audio_infos: {
    /** Address of the sound file */
    audio_url: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Start inside the file in microseconds */
    source_start?: number;
    /** End inside the file in microseconds */
    source_end?: number;
    /** Playback speed, 1 = as recorded */
    speed?: number;
    /** Gain, 1 = as recorded */
    volume?: number;
    /** Fade-in of the sound in microseconds */
    fade_in?: number;
    /** Fade-out of the sound in microseconds */
    fade_out?: number;
  }[];
}

/** What `add_audios` answers with. */
export interface AddAudiosOutput {
  /** Id of the draft */
  draft_id: string;
  /** Id of the new track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
}

/** What the handler of `add_captions` gets, defaults filled in. */
export interface AddCaptionsInput {
  /** Id from create_draft */
  draft_id: string;
  /** Captions of the new track */
  captions: {
    /** What is shown */
    text: string;
    /** Start on the timeline in microseconds */
    start: number;
    /** End on the timeline in microseconds, after start */
    end: number;
    /** Size of this caption */
    font_size?: number;
    /** Colour of this caption, #RRGGBB */
    text_color?: string;
  }[];
  /** Size as JianYing shows it */
  font_size: number;
  /** Colour, #RRGGBB */
  text_color: string;
  /** Colour of the outline, #RRGGBB; without it there is none */
  border_color?: string;
  /** Colour of the box behind the text, #RRGGBB; without it there is none */
  background_color?: string;
  /** Alignment of the lines */
  alignment: 'left' | 'center' | 'right';
  /** Bold */
  bold: boolean;
  /** Italic */
  italic: boolean;
  /** Underlined */
  underline: boolean;
  /** Space between letters as JianYing shows it */
  letter_spacing: number;
  /** Space between lines as JianYing shows it */
  line_spacing: number;
  /** Opacity */
  alpha: number;
  /** Scale of the text box */
  scale: number;
  /** Pixels from the centre of the canvas, right is positive */
  transform_x: number;
  /** Pixels from the centre of the canvas, up is positive; without it the captions stand at the bottom */
  transform_y?: number;
}

/** What `add_captions` answers with. */
export interface AddCaptionsOutput {
  /** Id of the draft */
  draft_id: string;
  /** Id of the new track */
  track_id: string;
  /** Ids of the new clips, in the order they were given */
  segment_ids: string[];
}

/** What the handler of `save_draft` gets, defaults filled in. */
export interface SaveDraftInput {
  /** Id from create_draft */
  draft_id: string;
  /** Folder the draft folder is written into; must be one that the deployment allows */
  output_folder?: string;
}

/** What `save_draft` answers with. */
export interface SaveDraftOutput {
  /** Id of the draft */
  draft_id: string;
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
  archive_url?: string;
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
}

/** Names of the tools. */
export type ToolName = keyof Tools;

/** The function behind a tool. */
export type ToolHandler<Name extends ToolName> = Handler<Tools[Name]['input'], Tools[Name]['output']>;
