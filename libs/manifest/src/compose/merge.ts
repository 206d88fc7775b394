import { INHERITABLE, INHERITABLE_KEYS } from '../schema/key-classes.ts';
import type { Settings } from '../settings/read-settings.ts';
import { child, fromValue, type MapNode, mapOf, type Node } from '../source/node.ts';

/** Merges `patch` over `base`: maps by key, scalars and lists replace, `null` removes. */
export function mergeNodes(base: Node | undefined, patch: Node): Node | undefined {
  if (patch.kind === 'scalar' && patch.value === null) return undefined;
  if (patch.kind !== 'map') return patch;
  const entries = new Map(base?.kind === 'map' ? base.entries : []);
  for (const [key, entry] of patch.entries) {
    const value = mergeNodes(entries.get(key)?.value, entry.value);
    if (value === undefined) entries.delete(key);
    else entries.set(key, { ...entry, value });
  }
  return mapOf(entries, patch.place ?? base?.place);
}

/** The inheritable keys of a map. */
function inheritable(node: Node | undefined): MapNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return mapOf(
    [...node.entries].filter(([key]) => Object.hasOwn(INHERITABLE, key)),
    node.place,
  );
}

/** Where a tool takes values from. */
export interface ToolLayers {
  /** The manifest. */
  root: Node;
  /** The selected deployment as it is written. */
  deployment: Node | undefined;
  /** What stands above the manifest. */
  settings: Settings;
}

/**
 * A tool with its inherited values: built-in, then `defaults`, then the tool, then `overrides.defaults` and
 * `overrides.tools` of the deployment, then the settings.
 */
export function resolveTool(tool: MapNode, name: string, layersOf: ToolLayers): MapNode {
  const { root, deployment, settings } = layersOf;
  const builtIn = mapOf(INHERITABLE_KEYS.map((key) => [key, { value: fromValue(INHERITABLE[key].builtIn) }]));
  const overrides = child(deployment, 'overrides');
  const layers = [
    inheritable(child(root, 'defaults')),
    inheritable(tool),
    inheritable(child(overrides, 'defaults')),
    inheritable(child(child(overrides, 'tools'), name)),
    toolLayer(settings),
  ].filter((layer) => layer !== undefined);
  const merged = layers.reduce<Node>((base, layer) => mergeNodes(base, layer) ?? base, builtIn) as MapNode;
  const own = [...tool.entries].filter(([key]) => !Object.hasOwn(INHERITABLE, key));
  return mapOf([...own, ...builtIn.entries, ...merged.entries], tool.place);
}

/** The settings of tools, as the keys that a tool has. */
function toolLayer(settings: Settings): MapNode {
  const own = settings.filter(({ of }) => of === 'tools');
  return mapOf(own.map(({ key, value, origin }) => [key, { value: fromValue(value, origin) }]));
}
