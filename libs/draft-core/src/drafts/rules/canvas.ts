import { showJson } from '@cozecut/problems';
import type { DraftRule } from '../draft-rule.ts';
import { listOf } from '../loose.ts';

/** DR018: canvas and rate are those of the app. */
export const canvas: DraftRule = {
  id: 'DR018',
  title: 'canvas and frame rate are those of the app',
  severity: 'error',
  draft({ view, report }) {
    const { width, height } = view.canvas;
    for (const [key, pixels] of Object.entries({ width, height })) {
      if (pixels !== undefined && pixels >= 16 && pixels <= 8192) continue;
      report({
        path: ['canvas_config', key],
        message: `canvas ${key} must be 16 to 8192 pixels (got ${pixels ?? 'nothing'})`,
      });
    }
    const { fps } = view.content;
    if (!listOf([24, 25, 30, 50, 60]).includes(fps))
      report({ path: ['fps'], message: `fps must be one of 24, 25, 30, 50, 60 (got ${showJson(fps)})` });
  },
};
