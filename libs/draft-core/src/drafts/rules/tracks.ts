import { showJson } from '@cozecut/problems';
import { ownValue } from '../../own-value.ts';
import type { DraftRule } from '../draft-rule.ts';
import type { TrackView } from '../draft-view.ts';
import { numberOf } from '../loose.ts';

/** Arrays that the segments of a track show; open for types that are not listed. */
const MAIN_ARRAYS: Readonly<Record<string, readonly string[]>> = {
  video: ['videos', 'drafts'],
  audio: ['audios', 'videos'],
  text: ['texts', 'text_templates'],
  // Drafts of phones have templates of texts there.
  sticker: ['stickers', 'images', 'shapes', 'videos', 'text_templates'],
  effect: ['video_effects', 'effects'],
  filter: ['effects', 'video_effects', 'filters'],
};
const SOUND_AND_PICTURE = ['videos', 'audios'];

/** DR010: a track shows what it is made for. */
export const trackKind: DraftRule = {
  id: 'DR010',
  title: 'clips are on a track of their type',
  severity: 'error',
  segment({ track, material, path, place }, { report }) {
    const allowed = ownValue(MAIN_ARRAYS, track.type);
    if (allowed === undefined || material === undefined || allowed.includes(material.array)) return;
    if (isMisplacedMedia(track, material.array)) return;
    report({
      path: [...path, 'material_id'],
      message: `${place}: an entry of \`${material.array}\` cannot go on a track of type "${track.type}"`,
    });
  },
};

/** DR037: sound tracks play sounds, video tracks play videos. */
export const misplacedMedia: DraftRule = {
  id: 'DR037',
  title: 'media come from the array of their track type',
  severity: 'error',
  segment({ track, material, path, place }, { report }) {
    if (material === undefined || !isMisplacedMedia(track, material.array)) return;
    report({
      path: [...path, 'material_id'],
      message: `${place}: the ${track.type} segment points into \`${material.array}\``,
    });
  },
};

function isMisplacedMedia({ type }: TrackView, array: string): boolean {
  if (!SOUND_AND_PICTURE.includes(array)) return false;
  return (type === 'audio' && array !== 'audios') || (type === 'video' && array !== 'videos');
}

/** DR011: names of tracks differ. The app does not mind, commands that name a track do. */
export const trackNames: DraftRule = {
  id: 'DR011',
  title: 'names of tracks differ',
  severity: 'info',
  draft({ view: { tracks }, report }) {
    const seen = new Set<string>();
    for (const { name, path } of tracks) {
      if (name === undefined) continue;
      if (seen.has(name))
        report({
          path: [...path, 'name'],
          message: `track name "${name}" is used twice`,
          hint: 'rename one',
        });
      seen.add(name);
    }
  },
};

/** DR017: what is drawn over what is clear. */
export const sharedLayers: DraftRule = {
  id: 'DR017',
  title: 'visual tracks have layers of their own',
  severity: 'warning',
  draft({ view: { tracks, content }, report }) {
    // In this mode the order of the tracks counts, not the layers of segments.
    if (content.render_index_track_mode_on === true) return;
    const byLayer = new Map<number, TrackView>();
    for (const track of tracks) {
      if (track.type === 'audio' || track.layer === undefined) continue;
      const other = byLayer.get(track.layer);
      if (other === undefined) byLayer.set(track.layer, track);
      else {
        const message = `${other.place} and ${track.place} share layer ${track.layer}: which is drawn over the other is undefined`;
        report({ path: track.path, message, hint: 'give them different layers' });
      }
    }
  },
};

/** DR019: a track is one layer. */
export const mixedLayers: DraftRule = {
  id: 'DR019',
  title: 'all clips of a track are on one layer',
  severity: 'warning',
  fixable: true,
  track({ segments, layer, place }, { report }) {
    const others = segments.filter(({ value }) => numberOf(value.render_index) !== layer);
    if (layer === undefined || others.length === 0) return;
    report({
      path: [...others[0]!.path, 'render_index'],
      message: `clips of ${place} are on different layers: ${layer} and ${showJson(others[0]!.value.render_index)}`,
      fix: {
        title: 'put all on the layer of the first',
        timeline: (edit) => {
          for (const other of others) edit.setAt([...other.path, 'render_index'], layer);
        },
      },
    });
  },
};
