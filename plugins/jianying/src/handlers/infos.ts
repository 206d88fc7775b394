import { UserError } from '@cozecut/problems';
import type { KeyframesInfosInput, ToolHandler, VideoInfosInput } from '../tools.gen.ts';

/** The list that `add_videos` takes. */
export const videoInfos: ToolHandler<'video_infos'> = ({ video_urls, timelines, ...all }) => ({
  infos: paired(video_urls, timelines, (video_url) => ({ video_url, ...all })),
});

/** The list that `add_audios` takes. */
export const audioInfos: ToolHandler<'audio_infos'> = ({ mp3_urls, timelines, ...all }) => ({
  infos: paired(mp3_urls, timelines, (audio_url) => ({ audio_url, ...all })),
});

/** The list that `add_images` takes. */
export const imgsInfos: ToolHandler<'imgs_infos'> = (input) => {
  const { imgs, timelines, in_animation, out_animation, loop_animation, transition } = input;
  const of = (key: string, names: string | undefined, length: number | undefined, index: number) => {
    const name = nth(names, index);
    if (name === undefined) return {};
    return { [key]: name, ...(length === undefined ? {} : { [`${key}_duration`]: length }) };
  };
  const { width, height } = input;
  const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  return {
    infos: paired(imgs, timelines, (image_url, index) => ({
      image_url,
      ...size,
      ...of('in_animation', in_animation, input.in_animation_duration, index),
      ...of('out_animation', out_animation, input.out_animation_duration, index),
      ...of('loop_animation', loop_animation, input.loop_animation_duration, index),
      ...of('transition', transition, input.transition_duration, index),
    })),
  };
};

/** The list that `add_captions` takes. */
export const captionInfos: ToolHandler<'caption_infos'> = ({ texts, timelines, keywords = [], ...all }) => ({
  infos: paired(texts, timelines, (text, index) => ({
    text,
    ...(keywords[index] === undefined || keywords[index] === '' ? {} : { keyword: keywords[index] }),
    ...all,
  })),
});

/** The list that `add_effects` takes. */
export const effectInfos: ToolHandler<'effect_infos'> = ({ effects, timelines, ...all }) => ({
  infos: paired(effects, timelines, (effect_title) => ({ effect_title, ...all })),
});

/** The list that `add_filters` takes. */
export const filterInfos: ToolHandler<'filter_infos'> = ({ filters, timelines, intensities = [] }) => ({
  infos: paired(filters, timelines, (filter_title, index) => {
    const intensity = intensities[index] ?? intensities.at(-1);
    return {
      filter_title,
      ...(intensity === undefined ? {} : { intensity: Math.min(100, Math.max(0, intensity)) }),
    };
  }),
});

/** The list that `add_stickers` takes. */
export const stickerInfos: ToolHandler<'sticker_infos'> = ({ sticker_ids, timelines, ...all }) => ({
  infos: paired(sticker_ids, timelines, (sticker_id) => ({ sticker_id, ...all })),
});

/** The list that `add_keyframes` takes: the same curve for every clip. */
export const keyframesInfos: ToolHandler<'keyframes_infos'> = (input) => {
  const { ctype, offsets, values, segment_infos } = input;
  const whole = wholeOf(input);
  const [percents, numbers] = [numbersOf(offsets, 'offsets'), numbersOf(values, 'values')];
  if (percents.length !== numbers.length)
    throw new UserError('INPUT_INVALID', `there are ${percents.length} offsets and ${numbers.length} values`);
  const outside = percents.find((percent) => percent < 0 || percent > 100);
  if (outside !== undefined)
    throw new UserError('INPUT_INVALID', `offsets are percent from 0 to 100 (got ${outside})`);
  return {
    keyframes_infos: segment_infos.flatMap(({ id, start, end }) =>
      percents.map((percent, index) => ({
        segment_id: id,
        property: ctype,
        offset: Math.max(0, Math.floor(((end - start) * percent) / 100)),
        value: numbers[index]! / whole,
      })),
    ),
  };
};

/** What positions are divided by. */
function wholeOf({ ctype, width = 1, height = 1 }: KeyframesInfosInput): number {
  if (ctype === 'KFTypePositionX' || ctype === 'position_x') return width;
  return ctype === 'KFTypePositionY' || ctype === 'position_y' ? height : 1;
}

/** An entry for each name that has a part of the timeline. */
function paired<Entry extends object>(
  names: readonly string[],
  timelines: VideoInfosInput['timelines'],
  entryOf: (name: string, index: number) => Entry,
): (Entry & { start: number; end: number })[] {
  const count = Math.min(names.length, timelines.length);
  return names.slice(0, count).map((name, index) => {
    const { start, end } = timelines[index]!;
    if (end > start) return { ...entryOf(name, index), start, end };
    throw new UserError(
      'INPUT_INVALID',
      `timelines[${index}]: the end must be behind the start ${start} (got ${end})`,
    );
  });
}

/** The part of `a|b` for one of several; the last repeats. */
function nth(names: string | undefined, index: number): string | undefined {
  const all = names?.split('|').map((name) => name.trim()) ?? [];
  const name = all[Math.min(index, all.length - 1)];
  return name === '' ? undefined : name;
}

function numbersOf(text: string, what: string): number[] {
  return text.split('|').map((part) => {
    const value = Number(part.trim());
    if (part.trim() !== '' && Number.isFinite(value)) return value;
    throw new UserError(
      'INPUT_INVALID',
      `${what} must be numbers separated by | (got ${JSON.stringify(part)})`,
    );
  });
}
