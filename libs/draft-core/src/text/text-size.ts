import { isOneLine, linesOf } from './characters.ts';
import { displayWidth, isCjk } from './display-width.ts';

/** Width and height in pixels of the canvas. */
export interface Size {
  width: number;
  height: number;
}

/** What of a text clip decides how large it is. */
export interface ShownText {
  text: string;
  style?: { size?: number; vertical?: boolean; autoWrap?: boolean; maxLineWidth?: number };
  transform?: { scale?: number; scaleX?: number; scaleY?: number };
}

/** Height of a line for a size of 1. */
const LINE_HEIGHT = 1.2;

/**
 * How large a text is drawn, as an estimate: fonts are not measured. A size is taken as percent of the height of the
 * canvas, a CJK character as wide as high, any other as half of that; spacing, borders and parts with a size of their
 * own are left out.
 */
export function estimateSize({ input }: { input: ShownText }, canvas: Size): Size {
  const { vertical = false, autoWrap = false, maxLineWidth = 0.82 } = input.style ?? {};
  const em = emOf(input, canvas);
  const room = autoWrap && !vertical ? maxLineWidth * canvas.width : Number.POSITIVE_INFINITY;
  let length = 0;
  let lines = 0;
  for (const line of linesOf(input.text)) {
    const whole = (displayWidth(line) / 2) * em;
    if (whole <= room) {
      length = Math.max(length, whole);
      lines++;
    } else {
      // CJK is broken anywhere, other writing at blanks only.
      const words = line.split(/\s+/).filter((word) => !isCjk(word));
      const longest = words.reduce((columns, word) => Math.max(columns, displayWidth(word)), 0);
      length = Math.max(length, room, (longest / 2) * em);
      lines += Math.ceil(whole / room);
    }
  }
  const across = lines * em * LINE_HEIGHT;
  const scale = scaleOf(input);
  return vertical
    ? { width: across * scale.x, height: length * scale.y }
    : { width: length * scale.x, height: across * scale.y };
}

/** Whether a text is in the canvas even if each of its characters were wide; cheap, for texts by the thousand. */
export function surelyFits({ input }: { input: ShownText }, canvas: Size): boolean {
  const { vertical = false, autoWrap = false, maxLineWidth = 0.82 } = input.style ?? {};
  if (vertical) return false;
  const em = emOf(input, canvas);
  const scale = scaleOf(input);
  const room = Math.min(
    autoWrap ? maxLineWidth * canvas.width : Number.POSITIVE_INFINITY,
    canvas.width / scale.x,
  );
  // Without blanks at its ends a text is shorter at most, so they need not be cut off here.
  const lines = isOneLine(input.text) ? [input.text] : linesOf(input.text);
  return (
    lines.length * em * LINE_HEIGHT * scale.y <= canvas.height &&
    lines.every((line) => line.length * em <= room)
  );
}

function emOf({ style }: ShownText, { height }: Size): number {
  return ((style?.size ?? 8) / 100) * height;
}

function scaleOf({ transform }: ShownText): { x: number; y: number } {
  const scale = transform?.scale ?? 1;
  return { x: transform?.scaleX ?? scale, y: transform?.scaleY ?? scale };
}
