import type { PathSegment } from '@cozecut/problems';
import { showJson } from '@cozecut/problems';
import type { DraftContext, DraftRule } from '../draft-rule.ts';
import type { TextView } from '../draft-view.ts';
import type { JsonDocument } from '../json/json-document.ts';
import type { JsonEditor } from '../json/json-editor.ts';
import { type Loose, listOf, numberOf, objectOf, textOf } from '../loose.ts';
import { readMediaPath } from '../media-path.ts';
import { otherRangeUnit, type RangeUnit } from '../range-unit.ts';
import { editContent, textPlace as nameOf } from './text-content.ts';

type Ranges = { index: number; start: number; end: number }[];

function rangesOf({ content }: TextView): Ranges {
  return (content?.styles ?? []).flatMap(({ range }, index) => {
    const [start, end] = listOf(range);
    return typeof start === 'number' && typeof end === 'number' ? [{ index, start, end }] : [];
  });
}

function otherUnit(text: TextView): RangeUnit | undefined {
  const ends = rangesOf(text).map(({ end }) => end);
  return otherRangeUnit(text.content?.text ?? '', Math.max(0, ...ends));
}

function setRanges(ranges: Ranges): (edit: JsonEditor) => void {
  return (edit) => {
    for (const { index, start, end } of ranges) {
      edit.setAt(['styles', index, 'range', 0], start);
      edit.setAt(['styles', index, 'range', 1], end);
    }
  };
}

/** DR100: ranges of styles count UTF-16 code units. */
export const rangeUnit: DraftRule = {
  id: 'DR100',
  title: 'style ranges count UTF-16 units',
  severity: 'error',
  fixable: true,
  draft({ view, json, report }) {
    for (const text of view.texts) {
      const unit = otherUnit(text);
      if (unit === undefined) continue;
      const ranges = rangesOf(text).map(({ index, start, end }) => ({
        index,
        start: unit.toUtf16(start),
        end: unit.toUtf16(end),
      }));
      report({
        path: [...text.path, 'content'],
        message: `${nameOf(text)}: style ranges count ${unit.name}, the app counts UTF-16 units`,
        fix: { title: 'convert the ranges', timeline: editContent(text, json, setRanges(ranges)) },
      });
    }
  },
};

/** DR101: every character has one style. */
export const rangeTiles: DraftRule = {
  id: 'DR101',
  title: 'style ranges cover the text once',
  severity: 'error',
  fixable: true,
  draft({ view, json, report }) {
    for (const text of view.texts) {
      if (text.content === undefined || text.content.text === '' || otherUnit(text) !== undefined) continue;
      const words = text.content.text;
      const ranges = rangesOf(text);
      const why = whyNotTiled(ranges, words, text.content.styles.length);
      if (why === undefined) continue;
      const tiles = tile(ranges, words);
      const isComplete =
        ranges.length === text.content.styles.length && tiles.every(({ start, end }) => start < end);
      report({
        path: [...text.path, 'content'],
        message: `${nameOf(text)}: style ranges do not cover the text once: ${why}`,
        ...(isComplete
          ? { fix: { title: 'close gaps and overlaps', timeline: editContent(text, json, setTiles(tiles)) } }
          : {}),
      });
    }
  },
};

/** Sets the ranges, and puts their styles into the same order. */
function setTiles(tiles: Ranges): (edit: JsonEditor, inner: JsonDocument) => void {
  return (edit, inner) => {
    setRanges(tiles)(edit);
    const order = tiles.map(({ index }) => index);
    const styles = inner.at(['styles']);
    if (styles !== undefined && order.some((index, at) => index !== at)) edit.reorder(styles, order);
  };
}

function whyNotTiled(ranges: Ranges, words: string, styles: number): string | undefined {
  if (ranges.length < styles) return 'a style has no range';
  let at = 0;
  for (const { start, end } of ranges) {
    if (start !== at) return `one starts at ${start}, expected ${at}`;
    if (end <= start) return `[${start}, ${end}) is empty`;
    if (cutsCharacter(words, end)) return `${end} cuts a character in two`;
    at = end;
  }
  return at === words.length ? undefined : `the last ends at ${at}, the text at ${words.length}`;
}

/** Ranges in order of their starts, each until the next one starts. */
function tile(ranges: Ranges, words: string): Ranges {
  const sorted = ranges.toSorted((a, b) => a.start - b.start || a.index - b.index);
  const starts = sorted.map(({ start }, index) => {
    const at = index === 0 ? 0 : Math.min(Math.max(0, Math.round(start)), words.length);
    return cutsCharacter(words, at) ? at - 1 : at;
  });
  return sorted.map(({ index }, at) => ({ index, start: starts[at]!, end: starts[at + 1] ?? words.length }));
}

function cutsCharacter(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}

/** DR102: a text says something. */
export const emptyText: DraftRule = {
  id: 'DR102',
  title: 'texts are not empty',
  severity: 'error',
  draft({ view, report }) {
    const shown = new Set(view.segments.map(({ material }) => material?.value));
    for (const { content, path, value } of view.texts) {
      // A template may keep an empty line for later.
      if (content === undefined || content.text.trim() !== '' || !shown.has(value)) continue;
      report({ path: [...path, 'content'], message: 'empty text', hint: 'remove the clip' });
    }
  },
};

