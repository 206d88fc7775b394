import {
  decodeText,
  editableTimeline,
  readInput,
  type Timeline,
  type Track,
  toTimelines,
} from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { type Problem, UserError } from '@cozecut/problems';
import type { AddSubtitlesInput } from './tools.gen.ts';

type TextTrack = Extract<Track, { type: 'text' }>;

/** Largest subtitle file; a whole film has less than a tenth of it. */
const MAX_BYTES = 4 * 1024 * 1024;
const FORMATS = ['srt', 'vtt', 'ass', 'lrc'];

/**
 * The captions of a subtitle file, times in microseconds. Lines that cannot be read are skipped, and told.
 *
 * @throws UserError INPUT_INVALID, EXPORT_INVALID when it is no subtitle file, and what the guarded fetch throws.
 */
export async function readSubtitles(
  { content, url, format }: AddSubtitlesInput,
  canvas: Timeline['canvas'],
  context: ToolContext,
): Promise<{ tracks: TextTrack[]; problems: Problem[] }> {
  if ((content === undefined) === (url === undefined))
    throw new UserError('INPUT_INVALID', 'give either content or url');
  const address = url ?? addressIn(content!);
  const text = address === undefined ? withLines(content!) : await download(address, context);
  const read = readInput(text, {
    ...(format === 'auto' ? {} : { from: format }),
    ...(address === undefined ? {} : { fileName: new URL(address).pathname }),
  });
  if (!FORMATS.includes(read.format))
    throw new UserError('INPUT_INVALID', `the content is ${read.format}, which is no format of subtitles`, {
      hint: 'give the text of an SRT, WebVTT, ASS or LRC file; generate_draft takes the other formats',
    });
  const { width, height, fps } = canvas;
  const { timelines, problems } = toTimelines(read, {
    facts: new Map(),
    canvas: { width, height },
    fps,
    lenient: true,
  });
  const [timeline] = timelines;
  if (timeline === undefined) throw UserError.fromProblems('EXPORT_INVALID', problems);
  const tracks = editableTimeline(timeline).tracks.filter(
    (track): track is TextTrack => track.type === 'text',
  );
  return { tracks, problems: problems.filter(({ severity }) => severity !== 'info') };
}

/** A track later by a time; captions that would be over before 0 go, and those that would begin there begin at 0. */
export function shifted(track: TextTrack, byUs: number): TextTrack {
  const clips = track.clips.flatMap((clip) => {
    const start = Number(clip.start) + byUs;
    const end = start + Number(clip.duration);
    if (end <= 0) return [];
    return [{ ...clip, start: Math.max(0, start), duration: end - Math.max(0, start) }];
  });
  return { ...track, clips };
}

/** The address that a content is instead of having text. */
function addressIn(content: string): string | undefined {
  return /^\s*https?:\/\/\S+\s*$/i.test(content) ? content.trim() : undefined;
}

/** A text in one line has its lines spelled out: programs escape twice. */
function withLines(content: string): string {
  return /[\r\n]/.test(content.trim()) ? content : content.replaceAll(/\\r?\\n|\\n/g, '\n');
}

async function download(url: string, { fetch, signal }: ToolContext): Promise<string> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UserError('INPUT_INVALID', `url must be an http or https address (got ${JSON.stringify(url)})`);
  const response = await fetch(url, { signal });
  if (!response.ok)
    throw new UserError(
      'MEDIA_UNREACHABLE',
      `${new URL(url).host} answered ${response.status} for the subtitles`,
    );
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES)
      throw new UserError('MEDIA_TOO_LARGE', `a subtitle file may have ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return decodeText(Buffer.concat(chunks));
}
