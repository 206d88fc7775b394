import type { CatalogParameter } from './types.ts';

/** The value to start with, inside of the range: a few defaults of the apps lie outside of their own range. */
export function clampedDefault({ default: value, min, max }: CatalogParameter): number {
  return Math.min(Math.max(value, min), max);
}
