import { findKeywords } from '@cozecut/draft-core';
import type { ToolHandler } from '../tools.gen.ts';

const WHITE = '#ffffff';

/** One part of a text, from one UTF-16 place to the next. */
interface Part {
  start: number;
  end: number;
  isKeyword: boolean;
}

/** The style of a text in which words stand out: as capcut-mate writes it, and as `add_captions` takes it. */
export const addTextStyle: ToolHandler<'add_text_style'> = (input) => {
  const { text, keyword, font_size: size, keyword_color: color, keyword_font_size: keywordSize } = input;
  const parts = partsOf(text, keyword);
  const styles = parts.map((part) =>
    part.isKeyword ? styleText(text, part, color, keywordSize) : styleText(text, part, WHITE, size),
  );
  return {
    text_style: `{"text":${JSON.stringify(text)},"styles":[${styles.join(',')}]}`,
    text_styles: parts
      .filter(({ isKeyword }) => isKeyword)
      .map(({ start, end }) => ({ start, end, color, font_size: keywordSize })),
  };
};

function partsOf(text: string, keyword: string): Part[] {
  if (keyword.trim() !== '' && text === '') return [];
  const parts: Part[] = [];
  let from = 0;
  for (const { start, end } of findKeywords(text, keyword)) {
    if (start > from) parts.push({ start: from, end: start, isKeyword: false });
    parts.push({ start, end, isKeyword: true });
    from = end;
  }
  if (from < text.length || text === '') parts.push({ start: from, end: text.length, isKeyword: false });
  return parts;
}

/** JSON in which colours always have a fraction, and places count characters as people do. */
function styleText(text: string, { start, end, isKeyword }: Part, color: string, size: number): string {
  const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const range = [start, end].map((place) => [...text.slice(0, place)].length);
  const shown = rgb.map((part) => (Number.isInteger(part) ? part.toFixed(1) : String(part)));
  const fill = `"fill":{"content":{"solid":{"color":[${shown.join(',')}]}}}`;
  const rest = `"range":[${range.join(',')}],"size":${size},"font":{"id":"","path":""}`;
  return `{${fill},${rest}${isKeyword ? ',"useLetterColor":true' : ''}}`;
}
