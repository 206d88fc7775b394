import { basename, dirname, join } from 'node:path';
import { closest, formatPointer, type PathSegment, type Problem, parsePointer } from '@cozecut/problems';
import { isInside } from '../check/folder.ts';
import type { Reader } from '../compose/reader.ts';
import { child, entriesOf, type MapNode, mapOf, type Node, textOf } from '../source/node.ts';
import { toLocation } from '../source/source-file.ts';
import { ANNOTATIONS, FILE_KEYWORDS } from './keywords.ts';
import { mapSubschemas } from './walk.ts';

/** Values that one schema may have after its references are resolved. */
const MAX_NODES = 20_000;
/** Schemas within schemas, references included. */
const MAX_DEPTH = 64;

/** What a reference may reach. */
export interface RefScope {
  reader: Reader;
  /** Folder that schema files must be in. */
  folder: string;
  /** The schema that is resolved; `#/…` looks here first, then in the file that the reference is written in. */
  schema: Node;
  /** Pointer to the schema, for problems. */
  pointer: string;
  problems: Problem[];
}

/**
 * Replaces every `$ref` of a schema by what it refers to. Keywords beside a `$ref` that only describe win over those
 * of the target; others are combined with it by `allOf`.
 *
 * @returns `undefined` when a reference could not be resolved; the problems say why.
 */
export function inlineRefs(scope: RefScope): Node | undefined {
  const inliner = new Inliner(scope);
  const node = inliner.schema(scope.schema, [], 0);
  return inliner.failed ? undefined : node;
}

class Inliner {
  failed = false;
  private readonly scope: RefScope;
  private size = 0;

  constructor(scope: RefScope) {
    this.scope = scope;
  }

  /** @param open - The targets that are being inlined around this schema. */
  schema(node: Node, open: readonly Node[], depth: number): Node {
    if (this.failed || node.kind !== 'map') return node;
    this.size += node.entries.size + 1;
    if (this.size > MAX_NODES) {
      return this.fail(
        node,
        'REF_TOO_LARGE',
        `the schema has more than ${MAX_NODES} keywords once $refs are resolved`,
      );
    }
    if (depth > MAX_DEPTH) {
      return this.fail(node, 'REF_TOO_DEEP', `schemas are nested more than ${MAX_DEPTH} deep`);
    }
    const reference = node.entries.get('$ref')?.value;
    const text = textOf(reference);
    const own = mapOf(
      [...node.entries].filter(([key]) => key !== '$ref' && !FILE_KEYWORDS.has(key)),
      node.place,
    );
    if (reference === undefined || text === undefined) {
      return mapSubschemas(reference === undefined ? own : node, (inner) =>
        this.schema(inner, open, depth + 1),
      );
    }
    const target = this.target(reference, text);
    if (target === undefined) return node;
    if (open.includes(target)) {
      return this.fail(reference, 'REF_CYCLE', `the reference "${text}" leads back to itself`, {
        hint: 'A schema must not contain itself: Coze cannot read such a schema. Pass the inner part as JSON text',
      });
    }
    const inlined = this.schema(target, [...open, target], depth + 1);
    return own.entries.size === 0 || inlined.kind !== 'map'
      ? inlined
      : combine(
          inlined,
          mapSubschemas(own, (inner) => this.schema(inner, open, depth + 1)),
        );
  }

  private target(reference: Node, text: string): Node | undefined {
    const [path = '', fragment = ''] = text.split('#', 2);
    const pointer = safeDecode(fragment);
    if (pointer !== '' && !pointer.startsWith('/')) {
      this.fail(
        reference,
        'REF_MISSING',
        `the part after # must be a pointer such as #/$defs/name (got "${text}")`,
      );
      return undefined;
    }
    const segments = parsePointer(pointer);
    if (path === '') return this.local(reference, text, segments);
    const root = this.file(reference, path);
    return root === undefined ? undefined : this.walk(reference, text, root, segments);
  }

