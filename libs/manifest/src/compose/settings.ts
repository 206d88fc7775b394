import { BUILT_IN_RAW } from '../build/deployment.ts';
import type { Settings } from '../settings/read-settings.ts';
import { child, fromValue, type MapNode, mapOf, type Node } from '../source/node.ts';
import { mergeNodes } from './merge.ts';

/**
 * A manifest whose selected deployment has the settings that stand above it, before anything else is done with it: what
 * a setting replaces need not be known, and a variable that it would be read from need not be set.
 */
export function withSettings(root: Node, deployment: string | undefined, settings: Settings): Node {
  const layer = deploymentLayer(settings);
  if (root.kind !== 'map' || deployment === undefined || layer.entries.size === 0) return root;
  const deployments = root.entries.get('deployments');
  const written = child(deployments?.value, deployment) ?? fromValue(BUILT_IN_RAW);
  const isMap = deployments === undefined || deployments.value.kind === 'map';
  if (!isMap || written.kind !== 'map') return root;
  const merged = mergeNodes(written, layer) ?? layer;
  const entries = new Map(deployments?.value.kind === 'map' ? deployments.value.entries : []);
  entries.set(deployment, { ...entries.get(deployment), value: merged });
  const place = deployments?.value.place;
  return mapOf(
    [...root.entries, ['deployments', { ...deployments, value: mapOf(entries, place) }]],
    root.place,
  );
}

function deploymentLayer(settings: Settings): MapNode {
  let layer: Node = mapOf([]);
  for (const { key, of, value, origin } of settings) {
    if (of !== 'deployment') continue;
    const nested = key
      .split('.')
      .reduceRight<Node>((inner, name) => mapOf([[name, { value: inner }]]), fromValue(value, origin));
    layer = mergeNodes(layer, nested) ?? layer;
  }
  const { entries } = layer as MapNode;
  // A deployment has one of the two; the merge removes the other.
  return entries.has('modes') ? mapOf([...entries, ['mode', { value: fromValue(null) }]]) : mapOf(entries);
}
