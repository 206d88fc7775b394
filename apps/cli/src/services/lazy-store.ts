import type { Store } from '@cozecut/store';

/**
 * A store that is opened when something is first asked of it: a program that runs one tool, which may never do so, does
 * not pay for the database.
 */
export function lazyStore(open: () => Promise<Store>): Store {
  let opened: Promise<Store> | undefined;
  const store = () => {
    opened ??= open();
    return opened;
  };
  return {
    drafts: forward(['create', 'get', 'edit', 'saved', 'list'], async () => (await store()).drafts),
    jobs: forward(
      ['start', 'progress', 'finish', 'get', 'ofDraft', 'failAbandoned'],
      async () => (await store()).jobs,
    ),
    close: async () => (await opened)?.close(),
  };
}

type Methods = Record<string, (...given: never[]) => Promise<unknown>>;

/** The methods of something that is there later. */
function forward<Target extends { [name in keyof Target]: Methods[string] }>(
  names: readonly (keyof Target & string)[],
  target: () => Promise<Target>,
): Target {
  const methods: Methods = {};
  for (const name of names) methods[name] = async (...given) => (await target())[name](...given);
  return methods as Target;
}
