import type { DraftStore } from '../types.ts';

/** A change of a call. */
export interface Effect {
  /** The same one each time the call is made. */
  name: string;
  /** Of the call. */
  seed: string;
}

/** The changes of a call, one after the other. */
export type NextEffect = () => Effect;

/**
 * Key under which a store of drafts that outlives the process has itself with named changes: `(next) => DraftStore`.
 * It is a symbol so that it goes along when the store is spread into another object.
 */
export const WITH_EFFECTS = Symbol('with effects');

/** Drafts whose changes can be named. */
export interface EffectfulDrafts {
  [WITH_EFFECTS](next: NextEffect): DraftStore;
}

/** The drafts with named changes; drafts in memory are not there for another attempt, so theirs need no names. */
export function withEffects(drafts: DraftStore, next: NextEffect): DraftStore {
  return (drafts as Partial<EffectfulDrafts>)[WITH_EFFECTS]?.(next) ?? drafts;
}
