import { AsyncLocalStorage } from 'node:async_hooks';
import { constants } from 'node:buffer';
import { inspect } from 'node:util';
import type { Mode, Plugin, Tool } from '@cozecut/manifest';
import { closest, UserError } from '@cozecut/problems';
import { createLimiter, type Outside } from './limiter.ts';
import { loadHandler } from './load-handler.ts';
import { retriesOf, withRetries } from './retry.ts';
import { surelyFits } from './surely-fits.ts';
import { tolerantInput } from './tolerant-input.ts';
import { toToolError } from './tool-error.ts';
import type { CallOptions, CallResult, HostServices, ToolContext, ToolHandler } from './types.ts';
import { createValidators } from './validators.ts';

/** What a host is made of. */
export interface HostOptions {
  plugin: Plugin;
  services: HostServices;
}

/** A call of a tool, seen from what its handler has started. */
export interface CurrentCall {
  tool: string;
  /** Ends the call with an error that the handler cannot see, unless it has ended. */
  fail(error: unknown): void;
}

/** Runs the tools of one plugin for one deployment. */
export interface Host {
  readonly plugin: Plugin;
  /** Tools that are switched on, in the order of the manifest. */
  readonly tools: readonly Tool[];
  /** Tools that may be called in `mode`. */
  toolsFor(mode: Mode): Tool[];
  /** Loads every handler, so that a mistake shows at the start. @throws UserError HANDLER_NOT_LOADED */
  preload(): Promise<void>;
  /** Calls a tool; every failure is in the result, nothing is thrown. */
  call(name: string, input: unknown, options: CallOptions): Promise<CallResult>;
  /** The call that what runs now belongs to, also in timers and event handlers that outlive it; nothing outside of any. */
  current(): CurrentCall | undefined;
}

/**
 * Makes the host of a plugin. Handlers are imported when they are first called.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { diskFiles, loadManifest } from '@cozecut/manifest';
 * import { archivePath, createHost, draftPath } from '@cozecut/plugin-host';
 * import { createMemoryDrafts } from '@cozecut/store/memory';
 *
 * const log = { debug() {}, info() {}, warn: console.warn, error: console.error };
 * const clock = { now: Date.now, uuid: () => crypto.randomUUID() };
 * const host = createHost({
 *   plugin: loadManifest(resolve('plugin.yaml'), { ...diskFiles, env: process.env }),
 *   services: {
 *     log,
 *     fetch, // where others write addresses, `createGuardedFetch` of `@cozecut/media`
 *     drafts: {
 *       ...createMemoryDrafts(clock),
 *       root: resolve('drafts'),
 *       rootIsChosen: false,
 *       archiveFile: () => resolve('archive.zip'),
 *       keepArchive: async () => {}, // `createArchives` keeps them in a store
 *       hasArchive: async () => false,
 *       archiveUrl: archivePath,
 *       draftUrl: draftPath,
 *       pageUrl: '/',
 *     },
 *     localRoots: [], // folders of this machine that callers may name
 *     cacheFolder: resolve('cache'),
 *     ...clock,
 *   },
 * });
 * console.log(await host.call('shout', { text: 'hello' }, { mode: 'manual' })); // => { ok: true, output: { text: 'HELLO' } }
 * console.log(await host.call('shout', {}, { mode: 'manual' })); // => …code: 'INPUT_INVALID'…
 * ```
 */
