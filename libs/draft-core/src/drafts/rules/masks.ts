import { showJson } from '@cozecut/problems';
import { maskLabels } from '../../compile/materials/mask.ts';
import { MASK_SHAPES, maskShapeOf } from '../../compile/materials/mask-shapes.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { DraftRule } from '../draft-rule.ts';
import { companionsIn } from '../draft-view.ts';
import type { JsonEditor } from '../json/json-editor.ts';
import { isObject, type Loose, numberOf, objectOf, textOf } from '../loose.ts';

const MASK_ARRAYS = ['masks', 'common_mask', 'common_masks'];
const SHAPES = [
  'line',
  'mirror',
  'circle',
  'rectangle',
  'geometric_shape',
  'heart',
  'pentagram',
  'text',
  'contour',
  'custom',
];

/** DR045: one mask. */
export const oneMask: DraftRule = {
  id: 'DR045',
  title: 'a clip has one mask',
  severity: 'error',
  segment(segment, { report }) {
    const [, second] = companionsIn(segment, ...MASK_ARRAYS);
    if (second !== undefined)
      report({ path: second.path, message: `${segment.place}: a second mask`, hint: 'remove one' });
  },
};

/** DR046: round corners are those of a rectangle. */
export const roundCorner: DraftRule = {
  id: 'DR046',
  title: 'only rectangle masks have round corners',
  severity: 'error',
  segment(segment, { report }) {
    for (const { value, path } of companionsIn(segment, ...MASK_ARRAYS)) {
      const corner = numberOf(objectOf(value.config).roundCorner) ?? 0;
      if (value.resource_type === 'rectangle' || corner === 0) continue;
      const message = `${segment.place}: roundCorner only works with a rectangle (the mask is ${showJson(value.resource_type)})`;
      report({ path: [...path, 'config', 'roundCorner'], message, hint: 'set it to 0' });
    }
  },
};

/** DR047: masks are where the app looks for them. */
export const maskArray: DraftRule = {
  id: 'DR047',
  title: 'masks are in the array that the app reads',
  severity: 'error',
  fixable: true,
  draft({ view, json, profile, report }) {
    if (profile === undefined) return;
    const { array: wanted, segmentFlag } = profile.masks;
    const list = json.at(['materials', wanted]);
    const moved = new Set<string>();
    for (const segment of view.segments) {
      const masks = companionsIn(segment, ...MASK_ARRAYS);
      for (const { array, id = '', value, path } of masks) {
        if (array === wanted) continue;
        const node = json.at(path);
        const own = maskOf(value, profile.masks);
        const canMove = own !== undefined && node !== undefined && list !== undefined && !moved.has(id);
        moved.add(id);
        const move = (edit: JsonEditor): void => {
          edit.remove(node!);
          edit.insert(list!, own);
        };
        report({
          path,
          message: `${segment.place}: its mask is in \`${array}\`; ${profile.title} reads \`${wanted}\``,
          ...(canMove
            ? { fix: { title: `move it to ${wanted}`, timeline: move } }
            : { hint: 'cozecut draft edit migrate rewrites what the apps write in different ways' }),
        });
      }
      if (!segmentFlag || masks.length === 0 || segment.value.enable_video_mask === true) continue;
      const path = [...segment.path, 'enable_video_mask'];
      report({
        path,
        message: `${segment.place}: has a mask, and \`enable_video_mask\` is not true`,
        fix: { title: 'switch it on', timeline: (edit) => edit.setAt(path, true) },
      });
    }
  },
};

/** A mask as another app writes it; nothing for a shape that not all of them have. */
function maskOf(value: Loose, masks: Profile['masks']): Loose | undefined {
  const shape = maskShapeOf(textOf(value.resource_id));
  if (shape === undefined) return undefined;
  const { name, resourceId, resourceType, aspect } = MASK_SHAPES[masks.idSet][shape];
  const ownId = (): string => textOf(value.constant_material_id) ?? otherGuid(textOf(value.id) ?? '');
  return {
    ...value,
    name,
    resource_id: resourceId,
    resource_type: resourceType,
    ...maskLabels(masks, ownId),
    ...(isObject(value.config) ? { config: { ...value.config, aspectRatio: aspect } } : {}),
  };
}

/** Another GUID made of one: a repair has to give the same each time. */
function otherGuid(id: string): string {
  const digits = id.replaceAll('-', '').toUpperCase();
  return `${digits.slice(1)}${digits[0] ?? ''}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  );
}

/** DR048: values of masks are in range. */
export const maskRange: DraftRule = {
  id: 'DR048',
  title: 'masks are in range',
  severity: 'error',
  segment(segment, { report }) {
    for (const { value, path } of companionsIn(segment, ...MASK_ARRAYS)) {
      const shape = textOf(value.resource_type);
      if (shape !== undefined && !SHAPES.includes(shape))
        report({
          path: [...path, 'resource_type'],
          message: `${segment.place}: mask shape "${shape}" is unknown`,
        });
      for (const [key, number] of Object.entries(objectOf(value.config))) {
        if (typeof number !== 'number') continue;
        const isFraction = key === 'feather' || key === 'roundCorner';
        // A line has no width, and the app sets its height.
        const isSize = (key === 'width' || key === 'height') && shape !== 'line';
        if ((isFraction && !(number >= 0 && number <= 1)) || (isSize && !(number > 0))) {
          const range = isFraction ? '0 to 1' : '> 0';
          report({
            path: [...path, 'config', key],
            message: `${segment.place}: mask ${key} must be ${range} (got ${number})`,
          });
        }
      }
    }
  },
};
