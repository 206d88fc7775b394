/** An object without the keys that nobody gave. */
export function defined<Value extends object>(
  value: { [Key in keyof Value]?: Value[Key] | undefined },
): Value {
  const given = {} as Value;
  for (const key of Object.keys(value) as (keyof Value)[]) {
    const item = value[key];
    // Captions come by the hundred, so this is no chain of lists.
    if (item !== undefined) given[key] = item;
  }
  return given;
}
