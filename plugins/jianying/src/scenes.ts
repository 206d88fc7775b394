import type { AddVideosInput } from './tools.gen.ts';

type VideoInfo = AddVideosInput['video_infos'][number];

/**
 * Clips that last as long as their scenes: each is played at the speed that makes it so. When all of them have a scene,
 * each begins where the one before really ends; a scene without a length changes nothing.
 */
export function withScenes({
  video_infos: infos,
  scene_timelines: scenes = [],
}: Pick<AddVideosInput, 'video_infos' | 'scene_timelines'>): VideoInfo[] {
  const isWhole = infos.length > 0 && infos.every((_, index) => lengthOf(scenes[index]) > 0);
  let at = infos[0]?.start ?? 0;
  return infos.map((info, index) => {
    const length = lengthOf(scenes[index]);
    if (!(length > 0)) return info;
    const start = isWhole ? at : info.start;
    at = start + length;
    return { ...info, start, end: at, speed: (info.end - info.start) / length };
  });
}

function lengthOf(scene: { start: number; end: number } | undefined): number {
  return scene === undefined ? 0 : scene.end - scene.start;
}
