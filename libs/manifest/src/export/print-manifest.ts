import { relative } from 'node:path';
import { formatPointer, type Location, type PathSegment } from '@cozecut/problems';
import { Document, isMap, isNode, isScalar, isSeq, Scalar } from 'yaml';
import type { Resolved } from '../resolve.ts';
import type { ValueOrigin } from '../source/node.ts';

/** How a resolved manifest is printed. */
export interface PrintOptions {
  /** Whether each value is followed by the place where it is written. */
  origins: boolean;
  /** Folder that the places are relative to. */
  folder: string;
}

/** What stands for a value that may be a secret. */
export const HIDDEN = '***';

/** Values from the environment that are no secrets: addresses, ids and names of places. */
const OPEN =
  /^\/(deployment\/(name|server\/.*|store|modes?(\/\d+)?|egress\/.*|relay\/.*)|bindings\/.*\/(botId|workflowId|baseUrl|region|name)|metadata\/.*|openapi\/.*)$/;
/** Names of headers and parameters whose value opens something. */
const SECRET_NAME = /authorization|cookie|token|secret|password|api[-_]?key|credential/i;

/** Prints a resolved manifest as YAML. What may be a secret is hidden, wherever it came from. */
export function printManifest(resolved: Resolved, options: PrintOptions): string {
  const { origins, above, fromEnvironment } = resolved;
  const yaml = new Document(shownManifest(resolved), { aliasDuplicateObjects: false });
  if (!options.origins) return yaml.toString({ lineWidth: 0 });
  const annotate = (node: unknown, path: readonly PathSegment[]): void => {
    if (isSeq(node) && node.items.length > 0) {
      for (const [index, item] of node.items.entries()) annotate(item, [...path, index]);
    } else if (isMap(node) && node.items.length > 0) {
      for (const { key, value } of node.items)
        annotate(value, [...path, String(isScalar(key) ? key.value : key)]);
    } else if (isNode(node)) {
      // A text over several lines would have its comment far from its end.
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n')) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
      const pointer = formatPointer(path);
      const origin = above.get(pointer);
      const place = showPlace(origins.get(pointer), options.folder);
      if (origin !== undefined) node.comment = ` ${showOrigin(origin, options.folder)}`;
      else node.comment = ` ${fromEnvironment.has(pointer) ? `${place}, from the environment` : place}`;
    }
  };
  annotate(yaml.contents, []);
  // The library puts the comment of an empty list or map below it.
  return yaml.toString({ lineWidth: 0 }).replace(/:\n +(\[\]|\{\})\n +(# .*)/g, ': $1 $2');
}

/** The document of a resolved manifest without what may be a secret. */
export function shownManifest({ document, fromEnvironment }: Resolved): unknown {
  return show(document, [], fromEnvironment);
}

/** Where a value is written, as `file:line`. */
export function showPlace(location: Location | undefined, folder: string): string {
  if (location === undefined) return 'built in';
  return `${relative(folder, location.file) || location.file}:${location.start.line}`;
}

/** What a value above the manifest came from: `flag --port`, `env PORT`, `env PORT (.env:3)`. */
export function showOrigin({ name, location }: ValueOrigin, folder: string): string {
  return location === undefined ? name : `${name} (${showPlace(location, folder)})`;
}

function show(value: unknown, path: readonly PathSegment[], fromEnvironment: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item, index) => show(item, [...path, index], fromEnvironment));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      show(item, [...path, key], fromEnvironment),
    ]);
    return Object.fromEntries(entries);
  }
  if (typeof value !== 'string') return value;
  const pointer = formatPointer(path);
  if (fromEnvironment.has(pointer) && !OPEN.test(pointer)) return HIDDEN;
  if (isOpener(value, path)) return HIDDEN;
  return value
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#\s]*@/i, `$1${HIDDEN}@`)
    .replace(/([?&][^=&\s]*(?:token|secret|password|key)[^=&\s]*=)[^&#\s]+/gi, `$1${HIDDEN}`);
}

/** Whether a text of a header or a query is a secret: it is no reference and no template. */
function isOpener(value: string, path: readonly PathSegment[]): boolean {
  const holder = path.at(-2);
  if (holder !== 'headers' && holder !== 'query') return false;
  return SECRET_NAME.test(String(path.at(-1))) && !value.includes('secret:') && !/^\{[^}]*\}$/.test(value);
}
