import { BugError, closest, type Problem } from '@cozecut/problems';
import type { CST, Document, Node as YamlNode } from 'yaml';
import { LIMITS, type Limits, readTokens } from './limits.ts';
import type { Entry, MapNode, Node } from './node.ts';
import { type Place, type SourceFile, toLocation, toPosition } from './source-file.ts';
import { yamlLibrary } from './yaml.ts';

/** At most this many syntax problems of one file are reported: one slip often causes many. */
const MAX_SYNTAX_PROBLEMS = 5;

/** A parsed file: a tree when the text could be read, and everything that is wrong with it. */
export interface Parsed {
  root: Node | undefined;
  problems: Problem[];
  /** Where `*alias` is used, in the order of the text. */
  aliases: Place[];
  /** Where a second document starts; only with `firstOnly`. */
  second?: Place;
}

/** How a text is parsed. */
export interface ParseOptions {
  limits?: Limits;
  /**
   * Reads the first document and leaves the others, and takes a tag (`!name`) for nothing; otherwise both are problems.
   */
  firstOnly?: boolean;
}

/**
 * Reads YAML 1.2 (core schema) or JSON into a tree with places. Limits come first, so that no text can hang or
 * abort the process.
 */
export function parseSource(file: SourceFile, options: ParseOptions = {}): Parsed {
  const { limits = LIMITS, firstOnly = false } = options;
  const read = readTokens(file, limits);
  if ('broken' in read) {
    const { offset, ...rest } = read.broken;
    const end = file.text[offset] === '\n' ? offset : offset + 1;
    const location = toLocation({ file, start: offset, end });
    return { root: undefined, problems: [{ ...rest, severity: 'error', location }], aliases: [] };
  }
  const [document, second] = compose(read.tokens, file.text.length);
  if (document === undefined) throw new BugError('the YAML library gave no document');
  if (second !== undefined && !firstOnly) {
    return { root: undefined, problems: [secondDocument(file, second)], aliases: [] };
  }
  const slips = firstOnly ? document.errors : [...document.errors, ...document.warnings];
  const problems = syntaxProblems(file, slips);
  if (problems.length > 0) return { root: undefined, problems, aliases: [] };
  const reader = new TreeReader(file, limits);
  const root =
    document.contents === null
      ? reader.nothing(0)
      : reader.read(document.contents as YamlNode, { start: 0, end: 0, file });
  const { aliases } = reader;
  if (second === undefined) return { root, problems: reader.problems, aliases };
  const [start] = second.range;
  return { root, problems: reader.problems, aliases, second: { file, start, end: start + 1 } };
}

/** Builds the documents of a text; there is at least one, even for an empty text. */
function compose(tokens: CST.Token[], length: number): Document.Parsed[] {
  const composer = new (yamlLibrary().Composer)({
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    // The library compares every key with every other one; the reader below does it in linear time.
    uniqueKeys: false,
  });
  return [...composer.compose(tokens, true, length)];
}

function secondDocument(file: SourceFile, document: Document.Parsed): Problem {
  const [start] = document.range;
  return {
    code: 'YAML_SYNTAX',
    severity: 'error',
    message: 'a file holds one document, a second one starts here',
    hint: 'Write one file per tool and list them under include',
    location: toLocation({ file, start, end: start + 1 }),
  };
}

function syntaxProblems(
  file: SourceFile,
  errors: readonly { code: string; message: string; pos: [number, number] }[],
): Problem[] {
  const problems: Problem[] = [];
  const lines = new Set<number>();
  for (const { code, message, pos } of errors) {
    const { line } = toPosition(file, pos[0]);
    // What follows a value that ended too early is read as rubbish, line by line.
    const isEcho = problems.length > 0 && message.includes('in YAML stream');
    if (lines.has(line) || isEcho) continue;
    lines.add(line);
    const place: Place = { file, start: pos[0], end: Math.max(pos[1], pos[0] + 1) };
    problems.push({
      code: 'YAML_SYNTAX',
      severity: 'error',
      message: syntaxMessage(message),
      location: toLocation(place),
      ...syntaxHint(code, message),
    });
    if (problems.length === MAX_SYNTAX_PROBLEMS) break;
  }
  return problems;
}

/** Marks by the names that the library has for them. */
const BRACKETS: Readonly<Record<string, string>> = {
  'flow-map-start': '{',
  'flow-map-end': '}',
  'flow-seq-start': '[',
  'flow-seq-end': ']',
};

