import { type TextTemplate, textCount } from '@cozecut/catalog';
import type { Problem } from '@cozecut/problems';
import type { Resources } from '../resources/resources.ts';
import { clipPlace, clipPointer, type NormalTextClip } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** Looks of a clip for which a template has its own. */
const OWN_LOOKS = ['style', 'ranges', 'bubble', 'decoration', 'animations'] as const;

/** What is said of a template whose words come one by one; the rule names the place before it. */
export const TIMED_TEMPLATE = {
  code: 'DR098',
  severity: 'info',
  message: 'the template shows its words one by one, and they share the time of the clip by their length',
  hint: 'when each word is spoken can be set in the editor',
} as const satisfies Problem;

/** DR096, DR097, DR098: a template of texts has a text for each of its own, and no looks besides its own. */
export const textTemplates: Rule = {
  track({ clips }, { resources, report }) {
    // A template says so of every clip that shows it: once is enough.
    const clip = clips.find((one) => one.kind === 'text' && templateOf(one, resources)?.isTimed === true);
    if (clip === undefined) return;
    const { code, severity, message, hint } = TIMED_TEMPLATE;
    report(code, severity, clipPointer(clip, 'template'), `${clipPlace(clip)}: ${message}`, { hint });
  },
  clip(clip, _track, { resources, report }) {
    if (clip.kind !== 'text' || clip.written.template === undefined) return;
    const { moreTexts = [] } = clip.written.template;
    const template = templateOf(clip, resources);
    const place = clipPlace(clip);
    if (template !== undefined && textCount(template) !== 1 + moreTexts.length) {
      const count = textCount(template);
      const has = count === 1 ? '1 text' : `${count} texts`;
      report(
        'DR096',
        'error',
        clipPointer(clip, 'template'),
        `${place}: the template has ${has} (got ${1 + moreTexts.length})`,
        { hint: 'give words for each of them; all but the first may be empty' },
      );
    }
    for (const key of OWN_LOOKS) {
      if (clip.written[key] === undefined) continue;
      report('DR097', 'error', clipPointer(clip, key), `${place}: a template has ${key} of its own`, {
        hint: `remove \`${key}\`, or the template`,
      });
    }
  },
};

function templateOf({ written }: NormalTextClip, resources: Resources | undefined): TextTemplate | undefined {
  if (written.template === undefined) return undefined;
  return resources?.find(['text-template'], written.template)?.template;
}
