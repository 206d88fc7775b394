import { canDraw } from './drawing.ts';

const SIGN = '…';
/** Blanks instead of a control sequence: some terminals have none, and a person may want none. */
const CLEAR = '\r  \r';

/**
 * Shows a person at a terminal at once that the program has begun: loading it and reading a manifest take longer than
 * one waits without a doubt. The sign is gone as soon as anything is written, or the program ends.
 */
export function showWaitingSign(argv: readonly string[], process: NodeJS.Process): void {
  const { stdout, stderr } = process;
  const isForPerson = canDraw(stderr, process.env) && !argv.includes('--quiet') && !argv.includes('--json');
  if (!isForPerson) return;
  const streams = [stdout, stderr];
  const writes = streams.map((stream) => stream.write);
  const clear = () => {
    for (const [index, stream] of streams.entries()) stream.write = writes[index]!;
    process.removeListener('exit', clear);
    stderr.write(CLEAR);
  };
  stderr.write(SIGN);
  for (const [index, stream] of streams.entries()) {
    stream.write = ((...words: Parameters<typeof stream.write>) => {
      clear();
      return writes[index]!.apply(stream, words);
    }) as typeof stream.write;
  }
  process.once('exit', clear);
}
