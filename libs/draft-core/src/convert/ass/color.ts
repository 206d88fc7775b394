import { tidy } from '../values.ts';

/** A colour and how opaque it is, 0..1. */
export interface AssColor {
  color: string;
  opacity: number;
}

/** Reads `&HAABBGGRR`, `&HBBGGRR&` or the same as a decimal number: blue first, alpha counted from opaque. */
export function readAssColor(text: string): AssColor | undefined {
  const clean = text.trim();
  const hex = /^&?H?([0-9a-f]{1,8})&?$/i.exec(clean)?.[1];
  const isDecimal = /^-?\d+$/.test(clean);
  if (hex === undefined && !isDecimal) return undefined;
  const value = isDecimal ? Number(clean) >>> 0 : Number.parseInt(hex!, 16);
  const byte = (shift: number): number => (value >>> shift) & 0xff;
  const rgb = [byte(0), byte(8), byte(16)].map((part) => part.toString(16).padStart(2, '0')).join('');
  return { color: `#${rgb.toUpperCase()}`, opacity: tidy(Math.round((1 - byte(24) / 255) * 1000) / 1000) };
}

/** Writes a colour (`#RRGGBB`) and an opacity as `&HAABBGGRR`. */
export function writeAssColor(color: string, opacity: number): string {
  const [red, green, blue] = [color.slice(1, 3), color.slice(3, 5), color.slice(5, 7)];
  const alpha = Math.round((1 - opacity) * 255)
    .toString(16)
    .padStart(2, '0');
  return `&H${alpha}${blue}${green}${red}`.toUpperCase();
}
