import { animationSpans } from '../resources/animation-spans.ts';
import { ANIMATION_KINDS, audioEffectKinds, effectKinds } from '../resources/kinds.ts';
import type { Resource, Resources } from '../resources/resources.ts';
import { bubbleIds, transitionUse } from '../resources/uses.ts';
import {
  type AnimatedClip,
  lostToGridUs,
  type NormalAudioClip,
  type NormalTextClip,
  type NormalTransition,
  type NormalVideoClip,
} from '../timeline/model.ts';
import type { ClipOf } from '../timeline/schema.ts';
import type { MaterialSet } from './material-set.ts';
import { animationMaterial } from './materials/animation.ts';
import { audioEffectMaterial } from './materials/audio-effect.ts';
import { filterMaterial } from './materials/filter.ts';
import { mixModeMaterial } from './materials/mix-mode.ts';
import { stickerMaterial } from './materials/sticker.ts';
import { bubbleMaterial, decorationMaterial } from './materials/text-effects.ts';
import { fillTemplate } from './materials/text-template.ts';
import { transitionMaterial } from './materials/transition.ts';
import { videoEffectMaterial } from './materials/video-effect.ts';

/** Writes the materials that stand for resources of the app. Every method gives the id of what it added. */
export class CatalogFeatures {
  readonly #resources: Resources;
  readonly #materials: MaterialSet;
  readonly #newId: () => string;

  constructor(resources: Resources, materials: MaterialSet, newId: () => string) {
    this.#resources = resources;
    this.#materials = materials;
    this.#newId = newId;
  }

  videoEffect(effect: ClipOf<'effect'>['effect'], target: 'segment' | 'everything'): string {
    const resource = this.#resources.get(effectKinds(effect.kind), effect);
    return this.#materials.add('video_effects', videoEffectMaterial(this.#newId(), resource, effect, target));
  }

  filter(filter: ClipOf<'filter'>['filter']): string {
    const resource = this.#resources.get(['filter'], filter);
    return this.#materials.add('effects', filterMaterial(this.#newId(), resource, filter.intensity));
  }

  mixMode(mode: NonNullable<NormalVideoClip['input']['mixMode']>): string {
    const resource = this.#resources.get(['mix-mode'], mode);
    return this.#materials.add('effects', mixModeMaterial(this.#newId(), resource));
  }

  sticker(sticker: ClipOf<'sticker'>['sticker']): string {
    const resource = this.#resources.get(['sticker'], sticker);
    return this.#materials.add('stickers', stickerMaterial(this.#newId(), resource));
  }

  audioEffects({ input }: NormalAudioClip): string[] {
    return (input.effects ?? []).map((effect) => {
      const resource = this.#resources.get(audioEffectKinds(effect.kind), effect);
      const material = audioEffectMaterial(this.#newId(), resource, effect, this.#resources.app);
      return this.#materials.add('audio_effects', material);
    });
  }

  /** One material for all animations of a clip; none when it has none. */
  animations(clip: AnimatedClip): string[] {
    const { kind, durationUs, animations } = clip;
    if (animations.length === 0) return [];
    const bySlot = new Map(
      animations.map(({ slot, input }): [string, Resource] => [
        slot,
        this.#resources.get([ANIMATION_KINDS[kind][slot]!], input),
      ]),
    );
    const { spans } = animationSpans({
      durationUs,
      toleranceUs: lostToGridUs(clip),
      animations,
      defaultUs: ({ slot }) => bySlot.get(slot)?.defaultDurationUs,
    });
    const placed = spans.map((span) => ({ resource: bySlot.get(span.slot)!, span }));
    return [this.#materials.add('material_animations', animationMaterial(this.#newId(), placed, kind))];
  }

  transition(transition: NormalTransition): string {
    const { kinds, reference } = transitionUse(transition);
    const resource = this.#resources.get(kinds, reference);
    const durationUs = transition.durationUs ?? resource.defaultDurationUs!;
    return this.#materials.add('transitions', transitionMaterial(this.#newId(), resource, durationUs));
  }

  bubble(bubble: NonNullable<NormalTextClip['input']['bubble']>): string {
    const resource = this.#resources.get(['bubble'], bubbleIds(bubble));
    return this.#materials.add('effects', bubbleMaterial(this.#newId(), resource));
  }

  decoration(resource: Resource): string {
    return this.#materials.add('effects', decorationMaterial(this.#newId(), resource));
  }

  /** The resource behind the decoration of a text, which its styles name as well. */
  decorationOf({ input }: NormalTextClip): Resource | undefined {
    return input.decoration && this.#resources.get(['text-effect'], input.decoration);
  }

  /** A template of texts with all its parts, filled with the words of a clip; gives what the clip refers to as well. */
  textTemplate({ input, durationUs }: NormalTextClip): [materialId: string, refs: string[]] {
    const { moreTexts = [], ...reference } = input.template!;
    const { template } = this.#resources.get(['text-template'], reference);
    const use = { texts: [input.text, ...moreTexts], durationUs };
    const { material, parts, refs } = fillTemplate(template!, use, this.#newId);
    for (const [array, list] of Object.entries(parts))
      for (const part of list) this.#materials.add(array, part);
    return [this.#materials.add('text_templates', material), refs];
  }

  /** Id of a font of the app. */
  fontId(font: NonNullable<NonNullable<NormalTextClip['input']['style']>['font']>): string {
    return this.#resources.get(['font'], font).resourceId;
  }
}
