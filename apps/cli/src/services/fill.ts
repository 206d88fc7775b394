/** Puts values into the `{places}` of a text. */
export function fill(text: string, values: object): string {
  // A replacement text would take "$&" in a path for a pattern.
  return Object.entries(values).reduce(
    (filled, [key, value]) => filled.replace(`{${key}}`, () => String(value)),
    text,
  );
}
