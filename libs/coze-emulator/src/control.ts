import type { IncomingMessage, ServerResponse } from 'node:http';
import { isUserError, showValue } from '@cozecut/problems';
import type { Emulation } from './emulation.ts';
import { parseLiteral } from './exact-json.ts';
import { parseFaults } from './faults/parse.ts';
import { type CallToolOptions, callTool } from './plugin/call-tool.ts';
import { PluginRefusal } from './plugin/plugin-refusal.ts';
import { Refusal } from './refusal.ts';
import { parseJson } from './request-body.ts';
import { parseScenario } from './scenario/parse.ts';
import { textOf } from './text-of.ts';
import { formatTranscript } from './transcript/text.ts';

/** Answers the `/__emu/…` routes, which steer the emulator and stay out of the transcript. */
export async function control(
  emulation: Emulation,
  req: IncomingMessage,
  res: ServerResponse,
  text: string,
): Promise<void> {
  const body = parseJson(text);
  switch (`${req.method} ${req.url}`) {
    case 'GET /__emu/transcript':
      res.writeHead(200, { 'Content-Type': 'application/jsonl; charset=utf-8' });
      res.end(formatTranscript(emulation.transcript()));
      return;
    case 'POST /__emu/scenario':
      emulation.setScenario(orRefuse(() => parseScenario(body)));
      break;
    case 'POST /__emu/fault':
      emulation.setFaults(orRefuse(() => parseFaults(Array.isArray(body) ? body : [body])));
      break;
    case 'POST /__emu/clock':
      await emulation.advance(advanceMs(body));
      break;
    case 'POST /__emu/device':
      decide(emulation, body);
      break;
    case 'POST /__emu/call': {
      const called = await callPlugin(emulation, parseJson(text, parseLiteral));
      res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(called));
      return;
    }
    case 'POST /__emu/reset':
      emulation.reset();
      break;
    default:
      throw new Refusal(404, `${req.method} ${req.url} does not exist`, 404);
  }
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify({ nowMs: emulation.nowMs() }));
}

/** Calls a tool of a registered plugin. @throws Refusal with the number that Coze gives. */
async function callPlugin(emulation: Emulation, body: unknown): Promise<object> {
  const { pluginId, operation, args, ...options } = (body ?? {}) as CallToolOptions & Record<string, unknown>;
  const plugin = emulation.plugin(textOf(pluginId));
  if (!plugin) throw new Refusal(4000, `there is no plugin ${showValue(pluginId)}`);
  try {
    return await callTool(plugin, textOf(operation), args as string | Record<string, unknown>, options);
  } catch (error) {
    if (error instanceof PluginRefusal) throw new Refusal(error.code, error.message, 200);
    throw error;
  }
}

/** @throws Refusal 4000 with every mistake. */
function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isUserError(error)) throw error;
    throw new Refusal(4000, error.problems.map(({ message }) => message).join('; ') || error.message);
  }
}

/** @throws Refusal 4000 */
function advanceMs(body: unknown): number {
  const { advanceMs: ms } = (body ?? {}) as { advanceMs?: unknown };
  if (typeof ms === 'number' && ms >= 0) return ms;
  throw new Refusal(4000, `advanceMs must be a number >= 0, got ${JSON.stringify(ms)}`);
}

/** @throws Refusal 4000 */
function decide(emulation: Emulation, body: unknown): void {
  const { userCode, allow = true } = (body ?? {}) as { userCode?: unknown; allow?: unknown };
  if (!emulation.decideDevice(textOf(userCode), allow === true)) {
    throw new Refusal(4000, `there is no device with the code ${showValue(userCode)}`);
  }
}
