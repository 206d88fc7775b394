import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SCENARIO_SCHEMA } from '@cozecut/coze-emulator';
import { timelineJsonSchema } from '@cozecut/draft-core';
import {
  compareText,
  diskFiles,
  emitToolTypes,
  loadManifest,
  manifestJsonSchema,
  openapiToYaml,
  pluginFiles,
  toReadableJson,
} from '@cozecut/manifest';
import { serverDocument } from '@cozecut/server';
import { type CliTree, cliReference, cliTree } from './cli-reference.ts';
import { draftEditsReference } from './draft-edits-reference.ts';
import { draftRulesReference } from './draft-rules-reference.ts';
import { editToolFiles } from './edit-tools.ts';
import { formatsReference } from './formats-reference.ts';
import { manifestReference } from './manifest-reference.ts';
import { rulesReference } from './rules-reference.ts';
import { envExample, settingsReference } from './settings-reference.ts';
import { timelineReference } from './timeline-reference.ts';
import { toolsReference } from './tools-reference.ts';

/** A file that is made from something else in the repository. */
export interface GeneratedFile {
  /** Path below the root of the repository. */
  path: string;
  text: string;
}

/** A generated file that is not what it should be. */
export interface StaleFile {
  path: string;
  summary: string;
}

const EXAMPLE_SERVER = { url: 'http://127.0.0.1:7788', version: '0.1.0' };
const SCENARIO_SCHEMA_FILE = 'libs/coze-emulator/scenarios/scenario.schema.json';
/** The plugin whose tools edit drafts. */
const EDITING_PLUGIN = 'plugins/jianying';
const TOOLS_REFERENCE = 'docs/reference/jianying-tools.md';

/**
 * Everything that is generated: the references, and the documents and types of every plugin.
 *
 * @param tree - The commands, which take a process to find out.
 */
export function generatedFiles(root: string, tree: CliTree = cliTree()): GeneratedFile[] {
  const plugins = globSync('plugins/*/plugin.yaml', { cwd: root }).sort();
  const editTools = editToolFiles(EDITING_PLUGIN);
  return [
    { path: 'docs/reference/cli.json', text: toReadableJson(tree) },
    { path: 'docs/reference/cli.md', text: cliReference(tree) },
    { path: 'docs/reference/plugin.schema.json', text: toReadableJson(manifestJsonSchema('Plugin')) },
    { path: 'docs/reference/tool.schema.json', text: toReadableJson(manifestJsonSchema('Tool')) },
    { path: SCENARIO_SCHEMA_FILE, text: toReadableJson(SCENARIO_SCHEMA) },
    { path: 'docs/reference/manifest.md', text: manifestReference() },
    { path: 'docs/reference/settings.md', text: settingsReference() },
    { path: '.env.example', text: envExample() },
    { path: 'docs/reference/formats.md', text: formatsReference() },
    { path: 'docs/reference/rules.md', text: rulesReference() },
    { path: 'docs/reference/draft-rules.md', text: draftRulesReference() },
    { path: 'docs/reference/draft-edits.md', text: draftEditsReference() },
    { path: 'docs/reference/draft-timeline.schema.json', text: toReadableJson(timelineJsonSchema()) },
    { path: 'docs/reference/timeline.md', text: timelineReference() },
    // The client of the page is made from it: `npm run generate -w @cozecut/web`.
    { path: 'docs/reference/server.openapi.yaml', text: openapiToYaml(serverDocument(EXAMPLE_SERVER)) },
    ...editTools,
    ...plugins.flatMap((file) => filesOfPlugin(root, dirname(file), editTools)),
  ];
}

/** No environment is read, so that every machine makes the same bytes. */
function filesOfPlugin(root: string, folder: string, generated: readonly GeneratedFile[]): GeneratedFile[] {
  // Tools that are generated count as they will be, whatever is on the disk.
  const texts = new Map(generated.map(({ path, text }) => [join(root, path), text]));
  const files = {
    ...diskFiles,
    readFile: (path: string) => texts.get(path) ?? diskFiles.readFile(path),
    exists: (path: string) => texts.has(path) || diskFiles.exists(path),
  };
  const plugin = loadManifest(join(root, folder, 'plugin.yaml'), files);
  // Coze can only call what has tools for the cloud; what runs on the device alone is a local plugin to it.
  const isCloud = plugin.tools.some(({ modes }) => modes.includes('cloud'));
  const pair = pluginFiles(plugin, { profile: isCloud ? 'coze' : 'local' }, diskFiles).files;
  const types = existsSync(join(root, folder, 'src'))
    ? [{ path: `${folder}/src/tools.gen.ts`, text: emitToolTypes(plugin) }]
    : [];
  const reference =
    folder === EDITING_PLUGIN ? [{ path: TOOLS_REFERENCE, text: toolsReference(plugin) }] : [];
  return [
    ...reference,
    ...pair.map(({ name, text }) => ({ path: `${folder}/coze/${name}`, text })),
    ...types,
  ];
}

/** The files that differ from what is generated, with their first differing lines. */
export function staleFiles(root: string, files: readonly GeneratedFile[]): StaleFile[] {
  return files.flatMap(({ path, text }) => {
    const file = join(root, path);
    const { isSame, summary } = compareText(existsSync(file) ? readFileSync(file, 'utf8') : undefined, text);
    return isSame ? [] : [{ path, summary }];
  });
}
