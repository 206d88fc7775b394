import { STILL_US } from '../../media-facts.ts';
import type { Profile } from '../../profiles/profile.ts';
import { numberOf, objectOf, textOf } from '../loose.ts';
import type { EditContext } from './operation.ts';
import type { Material } from './parts.ts';

/** Makes animated pictures what an app takes them for: a kind of their own without a length, or short videos. */
export function migrateAnimatedPictures(context: EditContext, { gif, title }: Profile): void {
  for (const { array, material } of context.draft.materials.values()) {
    const { type } = material;
    const isGif = type === 'gif' || (type === 'video' && /\.gif$/i.test(textOf(material.path) ?? ''));
    if (array !== 'videos' || !isGif || type === gif) continue;
    const lengthUs = gif === 'gif' ? STILL_US : fileLengthUs(context, material);
    if (lengthUs !== undefined && longestUse(context, material) <= lengthUs) {
      material.type = gif;
      material.duration = lengthUs;
      continue;
    }
    const why =
      lengthUs === undefined ? 'its length is not known' : 'a clip shows it for longer than it lasts';
    context.warn('DR036', `${title} takes the animated picture ${material.path} for a video, but ${why}`, {
      hint: 'replace it, or shorten its clip',
    });
  }
}

/** What the list of imported media says. */
function fileLengthUs({ meta }: EditContext, material: Material): number | undefined {
  const said = numberOf(meta?.entryOf(material.path)?.duration);
  return said !== undefined && said > 0 && said < STILL_US ? said : undefined;
}

function longestUse({ draft }: EditContext, { id }: Material): number {
  const uses = draft.tracks.flatMap(({ segments }) => segments.filter((one) => one.material_id === id));
  return uses.reduce((longest, segment) => {
    const { start, duration } = objectOf(segment.source_timerange ?? segment.target_timerange);
    return Math.max(longest, (numberOf(start) ?? 0) + (numberOf(duration) ?? 0));
  }, 0);
}
