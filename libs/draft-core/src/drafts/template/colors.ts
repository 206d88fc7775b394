/** Gives another colour for one (`#rrggbb`, lower case), or nothing to keep it. */
type Swap = (color: string) => string | undefined;

/** How often a colour stands in a draft. */
export function countColor(content: unknown, color: string): number {
  let count = 0;
  mapColors(content, (found) => {
    if (found === color.toLowerCase()) count++;
    return undefined;
  });
  return count;
}

/** Puts other colours for some (`#RRGGBB` by `#RRGGBB`), all at once; opacity stays. */
export function replaceColors(content: unknown, colors: ReadonlyMap<string, string>): void {
  const byColor = new Map([...colors].map(([from, to]) => [from.toLowerCase(), to]));
  mapColors(content, (color) => byColor.get(color));
}

/** Goes through colours as text (`#RRGGBB`, `#RRGGBBAA`), as numbers, and in texts, whose content is JSON in text. */
function mapColors(value: unknown, swap: Swap): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const [key, item] of Object.entries(holder)) {
    if (typeof item === 'string' && /^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/i.test(item)) {
      const to = swap(item.slice(0, 7).toLowerCase());
      if (to !== undefined) holder[key] = to + item.slice(7);
    } else if (key === 'content' && typeof item === 'string') {
      // By their spelling, so that the rest of the content stays as it is.
      holder[key] = item.replaceAll(/("color"\s*:\s*\[)([^\]]*)(\])/g, (match, open, list, close) => {
        const color = hexOf(String(list).split(',').map(Number));
        const to = color === undefined ? undefined : swap(color);
        return to === undefined ? match : `${open}${rgbOf(to).join(',')}${close}`;
      });
    } else if (key === 'color' && Array.isArray(item)) {
      const color = hexOf(item);
      const to = color === undefined ? undefined : swap(color);
      if (to !== undefined) holder[key] = rgbOf(to);
    } else mapColors(item, swap);
  }
}

function hexOf(rgb: readonly unknown[]): string | undefined {
  if (rgb.length !== 3 || !rgb.every((part) => typeof part === 'number' && part >= 0 && part <= 1))
    return undefined;
  return `#${rgb
    .map((part) =>
      Math.round(Number(part) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function rgbOf(color: string): number[] {
  return [1, 3, 5].map((at) => Math.round((Number.parseInt(color.slice(at, at + 2), 16) / 255) * 1e6) / 1e6);
}
