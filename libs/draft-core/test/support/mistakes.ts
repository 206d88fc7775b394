import { curveMistakes } from './mistakes/curves.ts';
import { effectMistakes } from './mistakes/effects.ts';
import { mediaMistakes } from './mistakes/media.ts';
import type { Mistake } from './mistakes/parts.ts';
import { pictureMistakes } from './mistakes/picture.ts';
import { soundMistakes } from './mistakes/sound.ts';
import { textMistakes } from './mistakes/text.ts';
import { timeMistakes } from './mistakes/time.ts';

export type { Mistake };

/** Mistakes by rule; each changes one value. */
export const mistakes: Mistake[] = [
  ...timeMistakes,
  ...pictureMistakes,
  ...curveMistakes,
  ...effectMistakes,
  ...soundMistakes,
  ...textMistakes,
  ...mediaMistakes,
];