  private local(reference: Node, text: string, segments: readonly PathSegment[]): Node | undefined {
    const written = reference.place?.file.path;
    const roots: Node[] = [];
    if (written === undefined || written === this.scope.schema.place?.file.path)
      roots.push(this.scope.schema);
    const file = written === undefined ? undefined : this.scope.reader.open(written).root;
    if (file !== undefined && segments.length > 0) roots.push(file);
    else if (roots.length === 0 && file !== undefined) roots.push(file);
    for (const root of roots) {
      const found = segments.reduce<Node | undefined>(child, root);
      if (found !== undefined) return found;
    }
    return this.walk(reference, text, roots[0] ?? this.scope.schema, segments);
  }

  private walk(
    reference: Node,
    text: string,
    root: Node,
    segments: readonly PathSegment[],
  ): Node | undefined {
    let node = root;
    for (const [index, segment] of segments.entries()) {
      const next = child(node, segment);
      if (next === undefined) {
        const names = entriesOf(node).map(([name]) => name);
        const above = text.slice(0, text.indexOf('#') + 1) + formatPointer(segments.slice(0, index));
        this.fail(
          reference,
          'REF_MISSING',
          `the reference "${text}" leads nowhere: there is no "${segment}"`,
          {
            suggestions: closest(String(segment), names).map((name) => `${above}${formatPointer([name])}`),
          },
        );
        return undefined;
      }
      node = next;
    }
    return node;
  }

  private file(reference: Node, path: string): Node | undefined {
    const { reader, folder } = this.scope;
    if (/^[a-z][a-z0-9+.-]*:/i.test(path)) {
      this.fail(reference, 'REF_REMOTE', `a reference must lead to a local file (got "${path}")`, {
        hint: 'Save the schema beside the manifest and refer to that file',
      });
      return undefined;
    }
    const from = dirname(reference.place?.file.path ?? folder);
    const target = join(from, path);
    if (!isInside(folder, target)) {
      this.fail(reference, 'REF_OUTSIDE', `the schema file "${path}" is outside of the plugin folder`);
      return undefined;
    }
    if (!reader.files.exists(target)) {
      this.fail(reference, 'REF_MISSING', `the schema file "${path}" is not there`, {
        suggestions: this.similarFiles(target, path),
      });
      return undefined;
    }
    const { root, unreadable } = reader.open(target);
    if (unreadable !== undefined) {
      const reason = unreadable instanceof Error ? unreadable.message : String(unreadable);
      this.fail(reference, 'REF_MISSING', `the schema file "${path}" cannot be read: ${reason}`);
    }
    if (root === undefined) this.failed = true;
    return root;
  }

  private similarFiles(target: string, path: string): string[] {
    const { files } = this.scope.reader;
    const folder = dirname(target);
    if (files.list === undefined || !files.exists(folder)) return [];
    const prefix = path.slice(0, path.length - basename(path).length);
    return closest(basename(path), files.list(folder)).map((name) => `${prefix}${name}`);
  }

  private fail(
    node: Node,
    code: string,
    message: string,
    extra: { hint?: string; suggestions?: string[] } = {},
  ): Node {
    this.failed = true;
    const { suggestions = [], ...rest } = extra;
    this.scope.problems.push({
      code,
      severity: 'error',
      message,
      pointer: this.scope.pointer,
      ...(node.place === undefined ? {} : { location: toLocation(node.place) }),
      ...(suggestions.length > 0 ? { suggestions } : {}),
      ...rest,
    });
    return node;
  }
}

function combine(target: MapNode, siblings: MapNode): Node {
  const describes = ([key]: readonly [string, unknown]) => ANNOTATIONS.has(key) || key.startsWith('x-');
  const notes = [...siblings.entries].filter(describes);
  const rules = [...siblings.entries].filter((entry) => !describes(entry));
  const described = mapOf([...target.entries, ...notes], target.place);
  if (rules.length === 0) return described;
  const both: Node = { kind: 'list', items: [target, mapOf(rules, siblings.place)], place: siblings.place };
  const type = target.entries.get('type');
  return mapOf(
    [...(type === undefined ? [] : [['type', type] as const]), ...notes, ['allOf', { value: both }] as const],
    siblings.place,
  );
}

function safeDecode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
