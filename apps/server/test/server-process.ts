/**
 * A server as a process of its own, on the plugin and the store of a house. It prints its address.
 * Usage: server-process.ts FOLDER [MILLISECONDS that its clock is ahead [MILLISECONDS of the budget of a call]]
 */
import { join } from 'node:path';
import { openStore } from '@cozecut/store';
import { serveOn } from './harness.ts';

const [folder = '', ahead = '0', budget = '30000'] = process.argv.slice(2);
const store = await openStore({
  location: join(folder, 'store'),
  // What a process that was killed has leased is free for one whose clock is ahead: nobody has to wait for it.
  now: () => Date.now() + Number(ahead),
  uuid: () => crypto.randomUUID(),
});
const server = await serveOn(folder, store, { jobWaitMs: 0 }, { callBudgetMs: Number(budget) });
process.once('SIGTERM', async () => {
  await server.close();
  await store.close();
});
console.log(server.url);
