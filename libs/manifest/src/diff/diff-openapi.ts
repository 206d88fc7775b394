import type { Change, ChangeKind } from './change.ts';
import { asMap, type Data, type Operation, operationsOf } from './operations.ts';
import { compareSchemas } from './schemas.ts';
import { type Bump, bumpOf, nextVersion } from './versions.ts';

/** What changed between two documents, and whether the new version may say so. */
export interface OpenapiDiff {
  /** In the order of the documents, what breaks callers first. */
  changes: Change[];
  /** How many changes there are of each kind. */
  counts: Record<ChangeKind, number>;
  versions: { from?: string; to?: string; bump: Bump };
  /** False when something was removed or narrowed without a new major version. */
  isAllowed: boolean;
  /** The lowest version that the changes need; none when nothing changed or the old version is not known. */
  needed?: string;
}

const ORDER: readonly ChangeKind[] = ['breaking', 'additive', 'documentation'];

/** Compares two OpenAPI documents (3.0 or 3.1). */
export function diffOpenapi(oldDocument: Data, newDocument: Data): OpenapiDiff {
  const changes = [
    ...compareOperations(oldDocument, newDocument),
    ...compareInfo(oldDocument, newDocument),
  ].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const count = (kind: ChangeKind) => changes.filter((change) => change.kind === kind).length;
  const counts = {
    breaking: count('breaking'),
    additive: count('additive'),
    documentation: count('documentation'),
  };
  const from = versionOf(oldDocument);
  const to = versionOf(newDocument);
  const bump = bumpOf(from, to);
  const level = counts.breaking > 0 ? 'major' : counts.additive > 0 ? 'minor' : 'patch';
  const needed = changes.length === 0 ? undefined : nextVersion(from, level);
  return {
    changes,
    counts,
    versions: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), bump },
    isAllowed: counts.breaking === 0 || bump === 'major',
    ...(needed === undefined ? {} : { needed }),
  };
}

function compareOperations(oldDocument: Data, newDocument: Data): Change[] {
  const before = operationsOf(oldDocument);
  const after = operationsOf(newDocument);
  const changes: Change[] = [];
  const matched = new Set<Operation>();
  for (const old of before) {
    const now =
      after.find(({ id }) => id === old.id) ??
      after.find(
        (other) =>
          other.path === old.path && other.method === old.method && !before.some(({ id }) => id === other.id),
      );
    const own: Change[] = [];
    if (now === undefined) own.push(change('breaking', 'OPERATION_REMOVED', 'was removed'));
    else {
      matched.add(now);
      compareOperation(old, now, { oldDocument, newDocument, changes: own });
    }
    changes.push(...own.map((one) => ({ ...one, operation: old.id })));
  }
  const added = after.filter((one) => !matched.has(one));
  return [
    ...changes,
    ...added.map(({ id }) => ({ ...change('additive', 'OPERATION_ADDED', 'is new'), operation: id })),
  ];
}

function compareOperation(
  old: Operation,
  now: Operation,
  context: { oldDocument: Data; newDocument: Data; changes: Change[] },
): void {
  const { changes } = context;
  if (old.id !== now.id) changes.push(change('breaking', 'OPERATION_RENAMED', `is called ${now.id} now`));
  if (old.path !== now.path || old.method !== now.method) {
    changes.push(change('breaking', 'ADDRESS_CHANGED', `is at ${now.method} ${now.path} now`));
  }
  for (const [name, place] of old.places) {
    const target = now.places.get(name);
    if (target === undefined || target === place) continue;
    const message = `travels in ${target} now, not in ${place}`;
    changes.push({ ...change('breaking', 'FIELD_MOVED', message), place: `input.${name}` });
  }
  const lost = old.mediaTypes.filter((type) => now.mediaTypes.length > 0 && !now.mediaTypes.includes(type));
  if (lost.length > 0) {
    changes.push(change('breaking', 'MEDIA_TYPE_REMOVED', `no longer takes ${lost.join(', ')}`));
  }
  compareSchemas(old.input, now.input, { ...context, side: 'input', place: 'input', open: [] });
  for (const [status, schema] of old.outputs) {
    const place = status === '200' ? 'output' : `output ${status}`;
    if (!now.outputs.has(status)) {
      changes.push({ ...change('breaking', 'ANSWER_REMOVED', 'is no longer given'), place });
    } else compareSchemas(schema, now.outputs.get(status), { ...context, side: 'output', place, open: [] });
  }
  for (const status of now.outputs.keys()) {
    if (old.outputs.has(status)) continue;
    changes.push({ ...change('additive', 'ANSWER_ADDED', 'is new'), place: `output ${status}` });
  }
  compareRest(old, now, changes);
}

function compareRest(old: Operation, now: Operation, changes: Change[]): void {
  if (!old.isDeprecated && now.isDeprecated) {
    changes.push(change('additive', 'DEPRECATED', 'is deprecated now'));
  }
  if (old.isDeprecated && !now.isDeprecated) {
    changes.push(change('documentation', 'NOT_DEPRECATED', 'is no longer deprecated'));
  }
  if (!same(old.security, now.security)) {
    const isOpen = same(now.security, []);
    const message = isOpen ? 'needs no authentication now' : 'needs another authentication now';
    changes.push(change(isOpen ? 'additive' : 'breaking', 'AUTHENTICATION_CHANGED', message));
  }
  for (const [name, text] of Object.entries(old.texts)) {
    if (!same(text, now.texts[name]))
      changes.push(change('documentation', 'TEXT_CHANGED', `${name} was changed`));
  }
}

/** What a document says besides its operations is for people; its version is looked at apart. */
function compareInfo(oldDocument: Data, newDocument: Data): Change[] {
  const { version: _, ...before } = asMap(oldDocument.info);
  const { version: __, ...after } = asMap(newDocument.info);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const texts = names
    .filter((name) => !same(before[name], after[name]))
    .map((name) => change('documentation', 'TEXT_CHANGED', `info.${name} was changed`));
  return same(oldDocument.servers, newDocument.servers)
    ? texts
    : [...texts, change('documentation', 'SERVER_CHANGED', 'the address of the server was changed')];
}

function change(kind: ChangeKind, code: string, message: string): Change {
  return { kind, code, message };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function versionOf(document: Data): string | undefined {
  const { version } = asMap(document.info);
  return typeof version === 'string' ? version : undefined;
}
