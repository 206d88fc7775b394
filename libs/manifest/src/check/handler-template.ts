import { UserError } from '@cozecut/problems';

/** What a value in a template is taken from. */
export type TemplateRoot = 'input' | 'data' | 'status';

/** A piece of a template: literal text, a value, or a secret (`secret:NAME`). */
export type TemplatePart = string | { from: TemplateRoot; path: string[] } | { secret: string };

/** What a template may hold at its place. */
export interface TemplateRules {
  /** Roots of `$.` paths. Where there are none, only `{name}` can be written. */
  paths: readonly TemplateRoot[];
  /** Whether `{secret:NAME}` may be used. */
  secrets: boolean;
}

/** An address with values in it; they cannot reach its scheme, host and port. */
export interface UrlTemplate {
  /** Scheme, host and port, as written. */
  origin: string;
  /** One template for each segment of the path. */
  segments: TemplatePart[][];
  /** What follows `?`; empty without one. */
  query: TemplatePart[];
}

const NAME = /^[^\s{}.:[\]"'`/?#\\]+$/;
const PATH = /^\$\.(input|data|status)(?![\w-])(.*)$/s;
const STEP = /\.([^\s{}.:[\]"'`/?#\\]+)|\[(\d+)\]/y;

/**
 * Takes a text of a handler apart: `{a.b.0}` is a property of the input, `{secret:NAME}` a secret, `{{` and `}}` are
 * braces, and a text that starts with `$.input`, `$.data` or `$.status` is the path of one value.
 *
 * @throws UserError HANDLER_TEMPLATE when the text cannot be read, or holds what `rules` do not allow.
 */
export function parseTemplate(text: string, rules: TemplateRules): TemplatePart[] {
  const path = PATH.exec(text);
  if (path !== null) return [parsePath(text, path[1] as TemplateRoot, path[2]!, rules)];
  if (rules.paths.length > 0 && /^\$\.[A-Za-z]/.test(text))
    throw invalid(text, 'is not a path', rootsHint(rules));
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char !== '{' && char !== '}') {
      literal += char;
      at += 1;
    } else if (text[at + 1] === char) {
      literal += char;
      at += 2;
    } else {
      const end = text.indexOf('}', at);
      if (char === '}' || end === -1) throw invalid(text, `has a ${char} without its partner`);
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(parsePlaceholder(text, text.slice(at + 1, end), rules));
      at = end + 1;
    }
  }
  return literal === '' ? parts : [...parts, literal];
}

/**
 * Takes the address of an HTTP handler apart.
 *
 * @throws UserError HANDLER_TEMPLATE as {@link parseTemplate}, and when a value would be in the scheme, host or port.
 */
export function parseUrlTemplate(text: string): UrlTemplate {
  const [, origin = '', path = '', query = ''] =
    /^(https?:\/\/[^/?#\\]*)([^?#]*)(?:\?([^#]*))?/is.exec(text) ?? [];
  if (/[{}]/.test(origin)) {
    throw new UserError('HANDLER_TEMPLATE', `${JSON.stringify(text)} has a placeholder in its host`, {
      hint: 'Only the path and the query may depend on the input; for a host that differs use ${env:NAME}',
    });
  }
  if (!URL.canParse(origin)) throw invalid(text, 'is not an http or https address');
  if (new URL(origin).username !== '') {
    const hint = 'Send them as a header: Authorization: "Basic {secret:NAME}"';
    throw new UserError('HANDLER_TEMPLATE', 'the address has a name or a password in it', { hint });
  }
  const rules: TemplateRules = { paths: [], secrets: false };
  const segments = path === '' ? [] : path.slice(1).split('/');
  return {
    origin,
    segments: segments.map((segment) => parseTemplate(segment, rules)),
    query: parseTemplate(query, rules),
  };
}

function rootsHint({ paths }: TemplateRules): string {
  return paths.length === 0
    ? 'Write {name} for a property of the input'
    : `Here it may start with ${paths.map((root) => `$.${root}`).join(' or ')}`;
}

function parsePath(text: string, from: TemplateRoot, rest: string, rules: TemplateRules): TemplatePart {
  if (!rules.paths.includes(from)) {
    throw invalid(text, 'is a path, which cannot be used here', rootsHint(rules));
  }
  const path: string[] = [];
  STEP.lastIndex = 0;
  for (let step = STEP.exec(rest); step !== null; step = STEP.exec(rest)) {
    path.push(step[1] ?? step[2]!);
    if (STEP.lastIndex === rest.length) return { from, path };
  }
  if (rest === '') return { from, path };
  throw invalid(text, 'is not a path', 'Write a path as $.data.items[0].id');
}

function parsePlaceholder(text: string, name: string, rules: TemplateRules): TemplatePart {
  if (/^secret:[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    if (rules.secrets) return { secret: name };
    throw invalid(text, 'has a secret, which cannot be used here', 'Send secrets in headers, query or body');
  }
  const path = name.split('.');
  if (path.every((step) => NAME.test(step))) return { from: 'input', path };
  throw invalid(
    text,
    `has {${name}}, which is no placeholder`,
    'Write {name} or {a.b.0} for a property of the input, and {{ and }} for braces',
  );
}

function invalid(text: string, what: string, hint?: string): UserError {
  return new UserError(
    'HANDLER_TEMPLATE',
    `${JSON.stringify(text)} ${what}`,
    hint === undefined ? {} : { hint },
  );
}
