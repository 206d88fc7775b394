export function echo(input: { text?: string }) {
  return input;
}