export function createHost({ plugin, services }: HostOptions): Host {
  const tools = plugin.tools.filter((tool) => tool.enabled);
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const validatorFor = createValidators();
  const handlers = new Map<string, Promise<ToolHandler<unknown>>>();
  const { secret, workflows, programEnv, importModule, random, wait, ...shared } = services;
  const limiters = new Map(tools.map((tool) => [tool.name, createLimiter(tool.concurrency)]));
  const calls = new AsyncLocalStorage<CurrentCall>();

  function handlerOf(tool: Tool): Promise<ToolHandler<unknown>> {
    let handler = handlers.get(tool.name);
    if (handler === undefined) {
      // What a module does when it is imported belongs to the tool as well; there is no call to end.
      handler = calls.run({ tool: tool.name, fail: () => {} }, () => loadHandler(tool, plugin, services));
      handlers.set(tool.name, handler);
      // A failed import is tried again at the next call: the file may have been mended.
      handler.catch(() => handlers.delete(tool.name));
    }
    return handler;
  }

  function findTool(name: string, mode: Mode): Tool {
    const tool = byName.get(name);
    if (tool === undefined) {
      const suggestions = closest(name, byName.keys());
      throw new UserError('TOOL_UNKNOWN', `there is no tool "${name}"`, {
        hint:
          suggestions.length > 0
            ? `did you mean "${suggestions[0]}"?`
            : `the tools are ${[...byName.keys()].join(', ')}`,
      });
    }
    if (!tool.modes.includes(mode)) {
      throw new UserError('MODE_NOT_ALLOWED', `${name} cannot be called in ${mode} mode`, {
        hint: `its modes are ${tool.modes.join(', ')}; see "modes" in ${plugin.file}`,
      });
    }
    return tool;
  }

  function checkedInput(tool: Tool, input: unknown): unknown {
    const bytes = surelyFits(input, tool.maxInputBytes) ? 0 : bytesOf(input ?? {});
    if (bytes > tool.maxInputBytes) {
      throw new UserError(
        'INPUT_TOO_LARGE',
        `the input of ${tool.name} may have ${tool.maxInputBytes} bytes (got ${bytes})`,
        { hint: 'see "maxInputBytes" in the manifest' },
      );
    }
    // A copy: the validator fills in defaults, and the caller's object is not ours to change.
    const copy: unknown = tolerantInput(tool.input, input ?? {});
    const problems = validatorFor(tool.input, 'the input')(copy);
    if (problems.length > 0) throw UserError.fromProblems('INPUT_INVALID', problems);
    return copy;
  }

  function checkedOutput(tool: Tool, output: unknown): unknown {
    const problems = validatorFor(tool.output, 'the output')(output);
    if (problems.length === 0) return output;
    services.log.error('a tool answered against its own schema', {
      tool: tool.name,
      problems: problems.map((problem) => problem.message),
    });
    throw new UserError('OUTPUT_INVALID', `${tool.name} answered with something its schema does not allow`, {
      hint: 'this is a mistake in the plugin, not in the call',
    });
  }

  async function run(name: string, input: unknown, options: CallOptions): Promise<unknown> {
    const tool = findTool(name, options.mode);
    const checked = checkedInput(tool, input);
    const handler = await handlerOf(tool);
    const deadline = createDeadline(tool, options.signal, services.now);
    const contextFor = (outside: Outside): ToolContext => ({
      ...shared,
      log: options.log ?? services.log,
      drafts: options.drafts === undefined ? services.drafts : { ...services.drafts, ...options.drafts },
      uuid: options.uuid ?? services.uuid,
      localRoots: options.localRoots ?? services.localRoots,
      signal: deadline.signal,
      get deadline() {
        return deadline.at();
      },
      idempotencyKey: options.idempotencyKey,
      mode: options.mode,
      deployment: plugin.deployment,
      pluginVersion: plugin.version,
      progress: (progress) => {
        if (!deadline.signal.aborted) options.onProgress?.(progress);
      },
      ...(options.owner === undefined ? {} : { owner: options.owner }),
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      ...answererOf(options, (wait) => outside(() => deadline.standStill(wait))),
    });
    try {
      const retries = retriesOf(tool, options.idempotencyKey);
      // A handler may change its input, so that each attempt gets its own.
      const attempt = async (context: ToolContext) => {
        const { promise: failed, reject: fail } = Promise.withResolvers<never>();
        const work = async () => handler(retries === 0 ? checked : structuredClone(checked), context);
        return calls.run({ tool: name, fail }, () => Promise.race([work(), failed]));
      };
      const output = await limiters.get(tool.name)!(deadline.signal, (outside) => {
        const context = contextFor(outside);
        return deadline.race(() => withRetries(retries, () => attempt(context), context, services));
      });
      return checkedOutput(tool, output);
    } finally {
      deadline.clear();
    }
  }

  return {
    plugin,
    tools,
    toolsFor: (mode) => tools.filter((tool) => tool.modes.includes(mode)),
    current: () => calls.getStore(),
    preload: async () => {
      for (const tool of tools) await handlerOf(tool);
    },
    call: async (name, input, options) => {
      const started = services.now();
      const log = options.log ?? services.log;
      try {
        const output = await run(name, input, options);
        log.info('tool call', { tool: name, mode: options.mode, ms: services.now() - started });
        return { ok: true, output };
      } catch (error) {
        const failure = toToolError(error);
        const fields = { tool: name, mode: options.mode, ms: services.now() - started, code: failure.code };
        if (failure.code === 'INTERNAL') {
          log.error('tool call failed', {
            ...fields,
            error: stackOf(error),
          });
        } else log.info('tool call refused', fields);
        return { ok: false, error: failure };
      }
    },
  };
}

