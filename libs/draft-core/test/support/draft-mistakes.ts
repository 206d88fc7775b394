import { curvesMistakes } from './draft-mistakes/curves.ts';
import { effectsMistakes } from './draft-mistakes/effects.ts';
import { filesMistakes } from './draft-mistakes/files.ts';
import { identityMistakes } from './draft-mistakes/identity.ts';
import type { DraftMistake } from './draft-mistakes/parts.ts';
import { pictureMistakes } from './draft-mistakes/picture.ts';
import { textMistakes } from './draft-mistakes/text.ts';
import { timeMistakes } from './draft-mistakes/time.ts';

export type { DraftMistake } from './draft-mistakes/parts.ts';

/** A minimal breaking draft for every rule, some with several. */
export const draftMistakes: readonly DraftMistake[] = [
  ...timeMistakes,
  ...identityMistakes,
  ...pictureMistakes,
  ...curvesMistakes,
  ...effectsMistakes,
  ...textMistakes,
  ...filesMistakes,
];
