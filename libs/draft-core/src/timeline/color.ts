/** A colour as text style ranges store it: components 0..1. */
export interface Rgb {
  rgb: [number, number, number];
  /** 0..1; 1 unless the colour was written with an alpha. */
  alpha: number;
}

/** Reads `#RRGGBB`, `#RRGGBBAA` or `[r, g, b]`; the schema has checked the shape. */
export function parseColor(color: string | readonly number[]): Rgb {
  if (typeof color !== 'string') return { rgb: [color[0]!, color[1]!, color[2]!], alpha: 1 };
  const at = (index: number): number => Number.parseInt(color.slice(index, index + 2), 16) / 255;
  return { rgb: [at(1), at(3), at(5)], alpha: color.length > 7 ? at(7) : 1 };
}