/** DR104: a font is one of the app, or a file that is there. */
export const missingFont: DraftRule = {
  id: 'DR104',
  title: 'fonts are there',
  severity: 'warning',
  draft(context) {
    const { view, opened, exists, report } = context;
    const isUnknown = fontsOfNobody(context);
    for (const text of view.texts) {
      for (const style of text.content?.styles ?? []) {
        const font = objectOf(style.font);
        const [id, written] = [textOf(font.id), textOf(font.path)];
        if (id !== undefined ? !isUnknown(id) : written === undefined) continue;
        const { inside, style: kind, escapes } = readMediaPath(written ?? '', opened);
        // What stands beside an id is a file that the app has fetched on one computer.
        const isThere =
          inside === undefined
            ? id === undefined && !escapes && kind !== 'url' && exists?.(written ?? '') !== false
            : opened.entries.get(inside)?.kind === 'file';
        if (isThere) continue;
        report({
          path: [...text.path, 'content'],
          message:
            id === undefined
              ? `${nameOf(text)}: font "${written}" not found, the default one is used`
              : `${nameOf(text)}: font ${id} is not in the loaded catalog and no file of the draft, the default one is used`,
        });
        break;
      }
    }
  },
};

/** Tells ids that no font of the app has; none, when no fonts of the app are known. */
function fontsOfNobody({ catalog, profile }: DraftContext): (id: string) => boolean {
  if (catalog === undefined || profile === undefined) return () => false;
  const { app } = profile;
  const seen = new Map<string, boolean>();
  return (id) => {
    let isUnknown = seen.get(id);
    if (isUnknown === undefined) {
      const isListed = catalog.search({ app, kinds: ['font'], limit: 1 }).length > 0;
      isUnknown = isListed && catalog.lookup(app, 'font', { id }).status === 'unknown';
      seen.set(id, isUnknown);
    }
    return isUnknown;
  };
}

/** DR105: what a text says can be read. */
export const unreadableText: DraftRule = {
  id: 'DR105',
  title: 'texts can be read',
  severity: 'error',
  draft({ view, report }) {
    for (const text of view.texts) {
      if (text.content !== undefined) continue;
      report({
        path: [...text.path, 'content'],
        message: `${nameOf(text)}: \`content\` must be JSON with \`text\` and \`styles\``,
      });
    }
  },
};

interface Bound {
  key: string;
  value: unknown;
  low: number;
  high: number;
}

/** DR106: colours and shares are in range. */
export const textRange: DraftRule = {
  id: 'DR106',
  title: 'colours and opacities of texts are in range',
  severity: 'error',
  draft(context) {
    for (const text of context.view.texts) {
      checkBounds(text, materialBounds(text.value), context, true);
      for (const style of text.content?.styles ?? []) checkBounds(text, styleBounds(style), context, false);
    }
  },
};

function checkBounds(
  text: TextView,
  bounds: readonly Bound[],
  { report }: DraftContext,
  isField: boolean,
): void {
  for (const { key, value, low, high } of bounds) {
    const number = numberOf(value);
    if (number === undefined || (number >= low - 1e-6 && number <= high + 1e-6)) continue;
    const path: PathSegment[] = [...text.path, isField ? key : 'content'];
    report({ path, message: `${nameOf(text)}: ${key} must be ${low} to ${high} (got ${number})` });
  }
}

function materialBounds(value: Loose): Bound[] {
  return ['global_alpha', 'background_alpha', 'border_alpha', 'shadow_alpha', 'text_alpha'].map((key) => ({
    key,
    value: value[key],
    low: 0,
    high: 1,
  }));
}

function styleBounds(style: Loose): Bound[] {
  const bounds: Bound[] = [];
  const solid = (place: string, content: unknown): void => {
    const { alpha, color } = objectOf(objectOf(content).solid);
    bounds.push({ key: `${place}.alpha`, value: alpha, low: 0, high: 1 });
    for (const part of listOf(color)) bounds.push({ key: `${place}.color`, value: part, low: 0, high: 1 });
  };
  solid('fill', objectOf(style.fill).content);
  for (const one of listOf(style.strokes)) {
    const stroke = objectOf(one);
    solid('stroke', stroke.content);
    // 100 in the app.
    bounds.push({ key: 'stroke.width', value: stroke.width, low: 0, high: 0.2 });
  }
  for (const one of listOf(style.shadows)) {
    const shadow = objectOf(one);
    solid('shadow', shadow.content);
    bounds.push({ key: 'shadow.alpha', value: shadow.alpha, low: 0, high: 1 });
    bounds.push({ key: 'shadow.diffuse', value: shadow.diffuse, low: 0, high: 1 });
    bounds.push({ key: 'shadow.distance', value: shadow.distance, low: 0, high: 100 });
    bounds.push({ key: 'shadow.angle', value: shadow.angle, low: -180, high: 180 });
  }
  return bounds;
}

/** DR107: size and alignment are those of the app. */
export const textLayout: DraftRule = {
  id: 'DR107',
  title: 'sizes and alignments of texts are known',
  severity: 'error',
  draft({ view, report }) {
    for (const text of view.texts) {
      const { line_max_width: width, alignment } = text.value;
      if (typeof width === 'number' && !(width >= 0 && width <= 1))
        report({
          path: [...text.path, 'line_max_width'],
          message: `${nameOf(text)}: line width must be 0 to 1 (got ${width})`,
        });
      if (alignment !== undefined && ![0, 1, 2, 3, 4].includes(alignment as number))
        report({
          path: [...text.path, 'alignment'],
          message: `${nameOf(text)}: alignment must be 0 to 4 (got ${showJson(alignment)})`,
        });
      const size = text.content?.styles
        .map((style) => numberOf(style.size))
        .find((one) => one !== undefined && !(one > 0));
      if (size !== undefined)
        report({
          path: [...text.path, 'content'],
          message: `${nameOf(text)}: size must be > 0 (got ${size})`,
        });
    }
  },
};
