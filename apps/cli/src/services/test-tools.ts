import { parse } from 'node:path';
import type { Plugin, Tool, ToolExample } from '@cozecut/manifest';
import { type CallResult, matchOutput, type OutputDifference, type ToolError } from '@cozecut/plugin-host';
import { createErrorLog } from '../log.ts';
import type { Environment } from '../settings.ts';
import { interruptible } from './interrupt.ts';
import { toolNamed } from './manifest.ts';
import { createRuntime } from './runtime.ts';
import { watchStrays } from './strays.ts';
import { unwrap } from './unwrap.ts';

/** What became of one example. */
export interface ExampleResult {
  tool: string;
  example: string;
  ok: boolean;
  /** Where the output is not the one that was expected; empty when the call itself failed. */
  differences: OutputDifference[];
  /** Why the call failed. */
  error?: ToolError;
}

/** What `tool test` was asked for. */
export interface TestToolsRequest {
  plugin: Plugin;
  /** Names of the tools; every enabled one when there is none. */
  tools: readonly string[];
  env: Environment;
  folder: string;
  /** Told as soon as it is known. */
  onResult(result: ExampleResult): void;
}

/**
 * Runs the examples of tools one after the other, in the order of the manifest, on a store that is thrown away: an
 * example may build on what the ones before it made.
 *
 * @throws UserError TOOL_UNKNOWN for a name that the manifest does not have.
 */
export async function testTools(request: TestToolsRequest): Promise<ExampleResult[]> {
  const { plugin, env, folder, onResult } = request;
  const tools = chooseTools(plugin, request.tools);
  const log = createErrorLog(import.meta.dirname, (text) => process.stderr.write(text));
  const runtime = await createRuntime({
    plugin,
    env,
    folder,
    log,
    localRoots: [folder, parse(folder).root],
    ephemeral: true,
  });
  const strays = watchStrays(log, runtime.host);
  try {
    return await interruptible(async (signal) => {
      const results: ExampleResult[] = [];
      for (const tool of tools) {
        for (const example of tool.examples) {
          const mode = tool.modes.includes('manual') ? 'manual' : tool.modes[0]!;
          const called = await runtime.host.call(tool.name, example.input, { mode, signal });
          if (signal.aborted) unwrap(called);
          const result = judge(tool.name, example, called);
          results.push(result);
          onResult(result);
        }
      }
      return results;
    });
  } finally {
    await runtime.close();
    strays.leave();
  }
}

function chooseTools(plugin: Plugin, names: readonly string[]): Tool[] {
  const chosen = names.map((name) => toolNamed(plugin, name));
  return plugin.tools.filter((tool) => tool.enabled && (chosen.length === 0 || chosen.includes(tool)));
}

function judge(tool: string, { name, output, match }: ToolExample, called: CallResult): ExampleResult {
  if (!called.ok) return { tool, example: name, ok: false, differences: [], error: called.error };
  const differences = output === undefined ? [] : matchOutput(output, called.output, match);
  return { tool, example: name, ok: differences.length === 0, differences };
}
