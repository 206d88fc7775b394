import { formatUs } from '../../timeline/time.ts';
import type { DraftRule } from '../draft-rule.ts';
import { companionsIn } from '../draft-view.ts';
import { listOf, numberOf, objectOf, textOf } from '../loose.ts';
import { mediaPathOf } from '../media-path.ts';

/** DR028: volume is not negative. */
export const negativeVolume: DraftRule = {
  id: 'DR028',
  title: 'volumes are 0 or more',
  severity: 'error',
  segment({ value, path, place }, { report }) {
    const volume = numberOf(value.volume);
    if (volume === undefined || (volume >= 0 && Number.isFinite(volume))) return;
    report({ path: [...path, 'volume'], message: `${place}: volume must be >= 0 (got ${volume})` });
  },
};

/** DR029: volumes that somebody has heard. */
export const loudVolume: DraftRule = {
  id: 'DR029',
  title: 'volumes are at most 10',
  severity: 'warning',
  segment({ value, path, place }, { report }) {
    const tell = (volume: number | undefined, ...own: (string | number)[]): void => {
      if (volume === undefined || !(volume > 4) || !Number.isFinite(volume)) return;
      const message = `${place}: gain ${volume} is beyond what tools have tested`;
      report({ path: [...path, ...own], message, severity: volume > 10 ? 'warning' : 'info' });
    };
    tell(numberOf(value.volume), 'volume');
    for (const [index, list] of listOf(value.common_keyframes).entries()) {
      const { property_type, keyframe_list } = objectOf(list);
      if (property_type !== 'KFTypeVolume') continue;
      const gains = listOf(keyframe_list).map((point) => numberOf(listOf(objectOf(point).values)[0]) ?? 0);
      tell(Math.max(0, ...gains), 'common_keyframes', index);
    }
  },
};

/** DR088: one sound effect of a category. */
export const soundEffects: DraftRule = {
  id: 'DR088',
  title: 'a clip has one sound effect of a category',
  severity: 'error',
  segment(segment, { report }) {
    const seen = new Set<string>();
    for (const { value, path } of companionsIn(segment, 'audio_effects')) {
      const category = textOf(value.category_id);
      if (category === undefined) continue;
      if (seen.has(category))
        report({ path, message: `${segment.place}: sound effect category ${category} is already used` });
      seen.add(category);
    }
  },
};

/** DR089: the app makes speech to song itself. */
export const speechToSong: DraftRule = {
  id: 'DR089',
  title: 'no generated speech to song',
  severity: 'warning',
  segment(segment, { report }) {
    for (const { value, path } of companionsIn(segment, 'audio_effects')) {
      // A draft of the app has the song that it made; a generated one has none.
      if (value.category_id !== 'speech_to_song' || textOf(value.production_path) !== undefined) continue;
      report({
        path,
        message: `${segment.place}: the app does not pick up speech to song that it did not make`,
      });
    }
  },
};

/** DR090: fades fit into their clip. */
export const fadeLength: DraftRule = {
  id: 'DR090',
  title: 'fades fit into their clip',
  severity: 'error',
  segment(segment, { frameUs, report }) {
    for (const { value, path } of companionsIn(segment, 'audio_fades')) {
      const [inUs, outUs] = [numberOf(value.fade_in_duration) ?? 0, numberOf(value.fade_out_duration) ?? 0];
      if (inUs < 0 || outUs < 0) {
        report({
          path,
          message: `${segment.place}: fade lengths must be >= 0 (got in ${inUs} us, out ${outUs} us)`,
        });
      } else if (segment.endUs !== undefined && inUs + outUs > segment.durationUs! + frameUs) {
        const message = `${segment.place}: ${formatUs(inUs)} in and ${formatUs(outUs)} out exceed the clip of ${formatUs(segment.durationUs!)}`;
        report({ path, message, hint: 'shorten the fades' });
      }
    }
  },
};

/** DR091: one fade. */
export const oneFade: DraftRule = {
  id: 'DR091',
  title: 'a clip has one fade',
  severity: 'error',
  segment(segment, { report }) {
    const [, second] = companionsIn(segment, 'audio_fades');
    if (second !== undefined)
      report({ path: second.path, message: `${segment.place}: a second fade`, hint: 'remove one' });
  },
};

/** DR092: what has no sound cannot be made louder. */
export const silentClip: DraftRule = {
  id: 'DR092',
  title: 'sound settings are on clips with sound',
  severity: 'warning',
  segment(segment, { files, report }) {
    const { material, value, place } = segment;
    if (material?.array !== 'videos') return;
    const path = mediaPathOf(material);
    const facts = path === undefined ? undefined : files?.get(path)?.facts;
    const hasSound = material.value.has_audio ?? facts?.hasAudio;
    if (hasSound !== false && material.value.type !== 'photo') return;
    const volume = numberOf(value.volume) ?? 1;
    const fades = companionsIn(segment, 'audio_fades').some(
      (fade) =>
        (numberOf(fade.value.fade_in_duration) ?? 0) + (numberOf(fade.value.fade_out_duration) ?? 0) > 0,
    );
    const curve = listOf(value.common_keyframes).some(
      (list) => objectOf(list).property_type === 'KFTypeVolume',
    );
    const used = [
      volume !== 1 && volume !== 0 ? 'volume' : '',
      fades ? 'fade' : '',
      curve ? 'volume keyframes' : '',
    ].filter((word) => word !== '');
    if (used.length === 0) return;
    const name = textOf(material.value.material_name) ?? 'its file';
    report({
      path: segment.path,
      message: `${place}: "${name}" has no sound, ${used.join(' and ')} has no effect`,
    });
  },
};

/** DR094: the app crashes on a sound with a picture transform. */
export const soundWithClip: DraftRule = {
  id: 'DR094',
  title: 'sounds have no picture transform',
  severity: 'error',
  fixable: true,
  segment({ track, value, path, place }, { report }) {
    if (track.type !== 'audio' || value.clip === null || value.clip === undefined) return;
    report({
      path: [...path, 'clip'],
      message: `${place}: \`clip\` of a sound must be null; the app crashes on it`,
      fix: { title: 'set it to null', timeline: (edit) => edit.setAt([...path, 'clip'], null) },
    });
  },
};
