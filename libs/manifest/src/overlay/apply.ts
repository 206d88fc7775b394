import { type PathSegment, type Problem, showValue } from '@cozecut/problems';
import { Reader } from '../compose/reader.ts';
import { validateTree } from '../compose/schema-problems.ts';
import type { ManifestFiles } from '../files.ts';
import { JsonPathError } from '../json-path/ast.ts';
import { type Match, selectNodes } from '../json-path/evaluate.ts';
import { type Node, problemAt, toValue } from '../source/node.ts';
import type { OverlayFile } from '../types.ts';
import { changeAt, kindOf, mergeValues, misfit, removeAt } from './merge.ts';
import { type OverlayAction, OverlaySchema } from './schema.ts';

/** A document after its overlays, and what was found on the way. */
export interface Overlaid {
  document: unknown;
  problems: Problem[];
}

/** Applies overlays one after the other. What is wrong with one is a problem with its place, and changes nothing. */
export function applyOverlays(
  document: unknown,
  overlays: readonly OverlayFile[],
  files: ManifestFiles,
): Overlaid {
  const reader = new Reader(files);
  const problems: Problem[] = [];
  let current = document;
  for (const { file, location } of overlays) {
    const { root, unreadable } = reader.open(file);
    if (unreadable !== undefined) {
      const reason = unreadable instanceof Error ? unreadable.message : String(unreadable);
      problems.push({
        code: 'OVERLAY_UNREADABLE',
        severity: 'error',
        message: `the overlay cannot be read: ${reason}`,
        location,
      });
    }
    if (root === undefined) continue;
    const { root: tree, problems: found } = validateTree(root, OverlaySchema, 'the overlay');
    problems.push(...found);
    if (found.length > 0) continue;
    const { actions, extends: extended } = toValue(tree) as { actions: OverlayAction[]; extends?: string };
    if (extended !== undefined) {
      const message = `an overlay of a manifest cannot name its document (got ${showValue(extended)})`;
      const hint =
        'Leave extends out: the overlays of openapi.overlays change every document that is exported';
      problems.push(
        problemAt(tree, ['extends'], 'value', { code: 'OVERLAY_EXTENDS', severity: 'error', message, hint }),
      );
      continue;
    }
    for (const [index, action] of actions.entries()) {
      current = applyAction(current, action, { tree, path: ['actions', index], problems });
    }
  }
  return { document: current, problems: [...reader.problems, ...problems] };
}

/** Where an action is written. */
interface Site {
  tree: Node;
  path: PathSegment[];
  problems: Problem[];
}

function applyAction(document: unknown, action: OverlayAction, site: Site): unknown {
  const { remove = false } = action;
  const hasUpdate = Object.hasOwn(action, 'update');
  if (!remove && !hasUpdate && action.copy === undefined) {
    report(site, [], 'OVERLAY_ACTION_EMPTY', 'an action needs one of update, remove or copy');
    return document;
  }
  if (!remove && hasUpdate && action.copy !== undefined) {
    report(site, ['copy'], 'OVERLAY_ACTION_AMBIGUOUS', 'an action has update or copy, not both');
    return document;
  }
  const targets = select(document, action.target, [...site.path, 'target'], site);
  if (targets === undefined) return document;
  if (targets.length === 0) {
    report(site, ['target'], 'OVERLAY_TARGET_NOTHING', 'the target selects nothing in this document', 'info');
    return document;
  }
  if (remove) return removeAll(document, targets, site);
  if (action.copy === undefined) return merge(document, targets, action.update, 'update', site);
  const sources = select(document, action.copy, [...site.path, 'copy'], site);
  if (sources === undefined) return document;
  if (sources.length !== 1) {
    const message = `copy must select exactly one node (it selects ${sources.length})`;
    report(site, ['copy'], 'OVERLAY_COPY_NOT_ONE', message);
    return document;
  }
  return merge(document, targets, sources[0]!.value, 'copy', site);
}

/** The last ones first: an index is then still the one that was selected. */
function removeAll(document: unknown, targets: readonly Match[], site: Site): unknown {
  if (targets.some(({ path }) => path.length === 0)) {
    report(site, ['target'], 'OVERLAY_ROOT_REMOVED', 'the whole document cannot be removed');
    return document;
  }
  const paths = new Map(targets.map(({ path }) => [JSON.stringify(path), path]));
  return [...paths.values()].sort(laterFirst).reduce(removeAt, document);
}

/** What lies deeper comes first, then what stands later in its list. */
function laterFirst(a: readonly PathSegment[], b: readonly PathSegment[]): number {
  return b.length - a.length || indexOf(b) - indexOf(a);
}

function indexOf(path: readonly PathSegment[]): number {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
}

function merge(
  document: unknown,
  targets: readonly Match[],
  patch: unknown,
  key: 'update' | 'copy',
  site: Site,
): unknown {
  const given = kindOf(patch);
  const [first, ...others] = targets.map(({ path, value }) => ({ path, kind: kindOf(value) }));
  const other = others.find(({ kind }) => kind !== first!.kind);
  if (other !== undefined) {
    const message = `the target must select nodes of one kind (${showPath(first!.path)} is ${KINDS[first!.kind]}, ${showPath(other.path)} is ${KINDS[other.kind]})`;
    report(site, ['target'], 'OVERLAY_KIND', message);
    return document;
  }
  for (const { path, value } of targets) {
    // A list takes anything: another list is put behind it, one value becomes its last item.
    const wrong = Array.isArray(value) ? undefined : misfit(value, patch);
    if (wrong === undefined) continue;
    const [wanted, got] = [valueAt(value, wrong), valueAt(patch, wrong)];
    const at = showPath([...path, ...wrong]);
    const message = `${key} must be ${KINDS[kindOf(wanted)]}, as ${at} is one (got ${showValue(got)})`;
    report(site, key === 'update' ? [key, ...wrong] : [key], 'OVERLAY_KIND', message);
    return document;
  }
  return targets.reduce<unknown>(
    (current, { path }) =>
      changeAt(current, path, (value) =>
        Array.isArray(value) && given !== 'array' ? [...value, patch] : mergeValues(value, patch),
      ),
    document,
  );
}

const KINDS = { object: 'an object', array: 'a list', value: 'a plain value' } as const;

function valueAt(value: unknown, path: readonly PathSegment[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], value);
}

function select(
  document: unknown,
  query: string,
  path: readonly PathSegment[],
  { tree, problems }: Site,
): Match[] | undefined {
  try {
    return selectNodes(document, query);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    const { message } = error;
    problems.push(problemAt(tree, path, 'value', { code: 'OVERLAY_QUERY', severity: 'error', message }));
    return undefined;
  }
}

function report(
  { tree, path, problems }: Site,
  below: readonly PathSegment[],
  code: string,
  message: string,
  severity: Problem['severity'] = 'error',
): void {
  problems.push(problemAt(tree, [...path, ...below], 'value', { code, severity, message }));
}

function showPath(path: readonly PathSegment[]): string {
  return `$${path.map((segment) => `[${typeof segment === 'number' ? segment : `'${segment}'`}]`).join('')}`;
}
