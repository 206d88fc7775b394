import { showJson } from '@cozecut/problems';
import type { DraftRule } from '../draft-rule.ts';
import type { DraftView, MaterialView } from '../draft-view.ts';
import { isObject, type Loose, numberOf, textOf } from '../loose.ts';

const CORNERS = ['upper_left', 'upper_right', 'lower_left', 'lower_right'] as const;

function croppedIn({ materials }: DraftView): (MaterialView & { crop: Loose })[] {
  return materials.flatMap((material) =>
    material.array === 'videos' && isObject(material.value.crop)
      ? [{ ...material, crop: material.value.crop }]
      : [],
  );
}

/** DR043: a crop leaves something to see. */
export const crop: DraftRule = {
  id: 'DR043',
  title: 'crops are a part of the picture',
  severity: 'error',
  draft({ view, report }) {
    for (const { crop, path, value } of croppedIn(view)) {
      const at = (key: string, other: number): number => numberOf(crop[key]) ?? other;
      const [left, top] = [at('upper_left_x', 0), at('upper_left_y', 0)];
      const [right, bottom] = [at('lower_right_x', 1), at('lower_right_y', 1)];
      const edges = CORNERS.flatMap((corner) => [crop[`${corner}_x`], crop[`${corner}_y`]]);
      const why = [
        edges.some((edge) => typeof edge === 'number' && !(edge >= 0 && edge <= 1))
          ? 'an edge is outside of 0 to 1'
          : '',
        left >= right ? `left ${left} is not left of right ${right}` : '',
        top >= bottom ? `top ${top} is not above bottom ${bottom}` : '',
        at('lower_left_x', left) !== left || at('upper_right_x', right) !== right
          ? 'its sides are not upright'
          : '',
        at('upper_right_y', top) !== top || at('lower_left_y', bottom) !== bottom
          ? 'its sides are not level'
          : '',
      ].filter((reason) => reason !== '');
      if (why.length > 0)
        report({
          path: [...path, 'crop'],
          message: `crop of ${showJson(value.material_name ?? value.id)}: ${why.join(', ')}`,
        });
    }
  },
};

/** DR044: the label of a ratio does not crop. */
export const cropRatio: DraftRule = {
  id: 'DR044',
  title: 'a crop ratio comes with its corners',
  severity: 'warning',
  fixable: true,
  draft({ view, report }) {
    for (const { crop, path, value } of croppedIn(view)) {
      const [, w, h] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(textOf(value.crop_ratio) ?? '') ?? [];
      const [width, height] = [numberOf(value.width) ?? 0, numberOf(value.height) ?? 0];
      const isFull = CORNERS.every(
        (corner) =>
          crop[`${corner}_x`] === Number(corner.endsWith('right')) &&
          crop[`${corner}_y`] === Number(corner.startsWith('lower')),
      );
      if (w === undefined || !isFull || !(width > 0) || !(height > 0)) continue;
      const share = Number(w) / Number(h) / (width / height);
      if (!Number.isFinite(share) || share <= 0 || Math.abs(share - 1) < 0.01) continue;
      const [x, y] = [share < 1 ? (1 - share) / 2 : 0, share > 1 ? (1 - 1 / share) / 2 : 0];
      report({
        path: [...path, 'crop_ratio'],
        message: `${showJson(value.material_name ?? value.id)}: the ratio ${w}:${h} alone does not crop`,
        fix: {
          title: 'set the corners, centred',
          timeline: (edit) => {
            for (const corner of CORNERS) {
              edit.setAt([...path, 'crop', `${corner}_x`], corner.endsWith('left') ? x : 1 - x);
              edit.setAt([...path, 'crop', `${corner}_y`], corner.startsWith('upper') ? y : 1 - y);
            }
          },
        },
      });
    }
  },
};
