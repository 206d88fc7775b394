import { OverrideReader } from '../ass/overrides.ts';
import { readColor } from '../color.ts';
import type { Cue, RangeStyle } from '../subtitles/cue.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { StyledText } from '../subtitles/styled-text.ts';
import { defined } from '../values.ts';

const piece = /<(\/?)(b|i|u|s|strike|font)\b([^<>]*)>|\{\\[^{}]*\}|\{([biu])\}|\{\/([biu])\}/gi;
const attribute = /([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/** Size of the picture that players count in; the format has no such tags. */
const PICTURE = { width: 384, height: 288 };

type Words = 'b' | 'i' | 'u' | 's' | 'font';

/** Reads the text of a cue: `<b> <i> <u> <font color>` become ranges, `{\an8}` and its like the place of the cue. */
export function readMarkup(
  lines: readonly string[],
  firstLine: number,
  findings: LineFindings,
): Pick<Cue, 'text' | 'ranges' | 'style' | 'transform'> {
  const text = new StyledText();
  const open: { tag: Words; style: RangeStyle; line: number }[] = [];
  const overrides = new OverrideReader(PICTURE, findings);
  for (const [at, line] of lines.entries()) {
    const number = firstLine + at;
    const styleNow = (): RangeStyle => Object.assign({}, overrides.style, ...open.map(({ style }) => style));
    if (at > 0) text.add('\n', styleNow());
    let end = 0;
    for (const match of line.matchAll(piece)) {
      text.add(line.slice(end, match.index), styleNow());
      end = match.index + match[0].length;
      const [whole, slash, name, rest = '', opened, closed] = match;
      if (name !== undefined) changeTag(name.toLowerCase(), slash === '/', rest, number, open, findings);
      else if (opened !== undefined || closed !== undefined) {
        changeTag((opened ?? closed)!.toLowerCase(), closed !== undefined, '', number, open, findings);
      } else {
        if (/\\(?:pos|fs\d)/.test(whole))
          findings.readAs(
            number,
            `places and sizes in braces are read in ${PICTURE.width}x${PICTURE.height}`,
          );
        overrides.read(whole.slice(1, -1), number);
      }
    }
    text.add(line.slice(end), styleNow());
  }
  for (const { tag, line } of open)
    findings.readAs(line, `<${tag}> is never closed, read as if it went to the end of the cue`);
  const { ranges, ...result } = text.finish();
  return {
    text: result.text,
    ranges,
    ...defined({ style: overrides.cueStyle, transform: overrides.transform }),
  };
}

function changeTag(
  name: string,
  closes: boolean,
  rest: string,
  line: number,
  open: { tag: Words; style: RangeStyle; line: number }[],
  findings: LineFindings,
): void {
  const tag = (name === 'strike' ? 's' : name) as Words;
  if (closes) {
    const at = open.findLastIndex((one) => one.tag === tag);
    if (at >= 0) open.splice(at, 1);
    else findings.readAs(line, `</${tag}> closes nothing, skipped`);
    return;
  }
  if (tag === 's') findings.dropped(line, 'strike-through');
  open.push({ tag, style: tag === 'font' ? fontStyle(rest, line, findings) : plain[tag], line });
}

const plain: Readonly<Record<Exclude<Words, 'font'>, RangeStyle>> = {
  b: { bold: true },
  i: { italic: true },
  u: { underline: true },
  s: {},
};

function fontStyle(attributes: string, line: number, findings: LineFindings): RangeStyle {
  const style: RangeStyle = {};
  for (const [, name, double, single, bare] of attributes.matchAll(attribute)) {
    const value = double ?? single ?? bare ?? '';
    if (name!.toLowerCase() !== 'color') {
      findings.dropped(line, `<font ${name!.toLowerCase()}>`);
      continue;
    }
    const color = readColor(value);
    if (color === undefined) findings.dropped(line, `the colour ${JSON.stringify(value)}`);
    else style.color = color;
  }
  return style;
}
