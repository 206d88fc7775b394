import type { OauthServer, UrlSigner } from '@cozecut/auth';
import type { Catalog } from '@cozecut/catalog';
import type { Archives, Host, Log } from '@cozecut/plugin-host';
import type { Store } from '@cozecut/store';
import type { Calls } from './calls.ts';
import type { DraftFiles } from './files/draft-files.ts';
import type { Questions } from './jobs/questions.ts';
import type { Worker } from './jobs/worker.ts';
import type { Metrics } from './metrics.ts';
import type { Feature } from './openapi/words.ts';

/** What the routes share. */
export interface ServerContext {
  host: Host;
  store: Store;
  calls: Calls;
  questions: Questions;
  worker: Worker;
  archives: Archives;
  files: DraftFiles;
  /** The resources of the apps, which drafts are checked against. */
  catalog: Catalog | undefined;
  metrics: Metrics;
  log: Log;
  /** Opens archives for whoever has the address; without it they need a token like everything else. */
  urls: UrlSigner | undefined;
  oauth: OauthServer | undefined;
  /** What this server has of what not every one has. */
  features: ReadonlySet<Feature>;
  version: string;
  /** How long a request waits for its job before it is answered with the job id, in milliseconds. */
  jobWaitMs: number;
  /** Whether the server is about to stop: whoever sends requests should send them elsewhere. */
  isStopping(): boolean;
  /** Called when the server closes; its jobs are parked when that is done. */
  onClose(work: () => void | Promise<void>): void;
}
