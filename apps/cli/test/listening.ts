import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, type EmulatorOptions, startEmulator } from '@cozecut/coze-emulator';
import { temporaryFolder } from './support.ts';

/** The program. */
export const CLI = join(import.meta.dirname, '../bin/run.js');
/** Id of the workflow of {@link folderOfPlugins}. */
export const WORKFLOW = '7400000000000000042';
/** A tool that never ends. */
export const DEAF = 'export const read = () => new Promise(() => setInterval(() => {}, 1_000));\n';

/** A folder for the tests of a file, and how a plugin is made in it. */
export function folderOfPlugins() {
  const folder = temporaryFolder();
  let count = 0;
  return { folder, plugin };

  /** An empty folder with a plugin whose tools are those of `tools`. */
  function plugin(bots: readonly string[], tools = ''): string {
    const work = join(folder, String(++count));
    mkdirSync(work);
    writeFileSync(
      join(work, 'plugin.yaml'),
      `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: tester, version: 1.0.0 }
tools:
  - name: read_file
    summary: Read
    handler: ./read.mjs#read
    modes: [local]
    input: { type: object, properties: { path: { type: string } } }
    output: { type: object, properties: { content: { type: string } } }
${tools}bindings:
  bots:
${bots.map((name, index) => `    - { name: ${name}, region: cn, botId: "${index + 1}", tools: [read_file] }`).join('\n')}
  workflows:
    - { name: report, region: cn, workflowId: "${WORKFLOW}" }
auth:
  coze: { type: pat, secret: "secret:COZE_API_TOKEN" }
deployments:
  local: { mode: local, store: ./store }
`,
    );
    writeFileSync(join(work, 'read.mjs'), 'export const read = ({ path }) => ({ content: `of ${path}` });\n');
    return work;
  }
}

/** Runs `use` with an emulator and the settings that lead to it. */
export async function withCoze<T>(
  options: EmulatorOptions,
  use: (coze: Emulator, env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const coze = await startEmulator(options);
  try {
    return await use(coze, { COZE_BASE_URL: coze.url, COZE_API_TOKEN: coze.token });
  } finally {
    await coze.close();
  }
}

/** The events that `--jsonl` wrote. */
export const events = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; bot?: string; text?: string; folder?: string });

/** What a process has written so far. */
export function collect(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

/** Waits for something. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
