import { UserError } from '@cozecut/problems';
import { BUILT_IN } from './build/deployment.ts';
import { mergeNodes } from './compose/merge.ts';
import { environmentValues, type Origins, originsAbove, originsOf } from './compose/origins.ts';
import { type LoadOptions, type Parts, readManifest } from './read.ts';
import { KEPT } from './schema/keeping.ts';
import {
  child,
  entriesOf,
  fromValue,
  mapOf,
  type Node,
  type ScalarNode,
  toValue,
  type ValueOrigin,
} from './source/node.ts';
import type { Deployment } from './types.ts';

/** Keys of a manifest that stand for something else once it is resolved. */
const REPLACED_KEYS = new Set(['include', 'tools', 'defaults', 'deployments']);

/** A manifest after everything was applied, to be shown to a person. */
export interface Resolved {
  /** The manifest with inherited values and the selected deployment, as plain data. */
  document: unknown;
  /** Where the values of `document` were written. */
  origins: Origins;
  /** Pointers of the values that stand above the manifest, and what they came from. */
  above: ReadonlyMap<string, ValueOrigin>;
  /** Pointers of the values that came from the environment: they may be secret. */
  fromEnvironment: ReadonlySet<string>;
}

/**
 * Reads a manifest for one deployment as a document with the origin of each value.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @throws UserError MANIFEST_NOT_FOUND, MANIFEST_UNREADABLE, MANIFEST_INVALID as {@link loadManifest}.
 */
export function resolveManifest(file: string, options: LoadOptions): Resolved {
  const { problems, parts } = readManifest(file, options);
  if (parts === undefined) throw UserError.fromProblems('MANIFEST_INVALID', problems);
  const { composed, tools } = parts;
  const items = tools.map(({ node }) => node);
  const top = [...composed.root.entries].filter(([key]) => !REPLACED_KEYS.has(key));
  const document = mapOf(
    [...top, ['tools', { value: { kind: 'list', items } }], ['deployment', { value: showDeployment(parts) }]],
    composed.root.place,
  );
  return {
    document: toValue(document),
    origins: originsOf(document),
    above: originsAbove(document),
    fromEnvironment: environmentValues(document),
  };
}

/** The selected deployment as it is written, completed by what it leaves out. */
function showDeployment({ composed, deployment, written }: Parts): Node {
  const { name } = deployment;
  const key = entriesOf(child(composed.root, 'deployments')).find(([written]) => written === name)?.[1].key;
  const named: ScalarNode = { kind: 'scalar', value: name, place: key };
  const own = entriesOf(written).filter(([key]) => key !== 'overrides');
  const hasMode = own.some(([key]) => key === 'mode');
  const complete = fromValue(builtIn(deployment));
  // `mode` says what `modes` would say again.
  const removed = hasMode ? [['modes', { value: fromValue(null) }] as const] : [];
  return mergeNodes(complete, mapOf([['name', { value: named }], ...own, ...removed])) ?? complete;
}

/** A deployment in the words of a manifest; times that are written stand above those that are built in. */
function builtIn(deployment: Deployment): object {
  const { callBudgetMs: _, ...server } = deployment.server;
  return {
    ...deployment,
    server: { ...server, callBudget: BUILT_IN.callBudget },
    retention: KEPT,
  };
}
