import type { InstallStep } from '@cozecut/draft-core/node';
import type { Texts } from '../text.ts';
import { fill } from './fill.ts';

/** One line about a step of an install. */
export function describeStep(step: InstallStep, texts: Texts): string {
  switch (step.step) {
    case 'make-root':
      return fill(texts.stepMakeRoot, step);
    case 'copy-draft':
      return fill(texts.stepCopyDraft, { ...step, size: sizeText(step.bytes) });
    case 'copy-media':
      return fill(texts.stepCopyMedia, { ...step, size: sizeText(step.bytes) });
    case 'write':
      return fill(texts.stepWrite, { files: step.files.join(', ') });
    case 'replace':
      return fill(texts.stepReplace, step);
    case 'place':
      return fill(texts.stepPlace, step);
    case 'verify':
      return fill(texts.stepVerify, step);
    case 'list':
      return fill(texts.stepList, step);
  }
}

/** What a person does after an install. */
export function nextStep(app: 'jianying' | 'capcut', texts: Texts): string {
  return fill(texts.installNext, { app: app === 'capcut' ? 'CapCut' : texts.jianying });
}

/** A size with the unit that suits it. */
export function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
