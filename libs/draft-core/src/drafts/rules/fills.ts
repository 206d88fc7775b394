import { showJson } from '@cozecut/problems';
import type { DraftRule } from '../draft-rule.ts';
import { companionsIn, type MaterialView } from '../draft-view.ts';
import { numberOf, textOf } from '../loose.ts';

const BLUR_LEVELS = [0.0625, 0.375, 0.75, 1];
const FILL_TYPES = ['canvas_color', 'canvas_blur', 'canvas_image'];

/** The app gives every clip an entry; one without a colour fills nothing. */
function fills({ value }: MaterialView): boolean {
  return value.type !== 'canvas_color' || !['', '#00000000', undefined, null].includes(value.color as string);
}

function isColor(color: unknown): boolean {
  return (
    color === undefined ||
    color === '' ||
    (typeof color === 'string' && /^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(color))
  );
}

/** DR050: one fill that the app knows. */
export const backgroundFill: DraftRule = {
  id: 'DR050',
  title: 'a clip has one background fill that the app knows',
  severity: 'error',
  segment(segment, { report }) {
    const { place } = segment;
    const canvases = companionsIn(segment, 'canvases');
    const [, second] = canvases;
    if (second !== undefined)
      report({ path: second.path, message: `${place}: a second background fill`, hint: 'remove one' });
    for (const { value, path } of canvases) {
      const blur = numberOf(value.blur);
      if (!FILL_TYPES.includes(textOf(value.type) ?? ''))
        report({
          path: [...path, 'type'],
          message: `${place}: background fill ${showJson(value.type)} is unknown`,
        });
      else if (value.type === 'canvas_blur' && blur !== undefined && !(blur >= 0 && blur <= 1))
        report({
          path: [...path, 'blur'],
          message: `${place}: background blur must be 0 to 1 (got ${blur})`,
        });
      else if (!isColor(value.color))
        report({
          path: [...path, 'color'],
          message: `${place}: background colour must be #RRGGBBAA (got ${showJson(value.color)})`,
        });
    }
  },
};

/** DR051: only the main track has a background. */
export const fillOffMainTrack: DraftRule = {
  id: 'DR051',
  title: 'background fills are on the main track',
  severity: 'warning',
  segment(segment, { view, report }) {
    if (segment.track === view.mainTrack) return;
    for (const canvas of companionsIn(segment, 'canvases')) {
      if (fills(canvas))
        report({
          path: canvas.path,
          message: `${segment.place}: its background is ignored off the main track`,
        });
    }
  },
};

/** DR052: the app has four levels of blur. */
export const blurLevel: DraftRule = {
  id: 'DR052',
  title: 'background blur is one of the levels of the app',
  severity: 'info',
  fixable: true,
  segment(segment, { report }) {
    for (const { value, path } of companionsIn(segment, 'canvases')) {
      const blur = numberOf(value.blur);
      if (
        value.type !== 'canvas_blur' ||
        blur === undefined ||
        !(blur >= 0 && blur <= 1) ||
        BLUR_LEVELS.includes(blur)
      )
        continue;
      const next = BLUR_LEVELS.find((level) => level >= blur)!;
      const own = [...path, 'blur'];
      report({
        path: own,
        message: `${segment.place}: background blur ${blur} snaps to ${next} in the app`,
        fix: { title: `set it to ${next}`, timeline: (edit) => edit.setAt(own, next) },
      });
    }
  },
};

/** DR053: one mix mode. */
export const oneMixMode: DraftRule = {
  id: 'DR053',
  title: 'a clip has one mix mode',
  severity: 'error',
  segment(segment, { report }) {
    const [, second] = companionsIn(segment, 'effects').filter(({ value }) => value.type === 'mix_mode');
    if (second !== undefined)
      report({ path: second.path, message: `${segment.place}: a second mix mode`, hint: 'remove one' });
  },
};

/** DR054: chroma keys are in range. */
export const chroma: DraftRule = {
  id: 'DR054',
  title: 'chroma keys are in range',
  severity: 'error',
  segment(segment, { report }) {
    for (const { value, path } of companionsIn(segment, 'chromas')) {
      for (const key of ['edge_smooth_value', 'intensity_value', 'shadow_value', 'spill_value']) {
        const number = numberOf(value[key]);
        if (number === undefined || (number >= 0 && number <= 1)) continue;
        report({
          path: [...path, key],
          message: `${segment.place}: chroma ${key} must be 0 to 1 (got ${number})`,
        });
      }
      if (!isColor(value.color))
        report({
          path: [...path, 'color'],
          message: `${segment.place}: chroma colour must be #RRGGBBAA (got ${showJson(value.color)})`,
        });
    }
  },
};
