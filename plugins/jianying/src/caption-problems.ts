import type { Problem } from '@cozecut/problems';
import type { AddCaptionsInput } from './tools.gen.ts';

/** What captions are given and cannot have, each kind told once. */
export function captionProblems({ captions, has_shadow, shadow_info }: AddCaptionsInput): Problem[] {
  const problems: Problem[] = [];
  const crossed = captions.filter(({ transition }) => transition !== undefined).length;
  if (crossed > 0)
    problems.push({
      code: 'DR161',
      severity: 'warning',
      message:
        crossed === 1
          ? 'transition of 1 caption left out: captions have none'
          : `transition of ${crossed} captions left out: captions have none`,
      hint: 'use in_animation and out_animation',
    });
  const dressed = captions.filter(
    (caption) => caption.template_id !== undefined && LOOKS.some((key) => isGiven(caption[key])),
  ).length;
  if (dressed > 0)
    problems.push({
      code: 'DR161',
      severity: 'warning',
      message:
        dressed === 1
          ? 'looks of 1 caption left out: its template has its own'
          : `looks of ${dressed} captions left out: their templates have their own`,
      hint: 'leave out template_id, or the looks',
    });
  const isIdle =
    (!has_shadow && isSaid(shadow_info)) ||
    captions.some((caption) => !caption.keyword_has_shadow && isSaid(caption.keyword_shadow_info));
  if (isIdle)
    problems.push({
      code: 'DR161',
      severity: 'warning',
      message: 'a shadow is described but not switched on, and left out',
      hint: 'set has_shadow, or keyword_has_shadow',
    });
  return problems;
}

/** What a caption says about its looks, for which a template has its own. */
const LOOKS = [
  'font_size',
  'text_color',
  'keyword',
  'text_styles',
  'text_effect',
  'in_animation',
  'out_animation',
  'loop_animation',
  'bubble',
  'bubble_id',
] as const;

/** A size of 0 is none. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== 0;
}

function isSaid(info: object | undefined): boolean {
  return info !== undefined && Object.keys(info).length > 0;
}
