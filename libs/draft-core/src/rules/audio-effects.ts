import { audioEffectKinds } from '../resources/kinds.ts';
import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR088, DR089: effects on the sound of a clip. */
export const audioEffects: Rule = {
  clip(clip, _track, { resources, report }) {
    if (clip.kind !== 'audio' || clip.input.effects === undefined) return;
    const seen = new Set<string>();
    for (const [index, effect] of clip.input.effects.entries()) {
      const kinds = audioEffectKinds(effect.kind);
      const kind = resources?.find(kinds, effect)?.kind ?? (kinds.length === 1 ? kinds[0] : undefined);
      if (kind === undefined) continue;
      const [place, pointer] = [`${clipPlace(clip)}.effects[${index}]`, clipPointer(clip, 'effects', index)];
      if (seen.has(kind)) {
        const category = kind.replaceAll('-', ' ');
        report(
          'DR088',
          'error',
          pointer,
          `${place}: the clip has a resource of this kind already, ${category}`,
          {
            hint: 'keep one of each kind',
          },
        );
      }
      seen.add(kind);
      if (kind === 'audio-speech-to-song') {
        const message = `${place}: the app does not pick a speech-to-song effect up from a draft`;
        report('DR089', 'warning', pointer, message, { hint: 'set it in the app' });
      }
    }
  },
};
