import { tidy } from './values.ts';

/** A value of a keyframe: `"50%"`, `"45deg"`, `"+0.5"`, `"1.5"`, or a number. */
export function readValue(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const [, number, unit] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|deg|°)?\s*$/i.exec(value) ?? [];
  if (number === undefined) return undefined;
  return unit === '%' ? tidy(Number(number) / 100) : Number(number);
}
