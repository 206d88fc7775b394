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
   * Reads a document of somebody else: the first one of the file, a tag (`!name`) for nothing, and `<<` as a key;
   * otherwise these are problems.
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
  const reader = new TreeReader(file, limits, firstOnly);
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

/** Slips inside of one value; what follows is still read as it was meant. Behind any other slip rubbish is read. */
const INSIDE_A_VALUE = new Set(['BAD_SCALAR_START', 'BAD_DQ_ESCAPE', 'TAG_RESOLVE_FAILED']);

function syntaxProblems(
  file: SourceFile,
  errors: readonly { code: string; message: string; pos: [number, number] }[],
): Problem[] {
  const problems: Problem[] = [];
  const lines = new Set<number>();
  for (const error of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const { line } = toPosition(file, error.pos[0]);
    if (lines.has(line)) continue;
    lines.add(line);
    const { code, message, pos, ...hint } = lineSlip(file, error, errors) ?? {
      ...error,
      message: syntaxMessage(error.message),
      ...syntaxHint(error.code, error.message),
    };
    const place: Place = { file, start: pos[0], end: Math.max(pos[1], pos[0] + 1) };
    problems.push({ code: 'YAML_SYNTAX', severity: 'error', message, location: toLocation(place), ...hint });
    if (!INSIDE_A_VALUE.has(code) || problems.length === MAX_SYNTAX_PROBLEMS) break;
  }
  return problems;
}

interface Slip {
  code: string;
  message: string;
  pos: [number, number];
  hint?: string;
}

/** What the library calls a key over several lines: a line with too many blanks before it, or one without a key. */
function lineSlip({ text }: SourceFile, first: Slip, errors: readonly Slip[]): Slip | undefined {
  const isAlone = first.code === 'MULTILINE_IMPLICIT_KEY' || first.code === 'MISSING_CHAR';
  if (isAlone) {
    const [start] = first.pos;
    const line = text.slice(start, /[\r\n]|$/g.exec(text.slice(start))!.index + start);
    const [, wrong] = /^[\w.-]+(：|:\u00a0|:(?=[^\s:]))/.exec(line) ?? [];
    if (wrong === undefined) return undefined;
    return {
      code: first.code,
      message: 'not valid YAML: a key is followed by a colon and a blank',
      hint:
        wrong === ':' ? 'Put a blank behind the colon' : 'Write ": " with the colon and the blank of ASCII',
      pos: [start, start + line.length],
    };
  }
  const over = errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === first.pos[0]);
  if (over === undefined) return undefined;
  const written = text.slice(...over.pos);
  const start = over.pos[0] + /[^\r\n]*$/.exec(written)!.index;
  const indent = /^[ \t]*/.exec(text.slice(start))![0].length;
  return {
    code: over.code,
    message: 'not valid YAML: this line stands deeper than the value above it allows',
    hint: 'Give it as many blanks as the keys it belongs to',
    pos: [start + indent, over.pos[1]],
  };
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

/** A key that a map has twice. */
interface Twice {
  name: string;
  first: Place;
  again: Place;
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
  private readonly isForeign: boolean;

  constructor(file: SourceFile, limits: Limits, isForeign: boolean) {
    this.file = file;
    this.limits = limits;
    this.isForeign = isForeign;
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
    const twice: Twice[] = [];
    for (const { key, value } of items) {
      const keyNode = key as YamlNode | null;
      const keyPlace = keyNode === null ? place : this.place(keyNode, place);
      const name = this.keyName(keyNode, keyPlace);
      const node =
        value === null || value === undefined
          ? this.nothing(keyPlace.end)
          : this.read(value as YamlNode, keyPlace);
      if (name === undefined) continue;
      if (name === '<<' && !this.isForeign && 'type' in keyNode! && keyNode.type === 'PLAIN') {
        this.report('MERGE_KEY', 'merge keys (<<) are not part of YAML 1.2', keyPlace, {
          hint: 'Write the keys out, or use *name as a whole value',
        });
        continue;
      }
      const first = entries.get(name)?.key;
      if (first === undefined) entries.set(name, { key: keyPlace, value: node });
      else twice.push({ name, first, again: keyPlace });
    }
    this.reportTwice(twice);
    return { kind: 'map', entries, place };
  }

  /** Several keys that come again are those of a list item without its mark: that is one mistake. */
  private reportTwice([one, next]: readonly Twice[]): void {
    if (one === undefined) return;
    const { line } = toPosition(this.file, one.first.start);
    this.report('DUPLICATE_KEY', `the key "${one.name}" is already there in line ${line}`, one.again, {
      ...(next === undefined ? {} : { hint: 'So are others: an item of a list starts with "- "' }),
    });
  }

  private keyName(key: YamlNode | null, place: Place): string | undefined {
    const value: unknown = this.yaml.isScalar(key) ? key.value : undefined;
    if (typeof value === 'string') return value;
    // `200:` and `yes:` mean the text that was written.
    if (typeof value === 'number' || typeof value === 'boolean') {
      return this.file.text.slice(place.start, place.end);
    }
    const hint = 'Put a text with brackets or braces in it in quotes';
    const isBracket = this.yaml.isMap(key) || this.yaml.isSeq(key);
    this.report('KEY_NOT_TEXT', 'a key must be text', place, isBracket ? { hint } : {});
    return undefined;
  }

  private alias(name: string, place: Place): Node {
    const anchor = this.anchors.get(name);
    this.aliases.push(place);
    if (anchor === undefined) {
      const suggestions = closest(name, this.anchors.keys());
      const help = suggestions.length > 0 ? { suggestions } : {};
      this.report('ALIAS_UNKNOWN', `there is no anchor &${name} above this alias`, place, help);
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

  private report(
    code: string,
    message: string,
    place: Place,
    help: Pick<Problem, 'hint' | 'suggestions'> = {},
  ): void {
    this.problems.push({ code, severity: 'error', message, location: toLocation(place), ...help });
  }
}
