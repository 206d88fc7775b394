import { formatUs } from '../../timeline/time.ts';
import { UNUSUAL_HINT, whyUnusual } from '../../unusual-video.ts';
import type { DraftContext, DraftRule, LookedAtFile } from '../draft-rule.ts';
import type { MaterialView } from '../draft-view.ts';
import { numberOf, textOf } from '../loose.ts';
import { mediaPathOf } from '../media-path.ts';

/** Extensions that mean the same content. */
const SAME: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jfif'],
  ['tif', 'tiff'],
  ['mp4', 'mov', 'm4v', 'm4a', 'm4s', 'm4b', '3gp', '3g2', 'f4v', 'qt', 'aac'],
  ['mkv', 'webm', 'mka'],
  ['ts', 'mts', 'm2ts'],
  ['ogg', 'oga', 'ogv', 'opus'],
  ['wav', 'wave'],
  ['aif', 'aiff', 'aifc'],
  ['mp3', 'mp2', 'mpga'],
  ['heic', 'heif', 'avif'],
  ['mpg', 'mpeg', 'vob'],
];

interface KnownFile extends LookedAtFile {
  material: MaterialView;
  path: string;
}

/** Media of the draft whose content somebody has looked at. */
function knownFiles({ view, files }: DraftContext): KnownFile[] {
  return view.materials.flatMap((material) => {
    const path = mediaPathOf(material);
    const file = path === undefined ? undefined : files?.get(path);
    return path === undefined || file === undefined ? [] : [{ ...file, material, path }];
  });
}

/** DR093: what is heard has sound, what is seen has a picture. */
export const wrongMedium: DraftRule = {
  id: 'DR093',
  title: 'sound comes from sound files, pictures from files with a picture',
  severity: 'error',
  draft(context) {
    for (const { material, path, facts } of knownFiles(context)) {
      const { array, path: at, value } = material;
      const report = (what: string): void =>
        context.report({ path: [...at, 'path'], message: `"${path}" ${what}` });
      if (array === 'videos' && facts.kind === 'audio') report('has no picture, and is used as one');
      // The app itself names the video when it parts a clip from its sound.
      else if (array === 'audios' && facts.kind !== 'audio' && value.type !== 'video_original_sound')
        report(facts.hasAudio ? 'is a video, and is used as sound' : 'has no sound, and is used as sound');
    }
  },
};

/** DR128: the name of a file says what is in it. */
export const wrongExtension: DraftRule = {
  id: 'DR128',
  title: 'extensions of media are those of their content',
  severity: 'warning',
  draft(context) {
    for (const { material, path, extension } of knownFiles(context)) {
      const said = /\.([a-z0-9]{1,5})$/i.exec(path)?.[1]?.toLowerCase();
      if (said === undefined || isSame(said, extension.toLowerCase())) continue;
      context.report({
        path: [...material.path, 'path'],
        message: `"${path}" is ${extension}`,
        hint: `rename the file to .${extension}, then: cozecut draft edit relink`,
      });
    }
  },
};

function isSame(one: string, other: string): boolean {
  return one === other || SAME.some((group) => group.includes(one) && group.includes(other));
}

/** DR132: a material lasts as long as its file. */
export const declaredLength: DraftRule = {
  id: 'DR132',
  title: 'lengths of media are those of their files',
  severity: 'warning',
  fixable: true,
  draft(context) {
    for (const { material, path, facts } of knownFiles(context)) {
      const { array, value } = material;
      const said = numberOf(value.duration);
      const isPlaying = facts.kind === 'audio' || facts.kind === 'video';
      if (!isPlaying || said === undefined || said <= 0 || facts.durationUs <= 0) continue;
      if (array === 'videos' && textOf(value.type) !== 'video') continue;
      if (Math.abs(said - facts.durationUs) <= context.frameUs + 1) continue;
      const at = [...material.path, 'duration'];
      context.report({
        path: at,
        message: `"${path}" lasts ${formatUs(facts.durationUs)}, the material says ${formatUs(said)}`,
        fix: {
          title: `set it to ${formatUs(facts.durationUs)}`,
          timeline: (edit) => edit.setAt(at, facts.durationUs),
        },
      });
    }
  },
};

/** DR129: what the app may show otherwise than players do. */
export const unusualVideo: DraftRule = {
  id: 'DR129',
  title: 'videos have one picture, upright, at a constant rate',
  severity: 'warning',
  draft(context) {
    for (const { material, path, streams = [] } of knownFiles(context)) {
      const why = material.array === 'videos' ? whyUnusual(streams) : undefined;
      if (why !== undefined)
        context.report({
          path: [...material.path, 'path'],
          message: `"${path}": ${why}`,
          hint: UNUSUAL_HINT,
        });
    }
  },
};