function syntaxMessage(message: string): string {
  const text = message
    .split('\n')[0]!
    .replace(/[.:]$/, '')
    .replace(/flow-(?:map|seq)-(?:start|end)/, (token) => BRACKETS[token] ?? token)
    .replace(/at node end$/, 'behind a value');
  return `not valid YAML: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function syntaxHint(code: string, message: string): { hint?: string } {
  if (message.endsWith('at node end')) return { hint: 'Put a text with brackets or braces in it in quotes' };
  if (code === 'TAB_AS_INDENT') return { hint: 'Indent with spaces' };
  if (code === 'BAD_SCALAR_START' || code === 'MULTILINE_IMPLICIT_KEY') {
    return { hint: 'Put the text in quotes' };
  }
  if (code === 'TAG_RESOLVE_FAILED') return { hint: 'Tags (!name) have no meaning here: remove it' };
  return {};
}

/** Turns the nodes of the YAML library into ours; aliases share the node of their anchor. */
class TreeReader {
  readonly problems: Problem[] = [];
  readonly aliases: Place[] = [];
  private readonly anchors = new Map<string, { node: Node | undefined; size: number }>();
  private aliasedNodes = 0;
  /** Nodes read so far, each alias counted in full. */
  private size = 0;
  private readonly yaml = yamlLibrary();
  private readonly file: SourceFile;
  private readonly limits: Limits;

  constructor(file: SourceFile, limits: Limits) {
    this.file = file;
    this.limits = limits;
  }

  read(yaml: YamlNode, fallback: Place): Node {
    if (this.yaml.isAlias(yaml)) return this.alias(yaml.source, this.place(yaml, fallback));
    const before = this.size++;
    const anchor = 'anchor' in yaml ? yaml.anchor : undefined;
    if (anchor !== undefined) this.anchors.set(anchor, { node: undefined, size: 0 });
    const node = this.content(yaml, this.place(yaml, fallback));
    if (anchor !== undefined) this.anchors.set(anchor, { node, size: this.size - before });
    return node;
  }

  nothing(offset: number): Node {
    return { kind: 'scalar', value: null, place: { file: this.file, start: offset, end: offset } };
  }

  private content(yaml: YamlNode, place: Place): Node {
    if (this.yaml.isMap(yaml)) return this.map(yaml.items as { key: unknown; value: unknown }[], place);
    if (this.yaml.isSeq(yaml)) {
      const items = (yaml.items as (YamlNode | null)[]).map((item) =>
        item === null ? this.nothing(place.start) : this.read(item, place),
      );
      return { kind: 'list', items, place };
    }
    const value: unknown = this.yaml.isScalar(yaml) ? yaml.value : null;
    if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'scalar', value, place };
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return { kind: 'scalar', value, place };
      this.report('NUMBER_NOT_FINITE', `a number must be finite (got ${value})`, place);
    }
    return { kind: 'scalar', value: null, place };
  }

  private map(items: readonly { key: unknown; value: unknown }[], place: Place): MapNode {
    const entries = new Map<string, Entry>();
    for (const { key, value } of items) {
      const keyNode = key as YamlNode | null;
      const keyPlace = keyNode === null ? place : this.place(keyNode, place);
      const name = this.keyName(keyNode, keyPlace);
      const node =
        value === null || value === undefined
          ? this.nothing(keyPlace.end)
          : this.read(value as YamlNode, keyPlace);
      if (name === undefined) continue;
      const first = entries.get(name)?.key;
      if (first === undefined) entries.set(name, { key: keyPlace, value: node });
      else {
        const { line } = toPosition(this.file, first.start);
        this.report('DUPLICATE_KEY', `the key "${name}" is already there in line ${line}`, keyPlace);
      }
    }
    return { kind: 'map', entries, place };
  }

  private keyName(key: YamlNode | null, place: Place): string | undefined {
    const value: unknown = this.yaml.isScalar(key) ? key.value : undefined;
    if (typeof value === 'string') return value;
    // `200:` and `yes:` mean the text that was written.
    if (typeof value === 'number' || typeof value === 'boolean') {
      return this.file.text.slice(place.start, place.end);
    }
    this.report('KEY_NOT_TEXT', 'a key must be text', place);
    return undefined;
  }

  private alias(name: string, place: Place): Node {
    const anchor = this.anchors.get(name);
    this.aliases.push(place);
    if (anchor === undefined) {
      const suggestions = closest(name, this.anchors.keys());
      this.report('ALIAS_UNKNOWN', `there is no anchor &${name} above this alias`, place, suggestions);
    } else if (anchor.node === undefined) {
      this.report('ALIAS_RECURSIVE', `the alias *${name} contains itself`, place);
    } else {
      this.aliasedNodes += anchor.size;
      this.size += anchor.size;
      if (this.aliasedNodes <= this.limits.maxAliasedNodes) return anchor.node;
      if (!this.problems.some((problem) => problem.code === 'MANIFEST_TOO_MANY_ALIASES')) {
        const message = `aliases add more than ${this.limits.maxAliasedNodes} values to the file`;
        this.report('MANIFEST_TOO_MANY_ALIASES', message, place);
      }
    }
    return { kind: 'scalar', value: null, place };
  }

  private place(yaml: YamlNode, fallback: Place): Place {
    const range = yaml.range;
    return range ? { file: this.file, start: range[0], end: range[1] } : fallback;
  }

  private report(code: string, message: string, place: Place, suggestions: string[] = []): void {
    const location = toLocation(place);
    this.problems.push({
      code,
      severity: 'error',
      message,
      location,
      ...(suggestions.length > 0 ? { suggestions } : {}),
    });
  }
}
