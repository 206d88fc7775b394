/**
 * What is left to write of an answer of which `said` is on the screen: the rest of it, or, where something else was
 * said, all of it on a line of its own.
 */
export function unsaid(said: string, answer: string): string {
  return answer.startsWith(said) ? answer.slice(said.length) : `\n${answer}`;
}
