import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callTool, type PluginServices, registerPlugin } from '@cozecut/coze-emulator';
import { lintAiPlugin, lintOpenapi } from '@cozecut/manifest/lint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { cozecut, temporaryFolder, withServer } from '../support.ts';

interface Workflow {
  start: Record<string, unknown>;
  nodes: { id: string; tool: string; input: Record<string, unknown> }[];
  end: Record<string, unknown>;
}

const example = join(import.meta.dirname, '../../../../docs/examples/news-workflow.json');
const services: PluginServices = {
  lint: (text, file) => (file === 'openapi' ? lintOpenapi : lintAiPlugin)(text, { file, profile: 'cloud' }),
  parse: (text) => parse(text),
};

/** Fills the references of an input, as the editor of Coze means them. */
function filled(value: unknown, outputs: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, outputs));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, outputs)]));
  }
  const [, node, field] = /^\{\{(\w+)\.(\w+)\}\}$/.exec(String(value)) ?? [];
  if (node === undefined) return value;
  const found = (outputs[node] as Record<string, unknown>)[field!];
  if (found === undefined) throw new Error(`${String(value)} refers to nothing`);
  return found;
}

test('the example of a workflow makes a draft when Coze plays it', async () => {
  const cwd = temporaryFolder();
  const exported = await cozecut(
    ['plugin', 'export', '--profile', 'coze', '--out', 'coze', '--server-url', 'https://plugin.example.com'],
    { cwd },
  );
  expect(exported).toMatchObject({ code: 0 });
  const read = (name: string) => readFileSync(join(cwd, 'coze', name), 'utf8');
  const plugin = registerPlugin(
    { openapi: read('openapi.yaml'), aiPlugin: read('ai_plugin.json') },
    services,
  );
  const { start, nodes, end } = JSON.parse(readFileSync(example, 'utf8')) as Workflow;
  const outputs: Record<string, unknown> = { start };
  const root = join(cwd, 'drafts');
  await withServer([], { cwd, env: { DRAFT_ROOT: root } }, async (serverUrl) => {
    for (const { id, tool, input } of nodes) {
      const args = filled(input, outputs) as Record<string, unknown>;
      const { output } = await callTool(plugin, tool, args, { serverUrl });
      expect({ id, output }).toMatchObject({ id, output: { success: true } });
      outputs[id] = output;
    }
    const result = filled(end, outputs) as { name: string; archive_url: string };
    expect(result.name).toBe('早间新闻');
    expect((await fetch(new URL(result.archive_url, serverUrl))).status).toBe(200);
  });
  const draft = join(root, '早间新闻');
  expect(existsSync(join(draft, 'draft_content.json'))).toBe(true);
  const shown = await cozecut(['draft', 'show', draft], { cwd });
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('早上好') });
});
