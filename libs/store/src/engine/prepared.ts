import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Tx } from './engine.ts';

/** Stands for a value while a statement is made. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A statement that is made once, for those that are needed with every call: making one takes longer than running it.
 * It belongs to one engine.
 *
 * @param names - The values that differ from one run to the next.
 * @param build - Makes the statement; every value it gets goes into it as it is.
 */
export function prepared<Given extends object, Row>(
  names: readonly (keyof Given & string)[],
  build: (on: Tx, given: Given) => Compilable<Row>,
): (on: Tx, given: Given) => Promise<QueryResult<Row>> {
  const placeholders = Object.fromEntries(names.map((name) => [name, new Placeholder(name)])) as Given;
  let compiled: CompiledQuery<Row> | undefined;
  return (on, given) => {
    compiled ??= build(on, placeholders).compile();
    const parameters = compiled.parameters.map((value) =>
      value instanceof Placeholder ? given[value.name as keyof Given] : value,
    );
    return on.executeQuery({ ...compiled, parameters });
  };
}
