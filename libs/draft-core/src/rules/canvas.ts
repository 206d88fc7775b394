import type { Rule } from './rule.ts';

const rates = [24, 25, 30, 50, 60];

/** DR018: sizes and frame rates that the editor has. */
export const canvas: Rule = {
  timeline({ timeline, report }) {
    const { width, height, fps } = timeline.canvas;
    for (const [key, pixels] of Object.entries({ width, height })) {
      if (pixels >= 16 && pixels <= 8192) continue;
      report('DR018', 'error', `/canvas/${key}`, `canvas.${key} must be 16 to 8192 pixels (got ${pixels})`);
    }
    if (!rates.includes(fps)) {
      report('DR018', 'error', '/canvas/fps', `canvas.fps must be one of ${rates.join(', ')} (got ${fps})`);
    }
  },
};
