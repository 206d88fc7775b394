/** Tried one after the other until the text is short enough: longest texts, and longest lists, that are kept. */
const STEPS: readonly { chars: number; items: number }[] = [
  { chars: 524_288, items: 50_000 },
  { chars: 262_144, items: 20_000 },
  { chars: 131_072, items: 10_000 },
  { chars: 65_536, items: 5_000 },
  { chars: 16_384, items: 1_000 },
  { chars: 4_096, items: 200 },
  { chars: 1_024, items: 50 },
  { chars: 256, items: 10 },
  { chars: 64, items: 3 },
];

/**
 * The JSON text of an output with at most `maxBytes` bytes: long texts and lists in it are cut, the keys stay, and
 * `truncated: true` says so. What cannot be cut that way becomes an object with its beginning.
 *
 * @param text - JSON text of the output.
 */
export function shortenOutput(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const step of STEPS) {
      const short = JSON.stringify({ ...(cut(value, step) as object), truncated: true });
      if (Buffer.byteLength(short) <= maxBytes) return short;
    }
  }
  const bytes = Buffer.byteLength(text);
  // Quoting may make six characters of one.
  const beginning = start(text, Math.max(0, Math.floor((maxBytes - 60) / 6)));
  return JSON.stringify({ truncated: true, bytes, beginning });
}

function cut(value: unknown, step: { chars: number; items: number }): unknown {
  if (typeof value === 'string') return value.length > step.chars ? `${start(value, step.chars)}…` : value;
  if (Array.isArray(value)) return value.slice(0, step.items).map((item) => cut(item, step));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, step)]));
}

/** The first characters, none of them cut in half. */
function start(text: string, chars: number): string {
  return text.slice(0, chars).replace(/[\ud800-\udbff]$/, '');
}
