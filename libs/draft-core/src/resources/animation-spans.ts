import type { AnimationSlot, NormalAnimation } from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';

/** When an animation plays, in microseconds from the start of its clip. */
export interface AnimationSpan {
  slot: AnimationSlot;
  startUs: number;
  durationUs: number;
}

/** Why an animation cannot play as it is asked. */
export interface SpanFinding {
  code: 'DR003' | 'DR071' | 'DR072' | 'DR073';
  severity: 'error' | 'info';
  slot: AnimationSlot;
  message: string;
  hint?: string;
}

/** What {@link animationSpans} needs to know about the clip. */
export interface AnimatedClip {
  durationUs: number;
  /** What the frame grid may have taken from the clip. */
  toleranceUs: number;
  animations: readonly NormalAnimation[];
  /** Length that the app gives an animation; 0 = the whole clip, `undefined` = not known. */
  defaultUs(animation: NormalAnimation): number | undefined;
}

/**
 * Lays the animations of a clip out: one at the start, one at the end, a loop in what these leave, a group over all
 * of it. A length that is asked for must fit; one that the app proposes is cut to what is left.
 */
export function animationSpans(clip: AnimatedClip): { spans: AnimationSpan[]; findings: SpanFinding[] } {
  const layout = new Layout(clip);
  return { spans: layout.spans(), findings: layout.findings };
}

class Layout {
  readonly findings: SpanFinding[] = [];
  readonly #clip: AnimatedClip;
  readonly #bySlot: Map<AnimationSlot, NormalAnimation>;

  constructor(clip: AnimatedClip) {
    this.#clip = clip;
    this.#bySlot = new Map(clip.animations.map((animation) => [animation.slot, animation]));
  }

  spans(): AnimationSpan[] {
    const { durationUs: clipUs } = this.#clip;
    if (this.#bySlot.has('group') && (this.#bySlot.has('in') || this.#bySlot.has('out'))) {
      this.#tell('DR071', 'group', 'a group animation excludes in and out', 'remove one');
    }
    const { inUs = 0, outUs = 0 } = this.#ends();
    const groupUs = this.#stated('group') ?? clipUs;
    const loopUs = clipUs - inUs - outUs;
    if (this.#bySlot.has('loop') && loopUs <= 0) {
      this.#tell('DR072', 'loop', 'in and out leave no time for the loop animation', 'shorten them');
    }
    const all: AnimationSpan[] = [
      { slot: 'in', startUs: 0, durationUs: inUs },
      { slot: 'out', startUs: clipUs - outUs, durationUs: outUs },
      { slot: 'group', startUs: 0, durationUs: groupUs },
      { slot: 'loop', startUs: inUs, durationUs: loopUs },
    ];
    return all.filter(({ slot }) => this.#bySlot.has(slot));
  }

  #ends(): { inUs?: number; outUs?: number } {
    const { durationUs: clipUs, toleranceUs } = this.#clip;
    const stated = { in: this.#stated('in'), out: this.#stated('out') };
    const first = stated.in ?? this.#proposed('in');
    const last = stated.out ?? this.#proposed('out');
    if (first === undefined || last === undefined) {
      return {
        ...(first === undefined ? {} : { inUs: first }),
        ...(last === undefined ? {} : { outUs: last }),
      };
    }
    const overUs = first + last - clipUs;
    if (overUs <= 0) return { inUs: first, outUs: last };
    const isStated = stated.in !== undefined && stated.out !== undefined;
    // An end that is asked for keeps its length, the other one takes what is left; two proposals share the clip.
    const inUs = isStated
      ? Math.max(0, first - overUs)
      : stated.in !== undefined
        ? first
        : stated.out !== undefined
          ? clipUs - last
          : Math.round((clipUs * first) / (first + last));
    const isTooLong = isStated ? overUs > toleranceUs : inUs <= 0 || inUs >= clipUs;
    if (isTooLong) {
      const message = `in of ${formatUs(first)} and out of ${formatUs(last)} overlap by ${formatUs(overUs)}`;
      this.#tell('DR073', 'in', message, 'shorten them');
    } else if (!isStated) {
      const message = `in of ${formatUs(inUs)} and out of ${formatUs(clipUs - inUs)}: cut to fit the clip`;
      this.findings.push({ code: 'DR073', severity: 'info', slot: 'in', message });
    }
    return { inUs, outUs: clipUs - inUs };
  }

  /** The length that is asked for, once it was found to fit. */
  #stated(slot: AnimationSlot): number | undefined {
    const { durationUs: clipUs, toleranceUs } = this.#clip;
    const statedUs = this.#bySlot.get(slot)?.durationUs;
    if (statedUs === undefined) return undefined;
    if (statedUs <= 0) {
      this.#tell('DR003', slot, `the length of the ${slot} animation must be positive (got ${statedUs} us)`);
    } else if (statedUs > clipUs + toleranceUs) {
      const message = `the ${slot} animation of ${formatUs(statedUs)} is longer than the clip of ${formatUs(clipUs)}`;
      this.#tell('DR072', slot, message, 'shorten it');
    }
    return Math.min(Math.max(0, statedUs), clipUs);
  }

  #proposed(slot: AnimationSlot): number | undefined {
    const animation = this.#bySlot.get(slot);
    if (animation === undefined) return undefined;
    const { durationUs: clipUs } = this.#clip;
    const defaultUs = this.#clip.defaultUs(animation);
    if (defaultUs === undefined) {
      const message = `the usual length of the ${slot} animation is not known`;
      this.#tell('DR072', slot, message, 'give it a `duration`');
      return undefined;
    }
    if (defaultUs > 0 && defaultUs <= clipUs) return defaultUs;
    if (defaultUs > clipUs && !this.#hasOther(slot)) {
      const message = `the ${slot} animation is usually ${formatUs(defaultUs)} long: cut to the clip of ${formatUs(clipUs)}`;
      this.findings.push({ code: 'DR072', severity: 'info', slot, message });
    }
    return clipUs;
  }

  #hasOther(slot: AnimationSlot): boolean {
    return this.#bySlot.has(slot === 'in' ? 'out' : 'in');
  }

  #tell(code: SpanFinding['code'], slot: AnimationSlot, message: string, hint?: string): void {
    this.findings.push({ code, severity: 'error', slot, message, ...(hint === undefined ? {} : { hint }) });
  }
}
