/**
 * A server as a process of its own, on the plugin of a house. It prints its address. What it works with comes as one
 * argument, JSON of `ServerProcessOptions`.
 */
import { createAuthenticator } from '@cozecut/auth';
import { createCozeClient } from '@cozecut/coze-transport';
import { openStore } from '@cozecut/store';
import { serveOn } from './harness.ts';

/** What a process works with. */
export interface ServerProcessOptions {
  /** Folder of the house. */
  folder: string;
  /** Folder or address of the store. */
  location: string;
  /** Folder of the files of the store. */
  blobs: string;
  /** What a process that was killed has leased is free for one whose clock is ahead: nobody has to wait for it. */
  aheadMs: number;
  callBudgetMs: number;
  /** Whether callers need a token of the store. */
  wantsTokens?: boolean;
  /** Where the bot of sessions is. */
  coze?: { url: string; token: string };
  rate?: { burst: number; perMinute: number };
}

const given = JSON.parse(process.argv[2] ?? '{}') as ServerProcessOptions;
const { folder, location, blobs, aheadMs, callBudgetMs, coze } = given;
const store = await openStore({
  location,
  blobs,
  now: () => Date.now() + aheadMs,
  uuid: () => crypto.randomUUID(),
});
const check = createAuthenticator([store.tokens.verify]);
const server = await serveOn(
  folder,
  store,
  {
    jobWaitMs: 0,
    ...(given.wantsTokens ? { authorise: ({ authorization }) => check(authorization) } : {}),
    ...(given.rate === undefined ? {} : { rate: given.rate }),
    ...(coze === undefined
      ? {}
      : {
          sessions: {
            client: createCozeClient({ baseUrl: coze.url, token: coze.token, retry: { maxAttempts: 1 } }),
            botId: 'b1',
            runsTools: true,
          },
        }),
  },
  { callBudgetMs },
);
process.once('SIGTERM', async () => {
  await server.close();
  await store.close();
});
console.log(server.url);
