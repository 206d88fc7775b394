import { formatPointer, type PathSegment, type Problem } from '@cozecut/problems';
import type { Entry, Node, ScalarNode } from '../source/node.ts';
import { toLocation } from '../source/source-file.ts';

/** Where values of `${env:…}` come from. */
export interface Environment {
  variables: Readonly<Record<string, string | undefined>>;
  /** Reads the file that `NAME_FILE` names. */
  readFile(path: string): string;
  /**
   * Whether a variable that is not set is only worth an `info` and the reference stays as it is written: everywhere,
   * nowhere, or under these keys of the manifest.
   */
  lenient: boolean | readonly string[];
}

const REFERENCE = /\$?\$\{env:([^}]*)(\}?)/g;
const BODY = /^([A-Za-z_][A-Za-z0-9_]*)(?::([-?])([\s\S]*))?$/;

/** Whether a value of a plugin still holds a reference, because its variable was not set when it was read. */
export function isUnresolved(value: string): boolean {
  return value.includes('${env:');
}

/**
 * Replaces `${env:NAME}`, `${env:NAME:-default}` and `${env:NAME:?message}` in every value of a tree, never in keys.
 * `$${env:…}` is the text `${env:…}`. A variable that is empty counts as not set for `:-` and `:?`.
 *
 * @param skip - Whether the value at a path must not be touched; it is marked as pending where it has a reference.
 */
export function interpolate(
  root: Node,
  environment: Environment,
  problems: Problem[],
  skip: (path: readonly PathSegment[]) => boolean,
): Node {
  const holders = holdersOf(root);
  const visit = (node: Node, path: readonly PathSegment[], skipped: boolean): Node => {
    if (!holders.has(node)) return node;
    const skips = skipped || skip(path);
    if (node.kind === 'list') {
      return { ...node, items: node.items.map((item, index) => visit(item, [...path, index], skips)) };
    }
    if (node.kind === 'map') {
      const entries = [...node.entries].map(([key, entry]): [string, Entry] => [
        key,
        { ...entry, value: visit(entry.value, [...path, key], skips) },
      ]);
      return { ...node, entries: new Map(entries) };
    }
    const text = String(node.value);
    return skips ? { ...node, env: 'pending' } : replace(node, text, environment, problems, path);
  };
  return visit(root, [], false);
}

/** The nodes that hold a reference somewhere; the others of a tree stay the same ones. */
function holdersOf(root: Node): ReadonlySet<Node> {
  const holders = new Set<Node>();
  const mark = (node: Node): boolean => {
    let holds = false;
    // What stands above the manifest is not part of its text.
    if (node.kind === 'scalar') {
      holds = typeof node.value === 'string' && node.origin === undefined && node.value.includes('${env:');
    } else if (node.kind === 'list') for (const item of node.items) holds = mark(item) || holds;
    else for (const { value } of node.entries.values()) holds = mark(value) || holds;
    if (holds) holders.add(node);
    return holds;
  };
  mark(root);
  return holders;
}

function replace(
  node: ScalarNode,
  text: string,
  environment: Environment,
  problems: Problem[],
  path: readonly PathSegment[],
): ScalarNode {
  let pending = false;
  let replaced = false;
  const value = text.replace(REFERENCE, (written: string, body: string, close: string) => {
    if (written.startsWith('$$')) return written.slice(1);
    const result =
      close === ''
        ? { code: 'ENV_SYNTAX', message: `"${written}" has no closing }` }
        : evaluate(body, environment);
    if ('value' in result) {
      replaced = true;
      return result.value;
    }
    pending = true;
    const severity = result.code === 'ENV_UNSET' && isLenient(environment, path) ? 'info' : 'error';
    problems.push({
      ...result,
      severity,
      pointer: formatPointer(path),
      ...(node.place === undefined ? {} : { location: toLocation(node.place) }),
    });
    return written;
  });
  if (pending) return { ...node, env: 'pending' };
  return replaced ? { ...node, value, env: 'set' } : { ...node, value };
}

function isLenient({ lenient }: Environment, path: readonly PathSegment[]): boolean {
  return typeof lenient === 'boolean' ? lenient : lenient.includes(String(path[0]));
}

type Failure = { code: string; message: string; hint?: string };

function evaluate(body: string, environment: Environment): { value: string } | Failure {
  const match = BODY.exec(body);
  if (match === null || body.includes('${')) {
    return {
      code: 'ENV_SYNTAX',
      message: `"\${env:${body}}" is not a reference to a variable`,
      hint: 'Write ${env:NAME}, ${env:NAME:-default} or ${env:NAME:?message}',
    };
  }
  const [, name = '', operator, operand = ''] = match;
  const found = lookUp(name, environment);
  if (typeof found === 'object') return found;
  if (found !== undefined && (found !== '' || operator === undefined)) return { value: found };
  if (operator === '-') return { value: operand };
  const message = `the environment variable ${name} is not set${operand === '' ? '' : `: ${operand}`}`;
  return {
    code: 'ENV_UNSET',
    message,
    hint: `Set ${name}, or ${name}_FILE to the path of a file that holds it`,
  };
}

/** The variable, or the content of the file that `NAME_FILE` names, without the line end at its end. */
function lookUp(name: string, environment: Environment): string | undefined | Failure {
  const own = (key: string) =>
    Object.hasOwn(environment.variables, key) ? environment.variables[key] : undefined;
  const value = own(name);
  if (value !== undefined) return value;
  const path = own(`${name}_FILE`);
  if (path === undefined || path === '') return undefined;
  try {
    return environment.readFile(path).replace(/\r?\n$/, '');
  } catch {
    return { code: 'ENV_FILE', message: `the file that ${name}_FILE names cannot be read: ${path}` };
  }
}
