import { join } from 'node:path';
import { baseFolder } from '../check/handler.ts';
import { parseHandlerText } from '../check/handler-text.ts';
import type { InheritableKey } from '../schema/key-classes.ts';
import type { RawTool } from '../schema/manifest.ts';
import { child, type MapNode, placeOf, toValue } from '../source/node.ts';
import { toLocation } from '../source/source-file.ts';
import type { HandlerRef, JsonSchema, Tool } from '../types.ts';
import { durationMs } from './duration.ts';

/** A tool as it is written, with every inheritable key. */
type ResolvedTool = RawTool & { [K in InheritableKey]-?: NonNullable<RawTool[K]> };

/** What a tool is built with besides its tree. */
export interface ToolSurroundings {
  /** Absolute path of the manifest. */
  file: string;
  folder: string;
  /** Workflow bindings whose questions are answered by the caller of a job. */
  jobWorkflows: ReadonlySet<string>;
}

/** Builds a tool from its resolved tree. The tree must be valid by the schema. */
export function buildTool(node: MapNode, { file, folder, jobWorkflows }: ToolSurroundings): Tool {
  const raw = toValue(node) as ResolvedTool;
  const handler = buildHandler(raw.handler, baseFolder(child(node, 'handler') ?? node, folder));
  // Its call has to be a job for that.
  const waits = handler.kind === 'workflow' && jobWorkflows.has(handler.binding);
  const place = placeOf(node, [], 'key');
  const { deprecated } = raw;
  return {
    name: raw.name,
    summary: raw.summary,
    description: describe(raw.description, raw.summary),
    handler,
    http: { method: raw.http?.method ?? 'POST', path: raw.http?.path ?? `/v1/tools/${raw.name}` },
    input: raw.input as JsonSchema,
    output: raw.output as JsonSchema,
    examples: (raw.examples ?? []).map(({ name, input, output, match }) => ({
      name,
      input,
      ...(output === undefined ? {} : { output }),
      match: match ?? 'shape',
    })),
    errors: raw.errors ?? [],
    effects: { idempotent: raw.effects?.idempotent ?? false, writes: raw.effects?.writes ?? [] },
    timeoutMs: durationMs(raw.timeout),
    concurrency: raw.concurrency,
    maxInputBytes: raw.maxInputBytes,
    modes: raw.modes,
    runsOn: raw.runsOn,
    enabled: raw.enabled,
    retries: raw.retries,
    progress: raw.progress ?? waits,
    ...(deprecated === undefined ? {} : { deprecated }),
    location: place === undefined ? { file, start: { line: 1, column: 1 } } : toLocation(place),
  };
}

/** One text serves people and the model; what is missing is taken from the other, then from the summary. */
export function describe(
  written: string | { human?: string; model?: string } | undefined,
  fallback: string,
): { human: string; model: string } {
  if (typeof written === 'string') return { human: written, model: written };
  const human = written?.human ?? fallback;
  return { human, model: written?.model ?? human };
}

function buildHandler(handler: RawTool['handler'], folder: string): HandlerRef {
  if (typeof handler === 'string') {
    const parsed = parseHandlerText(handler);
    return parsed.kind === 'file' ? { ...parsed, file: join(folder, parsed.file) } : parsed;
  }
  if ('exec' in handler) return { kind: 'exec', argv: handler.exec.argv };
  const { method, url, headers, query, body, response } = handler.http;
  return {
    kind: 'http',
    method: method ?? 'POST',
    url,
    headers: headers ?? {},
    query: query ?? {},
    ...(body === undefined ? {} : { body }),
    ...(response === undefined ? {} : { response }),
  };
}