/** How many bytes a value has as JSON; at least so many when that is longer than any text can be. */
function bytesOf(value: object): number {
  try {
    return Buffer.byteLength(JSON.stringify(value));
  } catch (error) {
    if (error instanceof RangeError) return constants.MAX_STRING_LENGTH;
    throw error;
  }
}

/** What the log gets of whatever was thrown; a plugin may throw things that cannot become text by themselves. */
function stackOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return typeof stack === 'string' ? stack : inspect(error);
}

/** Whoever answers, with the call held still while it waits: its time does not run, and it keeps nobody else out. */
function answererOf({ answerer }: CallOptions, held: Outside): Pick<ToolContext, 'answerer'> {
  if (answerer === undefined) return {};
  const { who } = answerer;
  return { answerer: { who, ask: (question, signal) => held(() => answerer.ask(question, signal)) } };
}

/** The end of a call's time: by the clock, or because the caller went away. */
function createDeadline(tool: Tool, caller: AbortSignal | undefined, now: () => number) {
  const controller = new AbortController();
  const expire = () =>
    controller.abort(
      new UserError('DEADLINE_EXCEEDED', `${tool.name} took longer than ${tool.timeoutMs} ms`, {
        hint: 'see "timeout" in the manifest',
      }),
    );
  let isOver = false;
  let waits = 0;
  let leftMs = tool.timeoutMs;
  let since = now();
  let timer = setTimeout(expire, leftMs);
  const leave = () => controller.abort(new UserError('CANCELLED', `the call of ${tool.name} was cancelled`));
  if (caller?.aborted) leave();
  else caller?.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    /** Unix time in milliseconds. */
    at: () => (waits > 0 ? now() : since) + leftMs,
    /** Stops the clock while something is waited for that does not count. */
    standStill: async <T>(wait: () => Promise<T>): Promise<T> => {
      if (waits === 0) {
        clearTimeout(timer);
        leftMs -= now() - since;
      }
      waits += 1;
      try {
        return await wait();
      } finally {
        waits -= 1;
        if (waits === 0 && !isOver) {
          since = now();
          timer = setTimeout(expire, Math.max(0, leftMs));
        }
      }
    },
    /** Ends with the task or with the signal, whichever is first: a handler that ignores its signal holds nobody up. */
    race: <T>(task: () => Promise<T>): Promise<T> => {
      const { promise, reject } = Promise.withResolvers<never>();
      const stop = () => reject(controller.signal.reason);
      controller.signal.addEventListener('abort', stop, { once: true });
      return Promise.race([task(), promise]).catch((error: unknown) => {
        // What a handler throws because it was stopped is only the echo of the reason.
        throw controller.signal.aborted ? controller.signal.reason : error;
      });
    },
    clear: () => {
      isOver = true;
      clearTimeout(timer);
      caller?.removeEventListener('abort', leave);
    },
  };
}
