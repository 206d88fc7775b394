import type { Environment } from './settings.ts';

/** Whether a stream is a terminal on which the cursor can be moved. */
export function canDraw(stream: { isTTY?: boolean }, env: Environment): boolean {
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Whether what goes to a stream may have colours: https://no-color.org, and a terminal or somebody who wants them. */
export function hasColor(stream: { isTTY?: boolean }, env: Environment): boolean {
  if (env.NO_COLOR) return false;
  return env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : canDraw(stream, env);
}
