import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

const PHASES = ['read', 'media', 'compile', 'write'] as const;

/** What a job is busy with, in the language of the page; nothing for a phase that says no more than that it runs. */
export function usePhases(): (phase: string | undefined) => string {
  const say = useTexts(TEXTS);
  return (phase) => {
    const known = PHASES.find((one) => one === phase);
    return known === undefined ? '' : say(`phase_${known}`);
  };
}
