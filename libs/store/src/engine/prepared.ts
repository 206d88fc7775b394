import type { Compilable, CompiledQuery } from 'kysely';
import type { Tx } from './engine.ts';

/** Runs a statement on a connection that gives its rows at once; they may be held back. */
export type Run = (text: string, parameters: readonly unknown[]) => unknown[] | Promise<unknown[]>;

const runs = new WeakMap<Tx, Run>();

/** From now on, prepared statements on `on` go this way: through Kysely takes longer than running one. */
export function runPrepared(on: Tx, run: Run): void {
  runs.set(on, run);
}

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
): (on: Tx, given: Given) => Promise<{ rows: Row[] }> {
  const placeholders = Object.fromEntries(names.map((name) => [name, new Placeholder(name)])) as Given;
  let compiled: CompiledQuery<Row> | undefined;
  return async (on, given) => {
    compiled ??= build(on, placeholders).compile();
    const parameters = compiled.parameters.map((value) =>
      value instanceof Placeholder ? given[value.name as keyof Given] : value,
    );
    const run = runs.get(on);
    if (run === undefined) return on.executeQuery({ ...compiled, parameters });
    const rows = run(compiled.sql, parameters);
    return { rows: (rows instanceof Promise ? await rows : rows) as Row[] };
  };
}
