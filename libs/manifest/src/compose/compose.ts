import { closest, type PathSegment, type Problem } from '@cozecut/problems';
import { checkModes } from '../check/deployment.ts';
import type { ToolSource } from '../check/tool-source.ts';
import { ManifestSchema, ToolFileSchema } from '../schema/manifest.ts';
import type { Settings } from '../settings/read-settings.ts';
import {
  child,
  entriesOf,
  itemsOf,
  type MapNode,
  mapOf,
  type Node,
  problemAt,
  textOf,
} from '../source/node.ts';
import { readIncludes } from './include.ts';
import { type Environment, interpolate } from './interpolate.ts';
import type { Reader } from './reader.ts';
import { type Validated, validateTree } from './schema-problems.ts';
import { selectDeployment } from './select.ts';
import { withSettings } from './settings.ts';

/** Keys of a tool file that are not keys of the tool. */
const FILE_KEYS = new Set(['apiVersion', 'kind']);

/** A manifest whose files are read, interpolated and valid by the schema as far as the problems do not say otherwise. */
export interface Composed {
  root: MapNode;
  /** The tools whose own keys are valid, of the manifest and then of the included files. */
  tools: ToolSource[];
  /** Name of the selected deployment. */
  deployment: string | undefined;
  /** Names of all deployments. */
  deployments: string[];
  /** Whether all but the included tools was checked before. */
  isChecked: boolean;
  /** Whether nothing stands above the keys of the manifest. */
  isAsWritten: boolean;
}

/** How a parsed manifest is read. */
export interface ComposeOptions {
  /** Name of the deployment that was asked for. */
  deployment: string | undefined;
  environment: Environment;
  /** What stands above the manifest. */
  settings: Settings;
  /** Names of the tools that are read; all when left out. */
  tools?: readonly string[] | undefined;
}

/** Reads a parsed manifest and everything it includes. */
export function composeManifest(
  parsed: Node,
  file: string,
  { deployment: asked, environment, settings, tools: wanted }: ComposeOptions,
  reader: Reader,
  problems: Problem[],
): Composed | undefined {
  if (textOf(child(parsed, 'kind')) === 'Tool') {
    // As a manifest, every key of it would be wrong.
    problems.push(
      problemAt(parsed, ['kind'], 'value', {
        code: 'WRONG_VALUE',
        severity: 'error',
        message: 'kind must be Plugin (got "Tool")',
        hint: 'A file of kind: Tool is checked with the plugin.yaml that includes it',
      }),
    );
    return undefined;
  }
  const { name, names } = selectDeployment(parsed, asked, problems);
  const complete = withSettings(parsed, name, settings);
  checkModes(complete, problems);
  const interpolated = interpolate(complete, environment, problems, unused(complete, name));
  // Where a variable was replaced, or something stands above, a part is another one than was checked.
  const isChecked = reader.checked === 'everything' && interpolated === parsed;
  const written = child(parsed, 'tools');
  const isSame = written !== undefined && child(interpolated, 'tools') === written;
  const areChecked = reader.checked !== 'nothing' && isSame;
  const { root, problems: found } = isChecked
    ? { root: parsed, problems: [] }
    : areChecked
      ? validateWithout('tools', interpolated)
      : validateTree(interpolated, ManifestSchema, 'the manifest');
  problems.push(...found);
  if (root.kind !== 'map') return undefined;
  const isWanted = (name: string) => wanted?.includes(name) ?? true;
  const tools = ownTools(root, found, areChecked).filter(({ name }) => isWanted(name));
  // For a program that needs no tool no file has to be looked into.
  const files = wanted?.length === 0 ? [] : readIncludes(root, file, reader, problems);
  for (const included of files) {
    if (!isWanted(nameOf(included.root))) continue;
    const tool = includedTool(included.root, environment, reader, problems);
    if (tool !== undefined) tools.push(tool);
  }
  return { root, tools, deployment: name, deployments: names, isChecked, isAsWritten: complete === parsed };
}

/** Validates all of a manifest but one of its keys. */
function validateWithout(key: string, manifest: Node): Validated {
  const own = entriesOf(manifest).filter(([name]) => name === key);
  const others = entriesOf(manifest).filter(([name]) => name !== key);
  const { root, problems } = validateTree(mapOf(others, manifest.place), ManifestSchema, 'the manifest');
  return { root: root.kind === 'map' ? mapOf([...root.entries, ...own], root.place) : root, problems };
}

/** Values that the selected deployment does not need: those of other deployments, and bots where none is answered. */
function unused(root: Node, selected: string | undefined): (path: readonly PathSegment[]) => boolean {
  const deployment = selected === undefined ? undefined : child(child(root, 'deployments'), selected);
  const modes = [child(deployment, 'mode'), ...itemsOf(child(deployment, 'modes'))].map(textOf);
  const answersBots =
    deployment === undefined || modes.some((mode) => mode === 'local' || mode?.includes('${'));
  return (path) =>
    (path.length === 2 && path[0] === 'deployments' && path[1] !== selected) ||
    (path.length === 2 && path[0] === 'bindings' && path[1] === 'bots' && !answersBots);
}

function ownTools(root: MapNode, problems: readonly Problem[], isChecked: boolean): ToolSource[] {
  const broken = new Set(problems.map(({ pointer = '' }) => /^\/tools\/(\d+)(?:\/|$)/.exec(pointer)?.[1]));
  return itemsOf(child(root, 'tools')).flatMap((node, index) => {
    return node.kind !== 'map' || broken.has(String(index))
      ? []
      : [{ name: nameOf(node), node, base: ['tools', index], isChecked }];
  });
}

function includedTool(
  parsed: Node,
  environment: Environment,
  reader: Reader,
  problems: Problem[],
): ToolSource | undefined {
  const kind = textOf(child(parsed, 'kind'));
  if (kind !== undefined && kind !== 'Tool') {
    problems.push(
      problemAt(parsed, ['kind'], 'value', {
        code: 'INCLUDE_KIND',
        severity: 'error',
        message: `an included file must be of kind Tool (got "${kind}")`,
        suggestions: closest(kind, ['Tool']),
      }),
    );
    return undefined;
  }
  const interpolated = interpolate(parsed, environment, problems, () => false);
  // The value of a variable may be another one than it was.
  const isChecked = reader.checked !== 'nothing' && interpolated === parsed;
  const { root, problems: found } = isChecked
    ? { root: parsed, problems: [] }
    : validateTree(interpolated, ToolFileSchema, 'the tool');
  problems.push(...found);
  if (root.kind !== 'map' || found.length > 0) return undefined;
  const node = mapOf(
    [...root.entries].filter(([key]) => !FILE_KEYS.has(key)),
    root.place,
  );
  return { name: nameOf(node), node, base: [], isChecked };
}

function nameOf(tool: Node): string {
  return textOf(child(tool, 'name')) ?? '';
}
