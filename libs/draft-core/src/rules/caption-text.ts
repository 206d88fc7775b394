import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR119: the text of a caption has nothing in it that a file left there. */
export const captionText: Rule = {
  warnsOnly: true,
  clip(clip, track, { report }) {
    if (clip.kind !== 'text' || !track.captions) return;
    const { text } = clip.input;
    const why = whyUnclean(text);
    if (why.length === 0) return;
    report('DR119', 'info', clipPointer(clip, 'text'), `${clipPlace(clip)}: text has ${why.join(', ')}`, {
      hint: 'clean the text',
    });
  },
};

/** What a file has left in a caption. */
export function whyUnclean(text: string): string[] {
  return [
    /[ \t\u3000]$/m.test(text) ? 'blanks at the end of a line' : '',
    text.includes('  ') ? 'doubled blanks' : '',
    hasControl(text) ? 'control characters' : '',
    hasOpenMarkup(text) ? 'unclosed markup' : '',
  ].filter((reason) => reason !== '');
}

/** A caption without what a file left there; markup stays as it is. */
export function cleanCaption(text: string): string {
  return text
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/[ \t\u3000]+$/gm, '');
}

function hasControl(text: string): boolean {
  return /(?!\n)\p{Cc}/u.test(text);
}

/** Whether a tag of SRT or VTT, or an override of ASS, is opened and not closed, or the other way round. */
function hasOpenMarkup(text: string): boolean {
  if (text.includes('{\\') && /\{\\[^}]*$/.test(text)) return true;
  if (!text.includes('<')) return false;
  const open: string[] = [];
  for (const [, slash, name] of text.matchAll(/<(\/?)([biucv]|font|ruby|rt|lang)\b[^<>]*>/gi)) {
    const tag = name!.toLowerCase();
    if (slash === '') open.push(tag);
    else if (open.pop() !== tag) return true;
  }
  return open.length > 0;
}
