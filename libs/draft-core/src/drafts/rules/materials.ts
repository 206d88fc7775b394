import { showJson } from '@cozecut/problems';
import { STILL_US } from '../../media-facts.ts';
import type { DraftRule } from '../draft-rule.ts';
import type { MaterialView } from '../draft-view.ts';
import { textOf } from '../loose.ts';
import { sameMediaKey } from '../same-media.ts';

const PICTURES = /\.(png|jpe?g|webp|bmp|heic|tiff?)$/i;
const VIDEOS = /\.(mp4|mov|m4v|mkv|avi|webm|flv|wmv|mpe?g|ts)$/i;

/** DR035: a file is registered once. */
export const sameMaterial: DraftRule = {
  id: 'DR035',
  title: 'a file is one material',
  severity: 'warning',
  fixable: true,
  draft({ view, report }) {
    const groups = new Map<string, MaterialView[]>();
    for (const material of view.materials) {
      const key = material.id === undefined ? undefined : sameMediaKey(material.array, material.value);
      if (key === undefined) continue;
      groups.set(key, [...(groups.get(key) ?? []), material]);
    }
    for (const [first, ...others] of groups.values()) {
      if (first === undefined || others.length === 0) continue;
      const ids = new Set(others.map(({ id }) => id));
      const users = view.segments.filter(({ value }) => ids.has(textOf(value.material_id)));
      report({
        path: others[0]!.path,
        message: `${showJson(first.value.path)} is registered ${others.length + 1} times`,
        fix: {
          title: 'use the first everywhere',
          timeline: (edit) => {
            for (const { path } of users) edit.setAt([...path, 'material_id'], first.id);
            for (const { path } of others) edit.removeAt(path);
          },
        },
      });
    }
  },
};

/** DR036: a material is what its file is. */
export const materialType: DraftRule = {
  id: 'DR036',
  title: 'materials are of the type of their file',
  severity: 'error',
  fixable: true,
  draft({ view, report }) {
    for (const { array, value, path } of view.materials) {
      if (array !== 'videos') continue;
      const file = textOf(value.path) ?? '';
      const [is, says] = [
        PICTURES.test(file) ? 'photo' : VIDEOS.test(file) ? 'video' : undefined,
        textOf(value.type),
      ];
      const stray = value.material_type;
      const right = is ?? (stray === 'photo' || stray === 'video' ? stray : undefined);
      if (says !== 'photo' && says !== 'video') continue;
      if (stray !== undefined || (right !== undefined && right !== says)) {
        const message =
          stray === undefined
            ? `"${file}" is a ${is}, the material says ${says}`
            : `"${file}": the key \`material_type\` is none of the app, the type is ${says}`;
        report({
          path: [...path, stray === undefined ? 'type' : 'material_type'],
          message,
          fix: {
            title: `make it a ${right ?? says}`,
            timeline: (edit) => {
              edit.setAt([...path, 'type'], right ?? says);
              edit.removeAt([...path, 'material_type']);
              if ((right ?? says) === 'photo') edit.setAt([...path, 'duration'], STILL_US);
            },
          },
        });
      } else if (says === 'photo' && value.duration !== STILL_US) {
        const own = [...path, 'duration'];
        report({
          path: own,
          message: `still picture "${file}" has the length of a clip, ${showJson(value.duration)} us`,
          fix: { title: 'give it the length of a still', timeline: (edit) => edit.setAt(own, STILL_US) },
        });
      }
    }
  },
};

/** DR157: what is used is what the app reads. */
export const unreadArray: DraftRule = {
  id: 'DR157',
  title: 'materials are in arrays that the app reads',
  severity: 'error',
  draft({ view, profile, report }) {
    if (profile === undefined) return;
    // A build that is newer than the profile may read more; what is known to be read by none is the plural of the masks.
    const known = new Set([
      ...profile.markers.materialArrays,
      ...(profile.nativeMarkers?.materialArrays ?? []),
    ]);
    // Masks have a rule of their own.
    for (const name of ['masks', 'common_mask']) known.add(name);
    const used = new Set(
      view.segments.flatMap(({ material, companions }) => [
        material?.array,
        ...companions.map(({ array }) => array),
      ]),
    );
    for (const array of used) {
      if (array === undefined || known.has(array)) continue;
      report({ path: ['materials', array], message: `\`${array}\` is ignored by ${profile.title}` });
    }
  },
};
