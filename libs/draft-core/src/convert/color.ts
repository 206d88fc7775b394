import { ownValue } from '../own-value.ts';

const names: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#FFFFFF',
  red: '#FF0000',
  green: '#008000',
  blue: '#0000FF',
  yellow: '#FFFF00',
  orange: '#FFA500',
  purple: '#800080',
  pink: '#FFC0CB',
  gray: '#808080',
  grey: '#808080',
  cyan: '#00FFFF',
  magenta: '#FF00FF',
};

/** `#RRGGBB` or `#RRGGBBAA` for the spellings people use: with or without `#`, three digits, common names. */
export function readColor(text: string): string | undefined {
  const clean = text.trim();
  const named = ownValue(names, clean.toLowerCase());
  if (named !== undefined) return named;
  const hex = clean.replace(/^(#|0x)/i, '');
  if (/^[0-9a-f]{3}$/i.test(hex)) return `#${[...hex].map((digit) => digit + digit).join('')}`;
  return /^([0-9a-f]{6}|[0-9a-f]{8})$/i.test(hex) ? `#${hex}` : undefined;
}
