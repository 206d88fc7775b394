import {
  type HandlerRef,
  parseTemplate,
  parseUrlTemplate,
  type TemplatePart,
  type Tool,
  type UrlTemplate,
} from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import { compile, isWhole, optionalText, textFrom, type Values } from './template.ts';

type HttpRef = Extract<HandlerRef, { kind: 'http' }>;

/** A request that is ready to be sent. */
export interface HttpRequest {
  /** For messages: method and address without the query, which may hold a secret. */
  name: string;
  url: URL;
  init: RequestInit;
}

const NOT_IN_HEADERS = /[^\t\x20-\x7e\x80-\xff]/;
/** Headers that the egress guard keeps away from another host when it follows a redirect. */
const GUARDED_HEADERS = new Set(['authorization', 'cookie']);
const IN_TEXT = { paths: [], secrets: true } as const;
const IN_BODY = { paths: ['input'], secrets: true } as const;

/**
 * Prepares the request of an HTTP handler; what it returns fills in one call.
 *
 * @throws UserError HANDLER_TEMPLATE
 */
export function compileRequest(tool: Tool, ref: HttpRef): (values: Values) => HttpRequest {
  const url = parseUrlTemplate(ref.url);
  const query = Object.entries(ref.query).map(([key, text]) => ({
    key,
    parts: parseTemplate(text, IN_TEXT),
  }));
  const headers = Object.entries(ref.headers).map(([name, text]) => {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new UserError(
        'HANDLER_TEMPLATE',
        `${JSON.stringify(name)} of ${tool.name} is no name of a header`,
      );
    }
    const parts = parseTemplate(text, IN_TEXT);
    if (parts.some((part) => typeof part === 'string' && NOT_IN_HEADERS.test(part))) {
      throw new UserError(
        'HANDLER_TEMPLATE',
        `the header ${name} of ${tool.name} must be one line of Latin letters`,
      );
    }
    return { name: name.toLowerCase(), parts };
  });
  const hasBody = ref.method !== 'GET' && ref.method !== 'DELETE';
  const fillBody = compile(ref.body ?? '$.input', IN_BODY, `the body of ${tool.name}`);
  // Plain text is sent as it is; a text that is one value may be anything.
  const isText = typeof ref.body === 'string' && !isWhole(parseTemplate(ref.body, IN_BODY));

  return (values) => {
    const address = fillUrl(url, values, `the address of ${tool.name}`);
    const name = `${ref.method} ${address.origin}${address.pathname}`;
    const pairs = query.flatMap(({ key, parts }) => {
      const text = optionalText(parts, values, `the query parameter ${key} of ${tool.name}`);
      return text === undefined ? [] : [`${encode(key)}=${encode(text)}`];
    });
    if (pairs.length > 0) address.search += `${address.search === '' ? '?' : '&'}${pairs.join('&')}`;

    const sent = new Headers({ accept: 'application/json' });
    for (const { name, parts } of headers) {
      const text = optionalText(parts, values, `the header ${name} of ${tool.name}`);
      if (text !== undefined) sent.set(name, headerValue(text, parts, `the header ${name} of ${tool.name}`));
    }
    const body = hasBody ? fillBody(values) : undefined;
    const declared = sent.get('content-type');
    const isRaw = typeof body === 'string' && (isText || !(declared ?? 'json').includes('json'));
    if (body !== undefined && declared === null) {
      sent.set('content-type', isRaw ? 'text/plain; charset=utf-8' : 'application/json');
    }
    const holdsSecret = headers.some(
      ({ name, parts }) => !GUARDED_HEADERS.has(name) && parts.some((part) => isSecret(part)),
    );
    return {
      name,
      url: address,
      init: {
        method: ref.method,
        headers: sent,
        ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
        // A redirect would take along what only this host may know.
        redirect: holdsSecret || (hasBody && mentionsSecret(ref.body)) ? 'error' : 'follow',
      },
    };
  };
}

/**
 * Fills in an address. A value stays inside its segment or its part of the query: it can neither add a segment nor
 * leave one, nor reach the host.
 */
function fillUrl({ origin, segments, query }: UrlTemplate, values: Values, place: string): URL {
  const path = segments.map((parts) => {
    const text = textFrom(parts, values, place, encode);
    const plain = text.replace(/%2e/gi, '.');
    if (parts.some((part) => typeof part !== 'string') && (text === '' || plain === '.' || plain === '..')) {
      throw new UserError(
        'INPUT_INVALID',
        `${place} cannot have ${JSON.stringify(plain)} as a part of its path`,
        { hint: 'a value in the path must not be empty, "." or ".."' },
      );
    }
    return `/${text}`;
  });
  const search = textFrom(query, values, place, encode);
  return new URL(`${origin}${path.join('')}${search === '' ? '' : `?${search}`}`);
}

/** Percent-encodes everything that could mean something in an address. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** The value is not in the message: it may hold a secret. */
function headerValue(text: string, parts: readonly TemplatePart[], place: string): string {
  if (!NOT_IN_HEADERS.test(text)) return text;
  const what = /[\r\n]/.test(text) ? 'a line break' : 'a character';
  const isOfInput = parts.some((part) => typeof part === 'object' && 'path' in part);
  throw new UserError(
    isOfInput ? 'INPUT_INVALID' : 'SECRET_INVALID',
    `${place} would have ${what} that a header cannot have`,
    { hint: 'a header takes one line of Latin letters; send other text in the body or the query' },
  );
}

function isSecret(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'secret' in part;
}

function mentionsSecret(template: unknown): boolean {
  if (typeof template === 'string') return parseTemplate(template, IN_BODY).some(isSecret);
  return typeof template === 'object' && template !== null && Object.values(template).some(mentionsSecret);
}
