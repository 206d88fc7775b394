import { FAULTS } from './catalog.ts';
import type { FaultEffect } from './effect.ts';
import { effectOf } from './effects.ts';
import { randomNumbers } from './random.ts';
import type { Fault } from './types.ts';

/** Decides which faults hit a request. */
export interface FaultPlan {
  /** Counts the request and names what hits it. */
  next(path: string): { ids: string[]; effects: FaultEffect[] };
}

/** A plan that counts requests from now on. */
export function createFaultPlan(faults: readonly Fault[]): FaultPlan {
  const counts = new Map<string, number>();
  const rules = faults.map((fault) => ({ fault, chance: randomNumbers(fault.seed ?? 1) }));
  return {
    next(path) {
      const nth = (counts.get(path) ?? 0) + 1;
      counts.set(path, nth);
      const hits = rules
        .filter(({ fault }) => isFor(fault, path) && (fault.nth ?? nth) === nth)
        .filter(({ fault, chance }) => fault.probability === undefined || chance() < fault.probability)
        .map(({ fault }) => fault);
      return { ids: hits.map(({ id }) => id), effects: hits.map(effectOf) };
    },
  };
}

/** A fault with an answer of its own goes anywhere; others have a route where they belong. */
function isFor(fault: Fault, path: string): boolean {
  const home = 'reply' in fault && fault.reply ? undefined : FAULTS[fault.id].on;
  return (fault.on ?? home ?? path) === path;
}
