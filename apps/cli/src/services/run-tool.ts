import { parse } from 'node:path';
import type { Plugin } from '@cozecut/manifest';
import type { Answerer } from '@cozecut/plugin-host';
import { createErrorLog } from '../log.ts';
import type { Environment } from '../settings.ts';
import { interruptible } from './interrupt.ts';
import type { ProgressShow } from './progress.ts';
import { createRuntime } from './runtime.ts';
import { watchStrays } from './strays.ts';
import { unwrap } from './unwrap.ts';

/** What `tool run` was asked for. */
export interface RunToolRequest {
  plugin: Plugin;
  tool: string;
  input: unknown;
  env: Environment;
  folder: string;
  /** The person who can be asked, where one is there. */
  answerer?: Answerer | undefined;
  /** Says a message of the program in the language of the person. */
  tell(text: string): string;
  /** Told when it begins to wait for something; more than once. */
  onWait(): void;
  /** Shows how far the tool is. */
  progress: ProgressShow;
}

/** Calls one tool in manual mode: the person at this machine may name any file. */
export async function runTool(request: RunToolRequest): Promise<unknown> {
  const { plugin, env, folder } = request;
  const log = createErrorLog(import.meta.dirname, (text) => process.stderr.write(text), request.tell);
  const runtime = await createRuntime({
    plugin,
    env,
    folder,
    log,
    localRoots: [folder, parse(folder).root],
    onWait: request.onWait,
  });
  const strays = watchStrays(log, runtime.host);
  try {
    const { tool, input, answerer, progress } = request;
    const asked = answerer === undefined ? {} : { answerer };
    const result = await interruptible(
      (signal) =>
        runtime.host.call(tool, input, { mode: 'manual', signal, onProgress: progress.show, ...asked }),
      strays.broken,
    );
    if (!result.ok && strays.broken.aborted) throw strays.broken.reason;
    return unwrap(result);
  } finally {
    request.progress.end();
    await runtime.close();
    strays.leave();
  }
}
