import type { Progress } from '@cozecut/plugin-host';

/** Shows how far a call is. */
export interface ProgressShow {
  show(progress: Progress): void;
  /** Takes the bar away. */
  end(): void;
}

const WIDTH = 24;
const CLEAR_LINE = '\r\u001b[K';

/**
 * A bar on a terminal; elsewhere one line for each phase, so that a log is not filled.
 *
 * @param draw - Writes to the terminal; nothing when there is none.
 * @param say - Writes a line for people.
 * @param tell - Says the message of a tool in the language of the person.
 */
export function progressShow(
  draw: ((text: string) => void) | undefined,
  say: (line: string) => void,
  tell: (message: string) => string,
): ProgressShow {
  let phase: string | undefined;
  let isDrawn = false;
  return {
    show({ phase: next, fraction, message }) {
      if (draw === undefined) {
        if (next !== phase && message !== undefined) say(tell(message));
      } else {
        draw(`${CLEAR_LINE}${bar(fraction)} ${tell(message ?? next)}`);
        isDrawn = true;
      }
      phase = next;
    },
    end() {
      if (isDrawn) draw?.(CLEAR_LINE);
      isDrawn = false;
    },
  };
}

/** @param fraction - 0 to 1; a call that does not know it has a bar without an end. */
function bar(fraction: number | undefined): string {
  if (fraction === undefined) return '·'.repeat(WIDTH);
  const filled = Math.round(WIDTH * Math.min(1, Math.max(0, fraction)));
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.floor(fraction * 100)).padStart(3)} %`;
}
