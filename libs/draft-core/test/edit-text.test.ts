import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lintDraft } from '../src/index.ts';
import { type Any, contentOf, draftOf, edit, openedFrom } from './support/edits.ts';
import { timelineOf } from './support/timeline.ts';

const characters = ['a', 'B', ' ', '第', '二', '😀', '👨‍👩‍👧', '🇩🇪', 'é', '👍🏽', '\n', '𠮷'];
const visible = fc.constantFrom(...characters.filter((one) => one.trim() !== ''));
const text = (minLength: number) =>
  fc
    .tuple(visible, fc.array(fc.constantFrom(...characters), { minLength: minLength - 1, maxLength: 20 }))
    .map(([first, rest]) => [first, ...rest]);
const countOf = (said: string): number => [...new Intl.Segmenter('en').segment(said)].length;
const boundaries = (said: string): Set<number> =>
  new Set([...new Intl.Segmenter('en').segment(said)].map(({ index }) => index).concat(said.length));

/** A draft with one text, whose parts lie side by side and each have a size of their own. */
function draftWith(parts: readonly string[], unit: 'utf16' | 'points' | 'bytes' = 'utf16'): Any {
  const said = parts.join('');
  const made = draftOf(timelineOf({ type: 'text', clips: [{ text: said, start: 0, duration: 5 }] }));
  const content = contentOf(made);
  const [material] = content.materials.texts;
  const [style] = JSON.parse(material.content).styles;
  const lengthOf = (one: string): number =>
    unit === 'points' ? [...one].length : unit === 'bytes' ? 2 * one.length : one.length;
  let at = 0;
  const styles = parts.map((part, index) => {
    const start = at;
    at += lengthOf(part);
    return { ...style, size: index + 1, range: [start, at] };
  });
  material.content = JSON.stringify({ styles, text: said });
  return openedFrom(JSON.stringify(content));
}

function replaced(opened: Any, words: string): { styles: Any[]; problems: string[] } {
  const { timeline, problems } = edit(opened, [
    { op: 'replace-text', clip: { track: 0, index: 0 }, text: words },
  ]);
  const after = { ...opened, timeline };
  expect(lintDraft(after).filter(({ code }) => code === 'DR100' || code === 'DR101')).toEqual([]);
  const content = JSON.parse(contentOf(after).materials.texts[0].content);
  expect(content.text).toBe(words);
  return { styles: content.styles, problems: problems.map(({ code, message }) => `${code} ${message}`) };
}

describe('other words', () => {
  test('every part keeps its order and a share of whole characters, or is named', () => {
    const parts = fc
      .array(text(1), { minLength: 1, maxLength: 6 })
      .map((all) => all.map((one) => one.join('')));
    fc.assert(
      fc.property(parts, text(1), (before, letters) => {
        const words = letters.join('');
        // Letters of two parts that make one character together cannot be told apart.
        fc.pre(countOf(before.join('')) === before.reduce((sum, part) => sum + countOf(part), 0));
        fc.pre(words !== before.join(''));
        const { styles, problems } = replaced(draftWith(before), words);
        const whole = boundaries(words);
        for (const { range } of styles) expect(range.every((at: number) => whole.has(at))).toBe(true);
        const sizes = styles.map(({ size }) => size);
        expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
        const lost = before.length - sizes.length;
        if (countOf(words) >= before.length) expect(lost).toBe(0);
        expect(problems.filter((one) => one.startsWith('DR101'))).toHaveLength(lost > 0 ? 1 : 0);
        for (const [index, part] of before.entries())
          if (lost > 0 && !sizes.includes(index + 1)) expect(problems[0]).toContain(JSON.stringify(part));
      }),
    );
  });

  test('words of as many characters: each part has as many as it had, whatever they take', () => {
    const parts = ['😀😀', 'a', '👨‍👩‍👧b'];
    const { styles } = replaced(draftWith(parts), '第二🇩🇪éx');
    expect(styles.map(({ range }) => range)).toEqual([
      [0, 2],
      [2, 6],
      [6, 8],
    ]);
  });

  test.each(['points', 'bytes'] as const)('parts that counted %s end in UTF-16 units', (unit) => {
    const { styles } = replaced(draftWith(['😀😀', 'a', 'bc'], unit), 'xxyzz');
    expect(styles.map(({ range }) => range)).toEqual([
      [0, 2],
      [2, 3],
      [3, 5],
    ]);
  });
});
