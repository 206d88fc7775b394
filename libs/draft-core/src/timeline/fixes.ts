import type { Problem } from '@cozecut/problems';

/** What mends a mistake, by rule; for findings that have nothing more to the point to say. */
const FIX_HINTS: Readonly<Record<string, string>> = {
  DR003: 'give it a length of more than 0',
  DR004: 'give a finite time of at most 2^53 microseconds',
  DR010: 'a track holds clips of its own type',
  DR013: 'put a clip on it, or remove it',
  DR017: 'remove one of the two',
  DR018: 'choose one that the app has',
  DR020: 'play a part that the file has',
  DR021: 'end the part with the file',
  DR022: 'speeds are numbers above 0, and 1 is that of the file',
  DR023: 'choose a speed in that range',
  DR026: 'give the part of the file and the clip whole frames',
  DR028: '0 is silent, 1 is as recorded',
  DR029: 'listen to it in the app, or make the file itself louder',
  DR040: '0 is invisible, 1 is opaque',
  DR041: '1 is as large as fits into the canvas',
  DR043: 'edges are fractions of the picture, counted from its top left corner',
  DR048: 'keep it in that range',
  DR050: 'give a blur with a `level`, or a colour',
  DR052: 'choose one of them',
  DR054: 'give a colour, and the rest as 0 to 100',
  DR060: 'times count from the start of the clip: move it inside, or lengthen the clip',
  DR061: 'remove one, or move it',
  DR062: 'keep it in that range',
  DR063: 'remove one of the two',
  DR064: 'remove it',
  DR065: 'give the value without a keyframe, or add a second one',
  DR069: 'leave it out for linear',
  DR074: 'transitions join two clips of a video track',
  DR083: 'keep it in that range',
  DR084: 'keep it in that range, whatever the range of the parameter',
  DR085: 'use a name or an index that the effect has',
  DR086: 'give the parameter a value',
  DR087: 'check the id, or import a catalog that has it',
  DR090: 'give 0 or more',
  DR093: 'name a file of the kind that the track plays',
  DR101: 'count whole UTF-16 code units, or give the words as `match`',
  DR106: 'keep it in that range or form',
  DR107: 'keep it in that range or form',
  DR161: 'remove it',
  DR162: 'compare it with `cozecut draft schema`',
  DR165: 'name the `id` of a clip',
};

/** The findings, each error with what mends it, and others where that is known. */
export function withFixes(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => {
    const fix = FIX_HINTS[problem.code];
    if (fix === undefined || problem.hint !== undefined) return problem;
    return (problem.suggestions ?? []).length > 0 ? problem : { ...problem, hint: fix };
  });
}
