import type { Source } from 'mediabunny';

/** Nobody needs the same bytes so often in a row. */
const MAX_REPEATS = 100;
/** Places that a loop goes round. */
const MAX_ROUND = 8;

/** The door through which the library reads, also what it has in its cache; it is none of its documented ones. */
interface ReadDoor {
  _read?(start: number, end: number, ...others: number[]): unknown;
}

/**
 * Ends reading that makes no step. In some damaged files the library looks for the next element at the same places for
 * ever, and without a pause in which a timer, or anything else of the process, could run. It is told that there is
 * nothing more, which most of it understands; what does not gets an error.
 */
export function endEndlessReads(source: Source): void {
  const door = source as ReadDoor;
  const read = door._read?.bind(source);
  if (read === undefined) return;
  const round: (readonly [start: number, end: number])[] = [];
  let repeats = 0;
  door._read = (start, end, ...others) => {
    if (round.some((one) => one[0] === start && one[1] === end)) repeats += 1;
    else {
      repeats = 0;
      round.push([start, end]);
      if (round.length > MAX_ROUND) round.shift();
    }
    if (repeats > 2 * MAX_REPEATS) throw new Error('it leads to the same place again and again');
    return repeats > MAX_REPEATS ? null : read(start, end, ...others);
  };
}
