import { BugError } from '@cozecut/problems';
import type { DraftStore, IdempotencyStore, JobStore, JobWorker, Store } from '@cozecut/store';

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
  const drafts: Names<DraftStore> = [
    'create',
    'get',
    'edit',
    'writing',
    'writes',
    'saved',
    'copied',
    'list',
    'revisions',
    'timelineAt',
    'remove',
  ];
  const jobs: Names<JobStore> = [
    'start',
    'progress',
    'finish',
    'get',
    'ofDraft',
    'list',
    'failAbandoned',
    'adopt',
    'enqueue',
    'claim',
    'renew',
    'failAttempt',
    'release',
    'cancelled',
    'cancel',
    'recover',
    'nextDue',
  ];
  return {
    drafts: {
      ...forward<DraftStore>(drafts, async () => (await store()).drafts),
      forOwner: (owner) => forward<DraftStore>(drafts, async () => (await store()).drafts.forOwner(owner)),
      usage: async (owner) => (await store()).drafts.usage(owner),
      quota: async (owner) => (await store()).drafts.quota(owner),
      setQuota: async (owner, quota) => (await store()).drafts.setQuota(owner, quota),
      watch: (id, options) => later(async () => (await store()).drafts.watch(id, options)),
    },
    jobs: forward(jobs, async () => (await store()).jobs),
    work(options) {
      let worker: JobWorker | undefined;
      const begun = store().then((there) => {
        worker = there.work(options);
        return worker;
      });
      begun.catch(options.onError);
      return {
        get running() {
          return worker?.running ?? 0;
        },
        stop: async (graceMs) => (await begun).stop(graceMs),
      };
    },
    calls: forward(['record', 'recordAll', 'list'], async () => (await store()).calls),
    idempotency: {
      ...forward<Omit<IdempotencyStore, 'scope'>>(
        ['begin', 'renew', 'complete', 'abandon', 'run'],
        async () => (await store()).idempotency,
      ),
      // It is asked for by servers alone, which open their store at once.
      scope() {
        throw new BugError('a scope needs a store that is open');
      },
    },
    tokens: forward(['create', 'verify', 'list', 'revoke'], async () => (await store()).tokens),
    grants: forward(['put', 'get', 'use', 'remove', 'removeFamily'], async () => (await store()).grants),
    sessions: forward(
      ['create', 'get', 'update', 'remove', 'list', 'beginChat', 'nameChat', 'renewChat', 'endChat', 'chat'],
      async () => (await store()).sessions,
    ),
    limits: forward(['take'], async () => (await store()).limits),
    events: {
      append: async (...event) => (await store()).events.append(...event),
      read: async (...page) => (await store()).events.read(...page),
      watch: (topic, options) => later(async () => (await store()).events.watch(topic, options)),
    },
    blobs: forward(
      ['put', 'adopt', 'find', 'list', 'has', 'get', 'read', 'drop'],
      async () => (await store()).blobs,
    ),
    sweep: async (retention) => (await store()).sweep(retention),
    backup: async (folder) => (await store()).backup(folder),
    status: async () => (await store()).status(),
    close: async () => (await opened)?.close(),
  };
}

/** What comes from something that is there later. */
async function* later<Item>(source: () => Promise<AsyncIterable<Item>>): AsyncGenerator<Item> {
  yield* await source();
}

type Names<Target> = readonly (keyof Target & string)[];
type Methods = Record<string, (...given: never[]) => Promise<unknown>>;

/** The methods of something that is there later. */
function forward<Target extends { [name in keyof Target]: Methods[string] }>(
  names: Names<Target>,
  target: () => Promise<Target>,
): Target {
  const methods: Methods = {};
  for (const name of names) methods[name] = async (...given) => (await target())[name](...given);
  return methods as Target;
}
